package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.body.RequestBody;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.internal.http1.RequestHead.Persistence;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out, byte by byte. What must not go out is in {@link RequestInjectionTest}. */
class RequestEncoderTest {
    private final ByteSink out = new ByteSink(16);
    private final RequestEncoder encoder = new RequestEncoder(out);

    @Test
    void aHeadIsWrittenAsRfc9112Says() {
        boolean close =
                encoder.head(head("GET", RequestHead.NO_BODY, Persistence.DEFAULT, "Accept", "*/*", "x-Y", "a\tb c"));

        assertEquals("GET /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\nAccept: */*\r\nx-Y: a\tb c\r\n\r\n", written());
        assertFalse(close);
    }

    @Test
    void aBodyFollowsItsHead() {
        encoder.headAndBody(head("POST", 5, Persistence.DEFAULT, "A", ""), Playback.bytes("hello"));

        assertEquals(
                "POST /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\nA: \r\nContent-Length: 5\r\n\r\nhello", written());
    }

    @Test
    void aBodyOfAnotherLengthThanAnnouncedIsRefused() {
        for (long announced : new long[] {4, 6, 0, RequestHead.NO_BODY, RequestHead.CHUNKED}) {
            RequestHead head = head("POST", announced, Persistence.DEFAULT);
            assertThrows(IllegalArgumentException.class, () -> encoder.headAndBody(head, Playback.bytes("hello")));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> encoder.headAndBody(head("POST", RequestHead.CHUNKED, Persistence.DEFAULT), new byte[0]));
        assertEquals("", written());
        encoder.headAndBody(head("GET", RequestHead.NO_BODY, Persistence.DEFAULT), new byte[0]);
        assertTrue(written().endsWith("8080\r\n\r\n"), written());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "9, 9", "10, 10", "65536, 65536", "9223372036854775807, 9223372036854775807"})
    void lengthsAreDecimal(long length, String digits) {
        encoder.head(head("PUT", length, Persistence.DEFAULT));

        assertTrue(written().endsWith("\r\nContent-Length: " + digits + "\r\n\r\n"), written());
    }

    @Test
    void requestsFollowOneAnotherInOneSink() {
        encoder.head(head("GET", RequestHead.NO_BODY, Persistence.CLOSE, "Content-Type", "x"));
        encoder.head(head("PUT", RequestHead.CHUNKED, Persistence.DEFAULT));

        assertEquals(
                "GET /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\nContent-Type: x\r\nConnection: close\r\n\r\n"
                        + "PUT /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\nTransfer-Encoding: chunked\r\n\r\n",
                written());
    }

    @Test
    void hostOfTheHeadersComesFirstToo() {
        encoder.head(head("GET", RequestHead.NO_BODY, Persistence.DEFAULT, "A", "b", "hOST", "other.example"));

        assertEquals("GET /p?q=1 HTTP/1.1\r\nHost: other.example\r\nA: b\r\n\r\n", written());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h",
                "h.example",
                "h_x.example",
                "h:1",
                "h:",
                "[::1]:",
                "h:65535",
                "127.0.0.1:80",
                "[::1]",
                "[2001:db8::1]:443",
                "[::ffff:1.2.3.4]",
                "xn--bcher-kva.example",
                "a%20b",
                "a!$&'()*+,;=~b"
            })
    void hostMayBeWhatRfc3986Allows(String host) {
        encoder.head(new RequestHead("GET", "/", host, Headers.EMPTY, RequestHead.NO_BODY, Persistence.DEFAULT));

        assertEquals("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", written());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "DEFAULT, -, -, false", "CLOSE, -, close, true", "KEEP_ALIVE, -, keep-alive, false",
                "DEFAULT, Upgrade, Upgrade, false", "CLOSE, Upgrade, Upgrade|close, true",
                        "DEFAULT, close, close, true",
                "DEFAULT, 'x, CLOSE', 'x, CLOSE', true", "CLOSE, 'TE,close', 'TE,close', true",
                        "KEEP_ALIVE, close, close, true",
                "KEEP_ALIVE, TE, TE|keep-alive, false"
            })
    void closeIsSaidOnce(Persistence persistence, String own, String sent, boolean close) {
        String[] fields = own == null ? new String[0] : new String[] {"Connection", own};

        assertEquals(close, encoder.head(head("GET", RequestHead.NO_BODY, persistence, fields)));
        String lines = sent == null ? "" : "Connection: " + sent.replace("|", "\r\nConnection: ") + "\r\n";
        assertEquals("GET /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\n" + lines + "\r\n", written());
    }

    @Test
    void framingOfTheCallerIsTakenWhereItAgrees() {
        encoder.head(head("PUT", 5, Persistence.DEFAULT, "content-length", "5"));
        encoder.head(head("PUT", RequestHead.CHUNKED, Persistence.DEFAULT, "Transfer-Encoding", "Chunked"));
        encoder.head(head("GET", RequestHead.NO_BODY, Persistence.DEFAULT, "Content-Length", "0"));

        assertEquals(
                "PUT /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\ncontent-length: 5\r\n\r\n"
                        + "PUT /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\nTransfer-Encoding: Chunked\r\n\r\n"
                        + "GET /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\nContent-Length: 0\r\n\r\n",
                written());
    }

    @Test
    void valuesBeyondAsciiAreUtf8() {
        String value = "\u010a\u560a \u00e9 \ud83d\ude00";
        encoder.head(head("GET", RequestHead.NO_BODY, Persistence.DEFAULT, "A", value));

        assertEquals(
                "GET /p?q=1 HTTP/1.1\r\nHost: h.example:8080\r\nA: " + value + "\r\n\r\n",
                new String(out.array(), 0, out.length(), StandardCharsets.UTF_8));
        assertEquals(4, written().chars().filter(c -> c == '\n').count());
    }

    @Test
    void targetsOfEveryFormAreWritten() {
        encoder.head(new RequestHead("OPTIONS", "*", "h", Headers.EMPTY, RequestHead.NO_BODY, Persistence.DEFAULT));
        encoder.head(
                new RequestHead("GET", "http://h/p", "h", Headers.EMPTY, RequestHead.NO_BODY, Persistence.DEFAULT));
        encoder.head(
                new RequestHead("CONNECT", "[::1]:443", "h", Headers.EMPTY, RequestHead.NO_BODY, Persistence.DEFAULT));

        assertEquals(
                "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\nGET http://h/p HTTP/1.1\r\nHost: h\r\n\r\n"
                        + "CONNECT [::1]:443 HTTP/1.1\r\nHost: h\r\n\r\n",
                written());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 0, -2",
        "HEAD, 0, -2",
        "DELETE, 0, 0",
        "POST, 0, 0",
        "PUT, 0, 0",
        "PATCH, 0, 0",
        "QUERY, 0, 0",
        "OPTIONS, 0, -2",
        "GET, 3, 3",
        "POST, 3, 3"
    })
    void anEmptyBodyIsAnnouncedWhereOneIsExpected(String method, int length, long announced) {
        ClientRequest request = ClientRequest.builder(Method.of(method), Url.of("http://h.example:80/p?q#f"))
                .body(RequestBody.bytes(new byte[length], null))
                .build();

        RequestHead head = RequestHead.of(request, Persistence.KEEP_ALIVE);

        assertEquals(
                new RequestHead(method, "/p?q", "h.example", request.headers(), announced, Persistence.KEEP_ALIVE),
                head);
    }

    @Test
    void chunksAreWrittenAsRfc9112Says() {
        encoder.chunkHead(5);
        out.put(Playback.bytes("hello"));
        encoder.chunkEnd();
        encoder.chunkHead(0x1a0f);
        encoder.lastChunk(Headers.EMPTY);
        encoder.lastChunk(Headers.of("X-Sum", "5d41", "Y", "\u00e9"));

        assertEquals("5\r\nhello\r\n1a0f\r\n0\r\n\r\n0\r\nX-Sum: 5d41\r\nY: \u00c3\u00a9\r\n\r\n", written());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "15, f", "16, 10", "255, ff", "256, 100", "65536, 10000", "2147483647, 7fffffff"})
    void chunkSizesAreHexadecimal(int size, String digits) {
        encoder.chunkHead(size);

        assertEquals(digits + "\r\n", written());
    }

    @Test
    void aSinkGrowsAndIsUsedAgain() {
        ByteSink sink = new ByteSink(0);
        for (int i = 0; i < 1000; i++) {
            sink.put('0' + i % 10);
        }
        assertEquals(
                "0123456789".repeat(100),
                StandardCharsets.US_ASCII.decode(sink.toByteBuffer()).toString());
        assertTrue(sink.toString().startsWith("1000 of "), sink.toString());
        sink.truncate(3);
        assertEquals(3, sink.length());
        assertThrows(IllegalArgumentException.class, () -> sink.truncate(4));
        assertThrows(IllegalArgumentException.class, () -> sink.truncate(-1));
        sink.clear();
        assertEquals(0, sink.toByteBuffer().remaining());
    }

    private static RequestHead head(String method, long length, Persistence persistence, String... fields) {
        return new RequestHead(method, "/p?q=1", "h.example:8080", Headers.of(fields), length, persistence);
    }

    private String written() {
        return new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1);
    }
}
