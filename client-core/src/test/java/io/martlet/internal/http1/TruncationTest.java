package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Limits;
import io.martlet.http.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are closed too early: cases F01 to F08 of the catalogue. */
class TruncationTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNKED_READ = "head HTTP/1.1 200 OK [Transfer-Encoding: chunked]\n";

    @Test
    void aBodyShorterThanItsLengthIsReadAndThenRefused() {
        String half = "x".repeat(50);

        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [Content-Length: 100]\nbody " + half
                        + "\nfault TRUNCATED_BODY: the body ended after 50 of 100 bytes\n",
                OK + "Content-Length: 100\r\n\r\n" + half);
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [Content-Length: 1]\nfault TRUNCATED_BODY: the body ended after 0 of 1 bytes\n",
                OK + "Content-Length: 1\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r",
                "\r\n",
                "\r\n5",
                "\r\n5;a",
                "\r\n5\r\nwor",
                "\r\n5\r\nworld",
                "\r\n5\r\nworld\r",
                "\r\n0",
                "\r\n0\r",
                "\r\n0\r\n",
                "\r\n0\r\n\r",
                "\r\n0\r\nA",
                "\r\n0\r\nA: b\r\n",
                "\r\n0\r\nA: b\r\n\r"
            })
    void aChunkedBodyIsTruncatedUntilItsVeryEnd(String rest) {
        String body = rest.contains("wor") ? "hello" + rest.substring(5).strip() : "hello";

        Playback.GET.assertScript(
                CHUNKED_READ + "body " + body + "\nfault TRUNCATED_BODY: the body ended after " + body.length()
                        + " bytes, before the last chunk\n",
                CHUNKED + "5\r\nhello" + rest);
    }

    @Test
    void aFaultKnowsHowMuchWasExpectedAndReceived() {
        assertEquals("100 50", expectedAndReceived(OK + "Content-Length: 100\r\n\r\n" + "x".repeat(50)));
        assertEquals("-1 5", expectedAndReceived(CHUNKED + "5\r\nhello\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTT", "HTTP/1.1 200 OK", OK, OK + "A: b", OK + "A: b\r\n\r", "\r\n", "\r\n\r\n\r\n", "\r", "H"})
    void aConnectionClosedAmidTheHeadIsToldApartFromOneClosedBefore(String part) {
        assertEquals(
                "CLOSED_AMID_HEAD: the connection was closed amid the head of the response",
                Playback.GET.assertFault(part));
        assertEquals(
                "fault CLOSED_BEFORE_HEAD: the connection was closed before a response\n",
                Playback.GET.play(new byte[0]));
    }

    @Test
    void aResponseThatWasAtItsEndStaysWhole() {
        Playback.GET.assertScript("head HTTP/1.1 204 x []\nend reusable [] left 0\n", "HTTP/1.1 204 x\r\n\r\n");
        Playback.GET.assertScript("head HTTP/1.1 200 OK []\nend [] left 0\n", OK + "\r\n");
    }

    /** Responses whose end does not depend on the connection; the last byte must arrive. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "GET, `HTTP/1.1 200 OK~Content-Length: 5~~hello`",
                "GET, `HTTP/1.1 200 OK~Content-Length: 5~Connection: close~~hello`",
                "GET, `HTTP/1.0 200 OK~Content-Length: 5~~hello`",
                "GET, `HTTP/1.1 200 OK~Content-Length: 0~~`",
                "GET, `HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~7;a=\"b;c\"~, world~0~~`",
                "GET, `HTTP/1.1 200 OK~Transfer-Encoding: chunked~~a~0123456789~0;x~Sum: 1~T: 2~~`",
                "GET, `HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0~~`",
                "GET, `HTTP/1.0 200 OK~Transfer-Encoding: chunked~~5~hello~0~~`",
                "GET, `HTTP/1.1 100 Continue~~HTTP/1.1 103 x~Link: y~~HTTP/1.1 200 OK~Content-Length: 5~~hello`",
                "GET, `HTTP/1.1 204 No Content~A: b~~`",
                "GET, `HTTP/1.1 304 Not Modified~Content-Length: 5~~`",
                "HEAD, `HTTP/1.1 200 OK~Content-Length: 5~~`"
            })
    void cutAtEveryOffsetItIsNeverReportedComplete(String method, String lines) {
        byte[] response = Playback.bytes(lines.replace("~", "\r\n"));
        Playback playback = Playback.GET.method(Method.of(method));

        assertTrue(playback.play(response).contains("\nend "), "whole");
        for (int cut = 0; cut < response.length; cut++) {
            byte[] part = Arrays.copyOf(response, cut);
            String script = playback.play(part);
            assertFalse(script.contains("end "), script);
            assertTrue(script.contains("fault CLOSED_") || script.contains("fault TRUNCATED_BODY: "), script);
            playback.assertSameForAllPieces(script, part);
            assertFalse(playback.open().play(part).contains("end "), "open");
        }
    }

    private static String expectedAndReceived(String part) {
        ResponseDecoder decoder = new ResponseDecoder(Limits.DEFAULT);
        decoder.start(Method.GET, false);
        ByteBuffer in = ByteBuffer.wrap(Playback.bytes(part));
        Http1Fault fault = assertThrows(Http1Fault.class, () -> {
            while (decoder.next(in) != ResponseDecoder.Event.NEED_INPUT) {}
            decoder.endOfInput();
        });
        assertEquals(Http1Fault.Kind.TRUNCATED_BODY, fault.kind());
        return fault.expected() + " " + fault.received();
    }
}
