package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks, their extensions and trailers: cases D05 to D07, D13, D18 and E06 of the catalogue. */
class ChunkedDecoderTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String READ = "head HTTP/1.1 200 OK [Transfer-Encoding: chunked]\n";

    @Test
    void chunksAreJoined() {
        assertBody("hello, world", "5\r\nhello\r\n1\r\n,\r\n6\r\n world\r\n0\r\n\r\n");
        assertBody("\r\n0\r\n\r\n", "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n");
        assertBody("0123456789abcdefghijklmnopqrst", "1E\r\n0123456789abcdefghijklmnopqrst\r\n0\r\n\r\n");
        assertBody("0123456789", "A\r\n0123456789\r\n00\r\n\r\n");
        assertBody("0123456789", "000000000000000a\r\n0123456789\r\n0000000000000000\r\n\r\n");
        Playback.GET.assertScript(READ + "end reusable [] left 0\n", HEAD + "0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+5",
                "-5",
                "0x5",
                " 5",
                "\t5",
                "",
                "g",
                "5g",
                "5 ",
                "5\t",
                "5 5",
                "00000000000000005",
                "11111111111111111",
                "FFFFFFFFFFFFFFFF",
                "8000000000000000",
                "5h",
                "5.0",
                "5,",
                "5\u0000",
                "\u00005",
                "5\u000b",
                "5\r",
                "\r5",
                "\"5\"",
                "\u00d9\u00a5",
                "\u00b2",
                "five"
            })
    void aSizeIsHexadecimalDigitsAlone(String size) {
        assertMalformed(HEAD + size + "\r\nhello\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\nhello\r\n0\r\n\r\n",
                "5\rhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello\r0\r\n\r\n",
                "5\r\nhello\r\r\n0\r\n\r\n",
                "5\r\nhello\n\r0\r\n\r\n",
                "5\r\nhello!\r\n0\r\n\r\n",
                "5\r\nhell\r\n0\r\n\r\n\r\n",
                "5\r\nhello\r\n\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\n\r\n",
                "5\r\nhello\r\n0\r\n\n",
                "5\r\nhello\r\n0\r\r\n\r\n",
                "\r\n5\r\nhello\r\n0\r\n\r\n",
                "5;a=b\nhello\r\n0\r\n\r\n",
                "5;a\rhello\r\n0\r\n\r\n",
                "5\r\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\n\rx\r\n",
                "5\r\nhello\r\n0\r\n\r\r\n"
            })
    void linesAndDataEndInCrlfAlone(String body) {
        assertMalformed(HEAD + body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";a",
                ";a=b",
                ";a=b;c=d",
                " ; a = b\t;\tc",
                ";a=\"b\"",
                ";a=\"\"",
                ";a=\"b;c=d\"",
                ";a=\" \t\u00e9\"",
                ";a=\"\\\"\"",
                ";a=\"\\\\\"",
                ";a=\"b\\\"c\";d",
                ";!#$%&'*+-.^_`|~=1"
            })
    void extensionsAreSkipped(String extension) {
        assertBody("hello", "5" + extension + "\r\nhello\r\n0" + extension + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                ";;",
                ";a;",
                ";a=",
                ";=b",
                ";a=b c",
                ";a b",
                " a",
                " a=b",
                ";a=\"b",
                ";a=\"b\\\"",
                ";a=\"b\\",
                ";a=\"b\"c",
                ";a=\"\r\n\"",
                ";a=\"\r\nhello\r\n0\r\n\r\n",
                ";a=\"\u0000\"",
                ";a=\"\u007f\"",
                ";a=\"\\\u0001\"",
                ";a=\u0000",
                ";\u0000",
                ";a\u0000=b",
                ";a=b ",
                ";a ",
                ";a=b=c",
                ";a=(b)",
                ";\u00e9",
                ";a=\"\n\"",
                ";a=\"\\\r\n\"",
                "; ",
                ";a= "
            })
    void whatIsNoExtensionIsRefused(String extension) {
        assertMalformed(HEAD + "5" + extension + "\r\nhello\r\n0\r\n\r\n");
        assertMalformed(HEAD + "5\r\nhello\r\n0" + extension + "\r\n\r\n");
    }

    @Test
    void trailersAreShownAfterTheBodyAndApartFromTheHeaders() {
        Playback.GET.assertScript(
                READ + "body hello\nend reusable [X-Sum: 5d41, x-sum: 2, Content-Type: no harm] left 0\n",
                HEAD + "5\r\nhello\r\n0\r\nX-Sum:  5d41 \r\nx-sum: 2\r\nContent-Type: no harm\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5",
                "content-length: 0",
                "Transfer-Encoding: chunked",
                "TRANSFER-ENCODING: x",
                "Host: a",
                "host: b"
            })
    void framingAmongTheTrailersIsRefused(String field) {
        String name = field.substring(0, field.indexOf(':'));

        assertEquals(
                "MALFORMED: " + name + " stands among the trailers",
                Playback.GET.assertFault(HEAD + "5\r\nhello\r\n0\r\nX: 1\r\n" + field + "\r\n\r\n"));
    }

    @Test
    void trailersCountAsHeaders() {
        Playback three = Playback.GET.limits(Limits.builder().maxHeaders(3));
        String twoTrailers = "0\r\nA: 1\r\nB: 2\r\n\r\n";

        three.assertScript(READ + "end reusable [A: 1, B: 2] left 0\n", HEAD + twoTrailers);
        assertEquals(
                "LIMIT: there are more header fields than maxHeaders = 3, trailers included",
                three.assertFault(HEAD + "0\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n"));
        assertTrue(three.assertFault(HEAD.replace("\r\n\r\n", "\r\nX: 1\r\n\r\n") + twoTrailers)
                .startsWith("LIMIT: "));
    }

    @Test
    void trailersTogetherAreLimited() {
        Playback twenty = Playback.GET.limits(Limits.builder().maxTrailerBytes(20));

        twenty.assertScript(
                READ + "end reusable [A: 345678, B: 345678] left 0\n", HEAD + "0\r\nA:345678\r\nB:345678\r\n\r\n");
        assertEquals(
                "LIMIT: the trailers are longer than maxTrailerBytes = 20 bytes",
                twenty.assertFault(HEAD + "0\r\nA:345678\r\nB:3456789\r\n\r\n"));
        Playback none = Playback.GET.limits(Limits.builder().maxTrailerBytes(0));
        assertTrue(none.assertFault(HEAD + "0\r\na:\r\n\r\n").startsWith("LIMIT: "));
        none.assertScript(READ + "end reusable [] left 0\n", HEAD + "0\r\n\r\n");
    }

    @Test
    void aChunksLineIsLimited() {
        Playback ten = Playback.GET.limits(Limits.builder().maxChunkLine(10));

        ten.assertScript(READ + "body x\nend reusable [] left 0\n", HEAD + "1;a=345678\r\nx\r\n0\r\n\r\n");
        assertEquals(
                "LIMIT: a chunk's line is longer than maxChunkLine = 10 bytes",
                ten.assertFault(HEAD + "1;a=3456789\r\nx\r\n0\r\n\r\n"));
    }

    @Test
    void extensionsTogetherAreLimitedByTheDataTheyComeWith() {
        String wasteful = "1;" + "e".repeat(1000) + "\r\nx\r\n";
        String deserved = "200;" + "e".repeat(1000) + "\r\n" + "x".repeat(512) + "\r\n";

        assertEquals(
                "LIMIT: its chunks are mostly extensions: more than 16384 bytes of them",
                Playback.GET.assertFault(HEAD + wasteful.repeat(17) + "0\r\n\r\n"));
        String script = Playback.GET.play(Playback.bytes(HEAD + wasteful.repeat(16) + "0\r\n\r\n"));
        assertEquals(READ + "body " + "x".repeat(16) + "\nend reusable [] left 0\n", script);
        script = Playback.GET.play(Playback.bytes(HEAD + deserved.repeat(1000) + "0\r\n\r\n"));
        assertEquals(READ + "body " + "x".repeat(512_000) + "\nend reusable [] left 0\n", script);
    }

    @Test
    void chunksOfOneByteAreFine() {
        String script = Playback.GET.play(Playback.bytes(HEAD + "1\r\nx\r\n".repeat(100_000) + "0\r\n\r\n"));

        assertEquals(READ + "body " + "x".repeat(100_000) + "\nend reusable [] left 0\n", script);
    }

    private static void assertBody(String body, String chunks) {
        Playback.GET.assertScript(READ + "body " + body + "\nend reusable [] left 0\n", HEAD + chunks);
    }

    private static void assertMalformed(String response) {
        String fault = Playback.GET.assertFault(response);
        assertTrue(fault.startsWith("MALFORMED: "), fault);
    }
}
