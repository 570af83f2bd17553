package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Limits;
import io.martlet.http.Method;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of a head: cases E01 to E05 of the catalogue. Those of chunks are in {@link ChunkedDecoderTest}. */
class LimitsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String EMPTY_BODY = "Content-Length: 0\r\n\r\n";

    static Stream<Arguments> builders() {
        return Stream.of(
                builder("maxStatusLine", 1, Limits.Builder::maxStatusLine),
                builder("maxHeaderLine", 1, Limits.Builder::maxHeaderLine),
                builder("maxHeaders", 0, Limits.Builder::maxHeaders),
                builder("maxInterim", 0, Limits.Builder::maxInterim),
                builder("maxChunkLine", 1, Limits.Builder::maxChunkLine),
                builder("maxTrailerBytes", 0, Limits.Builder::maxTrailerBytes));
    }

    @ParameterizedTest
    @MethodSource("builders")
    void aLimitBelowItsLeastIsRefused(
            String name, int least, BiFunction<Limits.Builder, Integer, Limits.Builder> setter) {
        Limits.Builder tooSmall = setter.apply(Limits.builder(), least - 1);

        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, tooSmall::build);
        assertEquals("limit " + name + " is less than " + least + ": " + (least - 1), refusal.getMessage());
        assertTrue(setter.apply(Limits.builder(), least).build().toString().contains(name + "=" + least));
    }

    @Test
    void defaultsAreFinite() {
        assertEquals(
                "Limits[maxStatusLine=8190, maxHeaderLine=8190, maxHeaders=128, maxInterim=8, maxChunkLine=4096, "
                        + "maxTrailerBytes=16384]",
                Limits.DEFAULT.toString());
        assertEquals(Limits.DEFAULT, Limits.DEFAULT.toBuilder().build());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 300})
    void aLineMayBeAsLongAsItsLimitHoweverItIsCut(int limit) {
        Playback playback =
                Playback.GET.limits(Limits.builder().maxStatusLine(limit).maxHeaderLine(limit));
        String reason = "r".repeat(limit - 13);
        String value = "v".repeat(limit - 2);

        playback.assertScript(
                "head HTTP/1.1 200 " + reason + " [a: " + value + ", Content-Length: 0]\nend reusable [] left 0\n",
                "HTTP/1.1 200 " + reason + "\r\na:" + value + "\r\n" + EMPTY_BODY);
        assertEquals(
                "LIMIT: the status line is longer than maxStatusLine = " + limit + " bytes",
                playback.assertFault("HTTP/1.1 200 " + reason + "r\r\n" + EMPTY_BODY));
        assertEquals(
                "LIMIT: a header line is longer than maxHeaderLine = " + limit + " bytes",
                playback.assertFault(OK + "a:" + value + "v\r\n" + EMPTY_BODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vv\n", "vv\r\r\n", "vv\rv", "vvvvvvvvvvvvv", "v\r\r\n"})
    void whichFaultATooLongLineHasDoesNotDependOnThePieces(String rest) {
        Playback playback = Playback.GET.limits(Limits.builder().maxHeaderLine(20));

        assertTrue(playback.assertFault(OK + "a:" + "v".repeat(17) + rest + "\r\n\r\n")
                .startsWith("LIMIT: "));
    }

    @Test
    void fieldsAreCounted() {
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [" + "X: 1, ".repeat(127) + "Content-Length: 0]\nend reusable [] left 0\n",
                OK + "X: 1\r\n".repeat(127) + EMPTY_BODY);
        assertEquals(
                "LIMIT: there are more header fields than maxHeaders = 128, trailers included",
                Playback.GET.assertFault(OK + "X: 1\r\n".repeat(128) + EMPTY_BODY));
        Playback.GET
                .limits(Limits.builder().maxHeaders(0))
                .assertScript("head HTTP/1.1 204 x []\nend reusable [] left 0\n", "HTTP/1.1 204 x\r\n\r\n");
    }

    /** What is repeated after what start, and how many bytes may be taken until it is refused. */
    static Stream<Arguments> floods() {
        String chunked = OK + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of("HTTP/1.1 200 ", "x", 8192 + 100),
                Arguments.of("", "\r\n", 100),
                Arguments.of("\r\n", "x", 100),
                Arguments.of(OK + "a: ", "x", 8192 + 100),
                Arguments.of(OK, "a".repeat(8190), 8192 + 100),
                Arguments.of(OK, "a: b\r\n", 128 * 6 + 100),
                Arguments.of(OK, "a: " + "b".repeat(7997) + "\r\n", 129 * 8002 + 100),
                Arguments.of(OK, "a: " + "\u00e9".repeat(7997) + "\r\n", 129 * 8002 + 100),
                Arguments.of("", "HTTP/1.1 100 x\r\n\r\n", 9 * 18 + 100),
                Arguments.of(chunked, "0", 4096 + 200),
                Arguments.of(chunked + "1;", "x", 4096 + 200),
                Arguments.of(chunked + "1;a=\"", "x", 4096 + 200),
                Arguments.of(chunked, "1;" + "e".repeat(4000) + "\r\nx\r\n", 5 * 4007 + 200),
                Arguments.of(chunked, "1;" + "e".repeat(9000) + "\r\nx\r\n", 4096 + 200),
                Arguments.of(chunked + "0\r\n", "a: b\r\n", 128 * 6 + 200),
                Arguments.of(chunked + "0\r\n", "a: " + "b".repeat(7997) + "\r\n", 3 * 8002 + 200),
                Arguments.of(chunked + "0\r\n", "a", 8192 + 200));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void endlessInputIsRefusedSoon(String start, String repeated, int most) {
        ResponseDecoder decoder = new ResponseDecoder(Limits.DEFAULT);
        decoder.start(Method.GET, false);
        byte[] pattern = Playback.bytes(repeated);

        int[] taken = {0};
        assertThrows(Http1Fault.class, () -> {
            feed(decoder, Playback.bytes(start), taken);
            while (taken[0] <= 2 * most) {
                feed(decoder, pattern, taken);
            }
        });
        assertTrue(taken[0] <= most, () -> taken[0] + " bytes taken");
    }

    private static void feed(ResponseDecoder decoder, byte[] bytes, int[] taken) throws Http1Fault {
        for (int from = 0; from < bytes.length; from += 64) {
            ByteBuffer in = ByteBuffer.wrap(bytes, from, Math.min(64, bytes.length - from));
            taken[0] += in.remaining();
            while (decoder.next(in) != ResponseDecoder.Event.NEED_INPUT) {}
        }
    }

    private static Arguments builder(
            String name, int least, BiFunction<Limits.Builder, Integer, Limits.Builder> setter) {
        return Arguments.of(name, least, setter);
    }
}
