package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Limits;
import io.martlet.http.Method;
import io.martlet.internal.http1.ResponseDecoder.Event;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of events, interim responses (case D19) and several responses on one connection. */
class ResponseDecoderTest {
    private static final String FINAL = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String FINAL_READ =
            "head HTTP/1.1 200 OK [Content-Length: 2]\nbody ok\nend reusable [] left 0\n";

    private final ResponseDecoder decoder = new ResponseDecoder(Limits.DEFAULT);

    @Test
    void interimResponsesAreToldBeforeTheFinalOne() {
        Playback.GET.assertScript(
                "interim HTTP/1.1 100 Continue []\n" + FINAL_READ, "HTTP/1.1 100 Continue\r\n\r\n" + FINAL);
        Playback.GET.assertScript(
                "interim HTTP/1.1 102 Processing []\n" + "interim HTTP/1.1 103 Early Hints [Link: </a.css>]\n".repeat(3)
                        + FINAL_READ,
                "HTTP/1.1 102 Processing\r\n\r\n" + "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n".repeat(3)
                        + FINAL);
    }

    @Test
    void anInterimResponseHasNoBodyWhateverItsFieldsSay() {
        Playback.GET.assertScript(
                "interim HTTP/1.1 100 Continue [Content-Length: 5, 6, Connection: close]\n" + FINAL_READ,
                "HTTP/1.1 100 Continue\r\nContent-Length: 5, 6\r\nConnection: close\r\n\r\n" + FINAL);
    }

    @Test
    void interimResponsesAreLimited() {
        Playback.GET.assertScript(
                "interim HTTP/1.1 199 x []\n".repeat(8) + FINAL_READ, "HTTP/1.1 199 x\r\n\r\n".repeat(8) + FINAL);
        assertEquals(
                "LIMIT: there are more interim responses than maxInterim = 8",
                Playback.GET.assertFault("HTTP/1.1 100 x\r\n\r\n".repeat(9) + FINAL));
        assertEquals(
                "LIMIT: there are more interim responses than maxInterim = 0",
                Playback.GET.limits(Limits.builder().maxInterim(0)).assertFault("HTTP/1.1 100 x\r\n\r\n" + FINAL));
    }

    @Test
    void anUpgradeThatNobodyAskedForIsRefused() {
        assertEquals(
                "MALFORMED: it is 101 Switching Protocols, and no upgrade was asked for",
                Playback.GET.assertFault("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"));
        Playback.GET
                .withUpgrade()
                .assertScript(
                        "interim HTTP/1.1 100 Continue []\nhead HTTP/1.1 101 Go [Upgrade: x]\nend [] left 2\n",
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Go\r\nUpgrade: x\r\n\r\n\r\n");
        Playback.GET.withUpgrade().assertScript(FINAL_READ, FINAL);
    }

    @Test
    void aConnectionClosedAfterAnInterimResponseIsClosedAmidTheHead() {
        assertEquals(
                "CLOSED_AMID_HEAD: the connection was closed amid the head of the response",
                Playback.GET.assertFault("HTTP/1.1 100 Continue\r\n\r\n"));
    }

    @Test
    void aBodyIsPointedAtInTheInputAndNotCopied() throws Http1Fault {
        ByteBuffer in = input("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nabcde");
        decoder.start(Method.GET, false);

        assertEquals(Event.HEAD, decoder.next(in));
        assertEquals(new BodyFraming(BodyFraming.Kind.LENGTH, 8, true), decoder.framing());
        assertEquals(Event.BODY, decoder.next(in));
        assertEquals(38, decoder.bodyStart());
        assertEquals(5, decoder.bodyLength());
        assertEquals(Event.NEED_INPUT, decoder.next(in));
        assertEquals(Event.BODY, decoder.next(input("fgh")));
        assertEquals(0, decoder.bodyStart());
        assertEquals(3, decoder.bodyLength());
        assertEquals(8, decoder.received());
        assertEquals(Event.END, decoder.next(input("")));
        assertTrue(decoder.isReusable());
    }

    @Test
    void aConnectionCarriesOneResponseAfterTheOther() throws Http1Fault {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nT: 1\r\n\r\n";
        for (int i = 0; i < 3; i++) {
            assertEquals("body 2", read(Method.GET, FINAL));
            assertEquals("body 1 {T: 1}", read(Method.POST, chunked));
            assertEquals("body 0", read(Method.HEAD, chunked.substring(0, chunked.indexOf("1\r\nx"))));
            assertEquals("body 2", read(Method.GET, "HTTP/1.1 100 x\r\n\r\n\r\n" + FINAL));
        }
    }

    @Test
    void limitsStartAnewWithEachResponse() throws Http1Fault {
        String many = "HTTP/1.1 100 x\r\n\r\n".repeat(8) + "HTTP/1.1 200 OK\r\n" + "X: 1\r\n".repeat(127)
                + "Content-Length: 2\r\n\r\nok";

        assertEquals("body 2", read(Method.GET, many));
        assertEquals("body 2", read(Method.GET, many));
    }

    @Test
    void aByteTooManyMakesTheConnectionUnusable() throws Http1Fault {
        decoder.start(Method.GET, false);
        ByteBuffer in = input(FINAL + "H");
        while (decoder.next(in) != Event.END) {}

        assertFalse(decoder.isReusable());
        assertEquals(1, in.remaining());
    }

    @Test
    void aClosedConnectionIsNotReusableHoweverTheResponseEnded() throws Http1Fault {
        decoder.start(Method.GET, false);
        assertEquals(Event.HEAD, decoder.next(input("HTTP/1.1 204 x\r\n\r\n")));

        assertEquals(Event.END, decoder.endOfInput());
        assertFalse(decoder.isReusable());
    }

    @Test
    void nothingCanBeAskedBeforeItIsThere() throws Http1Fault {
        assertThrows(IllegalStateException.class, () -> decoder.next(input("")));
        assertThrows(IllegalStateException.class, decoder::endOfInput);
        decoder.start(Method.GET, false);
        assertThrows(IllegalStateException.class, decoder::head);
        assertEquals(Event.INTERIM, decoder.next(input("HTTP/1.1 100 x\r\n\r\n")));
        assertEquals(100, decoder.head().status());
        assertThrows(IllegalStateException.class, decoder::framing);
        assertFalse(decoder.isReusable());
        assertEquals("response to GET: HEAD, 0 bytes of body", decoder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", "HTTP/1.1", "nonsense"})
    void noResponseStartsAmidOrAfterABrokenOne(String input) {
        decoder.start(Method.GET, false);
        try {
            while (decoder.next(input(input)) == Event.HEAD) {}
        } catch (Http1Fault expected) {
            assertEquals(Http1Fault.Kind.MALFORMED, expected.kind());
        }

        assertThrows(IllegalStateException.class, () -> decoder.start(Method.GET, false));
    }

    @Test
    void aDirectBufferIsRefusedByTheBufferItself() {
        decoder.start(Method.GET, false);

        assertThrows(UnsupportedOperationException.class, () -> decoder.next(ByteBuffer.allocateDirect(4)));
    }

    private String read(Method method, String response) throws Http1Fault {
        ByteBuffer in = input(response);
        decoder.start(method, false);
        while (decoder.next(in) != Event.END) {}
        assertTrue(decoder.isReusable());
        return "body " + decoder.received() + (decoder.trailers().isEmpty() ? "" : " " + decoder.trailers());
    }

    private static ByteBuffer input(String text) {
        return ByteBuffer.wrap(Playback.bytes(text));
    }
}
