package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.http.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a body ends and whether the connection lives on: cases D01 to D04, D08, D18 and E13 of the catalogue. */
class BodyFramingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "content-length: 5\r\nTRANSFER-ENCODING: CHUNKED",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\ncontent-length: 50",
                "Content-Length: 5, 6",
                "Content-Length: 5, 5, 6",
                "Content-Length: 5\r\nX: y\r\nContent-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 5a",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: 5,",
                "Content-Length: ,5",
                "Content-Length: ,",
                "Content-Length:",
                "Content-Length: ",
                "Content-Length: 1e1",
                "Content-Length: 5.0",
                "Content-Length: \"5\"",
                "Content-Length: five",
                "Content-Length: 12345678901234567890",
                "Content-Length: 00000000000000000005",
                "Content-Length: 9223372036854775808",
                "Content-Length: 9999999999999999999",
                "Content-Length: \u00d9\u00a5",
                "Content-Length: \u00b5",
                "Content-Length: 5\u00c2\u00a0",
                "Content-Length: 5;q=1",
                "Content-Length: 5\r\nContent-Length: ",
                "Content-Length: 5\u00e3\u0080\u0080x"
            })
    void aLengthThatIsNotOneNumberIsRefused(String fields) {
        assertMalformed(OK + fields + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5",
                "Content-Length:5",
                "Content-Length: \t5\t ",
                "CONTENT-LENGTH: 5",
                "Content-Length: 05",
                "Content-Length: 0000000000000000005",
                "Content-Length: 5, 5",
                "Content-Length: 5,5",
                "Content-Length: 5 \t, 5,\t5",
                "Content-Length: 5\r\ncontent-length: 5",
                "Content-Length: 5, 05"
            })
    void aLengthMayBeRepeatedButNotContradicted(String fields) {
        String script = Playback.GET.play(Playback.bytes(OK + fields + "\r\n\r\nhello"));

        assertTrue(script.endsWith("]\nbody hello\nend reusable [] left 0\n"), script);
        Playback.GET.assertSameForAllPieces(script, Playback.bytes(OK + fields + "\r\n\r\nhello"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: chunkedchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: chunked\u000b",
                "Transfer-Encoding: chunked\u000c",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip\r\ntransfer-encoding: chunked",
                "Transfer-Encoding: chunked,",
                "Transfer-Encoding: ,chunked",
                "Transfer-Encoding: chunked;a=b",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: 'chunked'",
                "Transfer-Encoding: chun ked",
                "Transfer-Encoding:",
                "Transfer-Encoding: chun\u00e2\u0084\u00aaed",
                "Transfer-Encoding: chunked\u00c2\u00a0",
                "Transfer-Encoding: c",
                "Transfer-Encoding: chunked\r\n\tgzip"
            })
    void anyCodingButChunkedAloneIsRefused(String fields) {
        assertMalformed(OK + fields + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "transfer-encoding:\tCHUNKED ", "Transfer-Encoding: Chunked"})
    void chunkedIsKnownInAnyCase(String field) {
        String response = OK + field + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        String script = Playback.GET.play(Playback.bytes(response));

        assertTrue(script.endsWith("]\nbody hello\nend reusable [] left 0\n"), script);
        Playback.GET.assertSameForAllPieces(script, Playback.bytes(response));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "HEAD,200,Content-Length: 100", "HEAD,200,Transfer-Encoding: chunked", "HEAD,200,X: 1",
                        "HEAD,404,Content-Length: 5",
                "GET,204,X: 1", "GET,204,Content-Length: 5", "GET,204,Transfer-Encoding: chunked",
                        "GET,304,Content-Length: 5",
                "GET,304,Transfer-Encoding: chunked", "GET,304,X: 1", "POST,204,X: 1"
            })
    void someResponsesHaveNoBodyWhateverTheirFieldsSay(String method, int status, String field) {
        String head = "HTTP/1.1 " + status + " x\r\n" + field + "\r\n\r\n";
        Playback request = Playback.GET.method(Method.of(method));
        String read = "head HTTP/1.1 " + status + " x [" + field + "]\n";

        request.assertScript(read + "end reusable [] left 0\n", head);
        request.assertScript(read + "end [] left 5\n", head + "hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "GET", "POST", "OPTIONS", "QUERY"})
    void aBadLengthIsRefusedEvenWhereThereIsNoBody(String method) {
        String fault =
                Playback.GET.method(Method.of(method)).assertFault("HTTP/1.1 204 x\r\nContent-Length: 5, 6\r\n\r\n");

        assertEquals("MALFORMED: Content-Length \"5, 6\" is not one number of bytes", fault);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "HTTP/1.1, X: 1, true",
                "HTTP/1.1, Connection: keep-alive, true",
                "HTTP/1.1, Connection: close, false",
                "HTTP/1.1, Connection: CLOSE, false",
                "HTTP/1.1, connection: Close, false",
                "HTTP/1.1, Connection: closed, true",
                "HTTP/1.1, `Connection: keep-alive, close`, false",
                "HTTP/1.1, `Connection: x,close ,y`, false",
                "HTTP/1.1, `Connection: x,\tclose`, false",
                "HTTP/1.1, `Connection: upgrade, x-close`, true",
                "HTTP/1.1, `Connection: clo\u017fe`, true",
                "HTTP/1.0, X: 1, false",
                "HTTP/1.0, Connection: keep-alive, true",
                "HTTP/1.0, Connection: Keep-Alive, true",
                "HTTP/1.0, `Connection: x, KEEP-ALIVE`, true",
                "HTTP/1.0, `Connection: keep-alive, close`, false",
                "HTTP/1.0, Keep-Alive: timeout=5, false"
            })
    void aConnectionIsKeptAsRfc9112Says(String version, String field, boolean kept) {
        String bytes =
                version + " 200 OK\r\n" + field.replace("\u017f", "\u00c5\u00bf") + "\r\nContent-Length: 2\r\n\r\nok";

        Playback.GET.assertScript(
                "head " + version + " 200 OK [" + field + ", Content-Length: 2]\nbody ok\nend "
                        + (kept ? "reusable " : "") + "[] left 0\n",
                bytes);
    }

    @Test
    void severalConnectionFieldsAreOneList() {
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [Connection: keep-alive, Connection: close, Content-Length: 0]\nend [] left 0\n",
                OK + "Connection: keep-alive\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void withoutAnyFramingTheBodyEndsWithTheConnection() {
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [A: b]\nbody 5\r\nhi\nend [] left 0\n", OK + "A: b\r\n\r\n5\r\nhi");
        Playback.GET
                .open()
                .assertScript("head HTTP/1.1 200 OK [A: b]\nbody 5\r\nhi\nwaiting\n", OK + "A: b\r\n\r\n5\r\nhi");
        Playback.GET.assertScript(
                "head HTTP/1.0 200 OK [Connection: keep-alive]\nbody x\nend [] left 0\n",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nx");
    }

    @Test
    void aChunkedBodyFromHttp10IsReadButItsConnectionIsNotKept() {
        Playback.GET.assertScript(
                "head HTTP/1.0 200 OK [Connection: keep-alive, Transfer-Encoding: chunked]\n"
                        + "body hello\nend [] left 0\n",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    void bytesAfterTheResponseRetireTheConnection() {
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [Content-Length: 2]\nbody ok\nend [] left 17\n",
                OK + "Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n");
    }

    @Test
    void aHugeLengthReservesNothing() {
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [Content-Length: 9223372036854775807]\nbody few\n"
                        + "fault TRUNCATED_BODY: the body ended after 3 of 9223372036854775807 bytes\n",
                OK + "Content-Length: 9223372036854775807\r\n\r\nfew");
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [Transfer-Encoding: chunked]\nbody few\n"
                        + "fault TRUNCATED_BODY: the body ended after 3 bytes, before the last chunk\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\nfew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: 1", "Content-Length: 5", "Transfer-Encoding: chunked", "Content-Length: 5, 6"})
    void whatFollowsAcceptedConnectIsAnotherProtocols(String field) {
        Playback.GET
                .method(Method.CONNECT)
                .assertScript(
                        "head HTTP/1.1 200 Established [" + field + "]\nend [] left 3\n",
                        "HTTP/1.1 200 Established\r\n" + field + "\r\n\r\ntls");
        Playback.GET
                .withUpgrade()
                .assertScript(
                        "head HTTP/1.1 101 Switching Protocols [Upgrade: x, " + field + "]\nend [] left 3\n",
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n" + field + "\r\n\r\nraw");
    }

    @Test
    void refusedConnectHasABodyLikeAnyOther() {
        Playback.GET
                .method(Method.CONNECT)
                .assertScript(
                        "head HTTP/1.1 407 Auth [Content-Length: 2]\nbody no\nend reusable [] left 0\n",
                        "HTTP/1.1 407 Auth\r\nContent-Length: 2\r\n\r\nno");
    }

    private static void assertMalformed(String response) {
        String fault = Playback.GET.assertFault(response);
        assertTrue(fault.startsWith("MALFORMED: "), fault);
    }
}
