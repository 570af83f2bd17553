package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Limits;
import io.martlet.http.Method;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Status line and header section: cases D09 to D14 of the reliability catalogue and their neighbours. */
class HeadParserTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String EMPTY_BODY = "Content-Length: 0\r\n\r\n";

    @Test
    void aHeadIsReadAsItWasSent() {
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [Server: nginx, x-Y: 1, X-Y: 2, content-length: 5]\n"
                        + "body hello\nend reusable [] left 0\n",
                OK + "Server: nginx\r\nx-Y:1\r\nX-Y: \t 2\t \r\ncontent-length: 5\r\n\r\nhello");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "HTTP/1.1 200,HTTP/1.1 200 ",
                "HTTP/1.1 200 ,HTTP/1.1 200 ",
                "HTTP/1.1 200  OK,HTTP/1.1 200  OK",
                "HTTP/1.0 404 Not Found,HTTP/1.0 404 Not Found",
                "HTTP/1.1 599 x,HTTP/1.1 599 x",
                "HTTP/1.1 600 x,HTTP/1.1 600 x",
                "HTTP/1.1 999 Request denied,HTTP/1.1 999 Request denied",
                "HTTP/1.1 200 \tAll\tis \u00e9 well,HTTP/1.1 200 \tAll\tis \u00e9 well"
            })
    void statusLinesAreReadAsTheyWereSent(String line, String read) {
        String script = "head " + read + " [Content-Length: 0]\nend " + (line.startsWith("HTTP/1.0") ? "" : "reusable ")
                + "[] left 0\n";

        Playback.GET.assertScript(script, line + "\r\n" + EMPTY_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 20 OK",
                "HTTP/1.1 2000 OK",
                "HTTP/1.1 -200 OK",
                "HTTP/1.1 99999999999 OK",
                "HTTP/1.1 2x0 OK",
                "HTTP/1.1 099 OK",
                "HTTP/1.1 000 OK",
                "HTTP/1.1 +20 OK",
                "HTTP/1.1  200 OK",
                "HTTP/1.1\t200 OK",
                "HTTP/1.1 200\tOK",
                "HTTP/1.1 \u00d9\u00a2\u00d9\u00a0\u00d9\u00a0 OK",
                "HTTP/1.1 \u00b2\u00b2\u00b2 OK",
                "HTTP/1.1 ",
                "HTTP/1.1",
                "HTTP/2.0 200 OK",
                "HTTP/2 200 OK",
                "HTTP/01.1 200 OK",
                "HTTP/1.01 200 OK",
                "HTTP/1.2 200 OK",
                "HTTP/11.1 200 OK",
                "HTTP/0.9 200 OK",
                "HTTP/1,1 200 OK",
                "HTTP/1. 200 OK",
                "HTTP/1.1200 OK",
                "http/1.1 200 OK",
                "HTP/1.1 200 OK",
                " HTTP/1.1 200 OK",
                "HTTP /1.1 200 OK",
                "GET / HTTP/1.1",
                "SSH-2.0-OpenSSH_9.2",
                "220 mail ESMTP",
                "<html>",
                "H",
                "\u0000",
                "\u0016\u0003\u0001",
                "\r",
                "\rHTTP/1.1 200 OK",
                "HTTP/1.1\r 200 OK",
                "HTTP/1.1 2\r00 OK",
                "HTTP/1.1 200 O\rK",
                "HTTP/1.1 200 OK\r",
                "HTTP/1.1 200 O\u0000K",
                "HTTP/1.1 200 O\u0001K",
                "HTTP/1.1 200 O\u007fK",
                "HTTP/1.1 200 O\u000bK"
            })
    void whatIsNoStatusLineIsRefused(String line) {
        String fault = Playback.GET.assertFault(line + "\r\n" + EMPTY_BODY);

        assertTrue(fault.startsWith("MALFORMED: "), fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0", "\u0015\u0003\u0003\u0000\u0002\u0002F", "<html><body>"})
    void whatIsNoHttpIsRefusedBeforeItsLineEnds(String start) {
        String fault = Playback.GET.open().assertFault(start);

        assertTrue(fault.startsWith("MALFORMED: it starts with \""), fault);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "SSH-2.0-OpenSSH_9.2p1, it starts with \"SSH-2.0\" instead of a status line",
                "HTTP/1.2 200 OK, the version in \"HTTP/1.2 200 OK\" is neither HTTP/1.0 nor HTTP/1.1",
                "HTTP/1.1 2x0 OK, the status in \"HTTP/1.1 2x0 OK\" is no number from 100 to 999",
                "HTTP/1.1 abc aaaaaaaaaaaaaaaaaaaaaaaaaaaa, the status in \"HTTP/1.1 abc aaaaaaaaaaaaaaaaaaaaaaaaaaa…\""
                        + " is no number from 100 to 999"
            })
    void faultsSayWhatWasSeen(String line, String fault) {
        assertEquals("MALFORMED: " + fault, Playback.GET.assertFault(line + "\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                "NoColon",
                ": empty",
                "Na me: 1",
                "Content-Length : 5",
                "Content-Length\t: 5",
                "N\u00e9: 1",
                "N\u0000: 1",
                "N\u0001: 1",
                "N\u007f: 1",
                "N(: 1",
                "N\": 1",
                "N\r: 1",
                "A: 1\rB: 2",
                "A: 1\r",
                "\rA: 1",
                "A: 1\r\r\n B: 2",
                "A: \u0000",
                "A: a\u0000b",
                "A: \u0001",
                "A: \u0008",
                "A: \u000b",
                "A: \u000c",
                "A: \u001f",
                "A: \u007f",
                "\u000bA: 1",
                "A: 1\u000b",
                " A: 1",
                "\tA: 1"
            })
    void whatIsNoFieldLineIsRefused(String line) {
        assertRefused(OK + line + "\r\n" + EMPTY_BODY);
        assertRefused(OK + "X: 1\r\n" + line + "\r\n" + EMPTY_BODY);
        assertRefused(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + line + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + " folded: 1\r\n" + EMPTY_BODY,
                OK + "A: 1\r\n folded\r\n" + EMPTY_BODY,
                OK + "A: 1\r\n\tfolded: 1\r\n" + EMPTY_BODY,
                OK + "Content-Length: 5\r\n 0\r\n\r\nhello",
                OK + "Transfer-Encoding: chunked\r\n , identity\r\n\r\n0\r\n\r\n",
                OK + "A: 1\r\n \r\n" + EMPTY_BODY,
                "HTTP/1.1 200\r\n OK\r\n" + EMPTY_BODY
            })
    void foldedLinesAreRefused(String head) {
        assertEquals(true, Playback.GET.assertFault(head).contains("folded lines are not accepted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\n" + EMPTY_BODY,
                OK + "A: 1\n" + EMPTY_BODY,
                OK + "Content-Length: 0\r\n\n",
                OK + "\n" + EMPTY_BODY,
                "\n" + OK + EMPTY_BODY,
                OK + "A: 1\r\r\n" + EMPTY_BODY,
                OK + "Content-Length: 0\r\n\r\r\n"
            })
    void aLineEndsInCrlfAlone(String head) {
        assertRefused(head);
    }

    @Test
    void bytesBeyondAsciiAreUtf8OrElseIso88591() {
        Playback.GET.assertScript(
                "head HTTP/1.1 200 Gr\u00fc\u00dfe [A: \u20ac\u00e9, B: \u00e9\u00ff, C: \u00c0\u008a]\n"
                        + "end [] left 0\n",
                "HTTP/1.1 200 Gr\u00c3\u00bc\u00c3\u009fe\r\n"
                        + "A: \u00e2\u0082\u00ac\u00c3\u00a9\r\nB: \u00e9\u00ff\r\nC: \u00c0\u008a\r\n\r\n");
    }

    @Test
    void aFewEmptyLinesBeforeTheStatusLineAreSkipped() {
        Playback.GET.assertScript(
                "head HTTP/1.1 200 OK [Content-Length: 0]\nend reusable [] left 0\n",
                "\r\n\r\n\r\n\r\n" + OK + EMPTY_BODY);
        assertEquals(
                "MALFORMED: more than 4 empty lines come before the status line",
                Playback.GET.assertFault("\r\n".repeat(5) + OK + EMPTY_BODY));
    }

    @Test
    void valuesOfFieldsAreNotInFaults() {
        String fault = Playback.GET.assertFault(OK + "Set-Cookie: id=s3cret\u0001\r\n" + EMPTY_BODY);

        assertEquals("MALFORMED: the value of header \"Set-Cookie\" has the control character 0x01", fault);
        assertEquals(
                "MALFORMED: field line 2 starts with a blank: folded lines are not accepted",
                Playback.GET.assertFault(OK + "Set-Cookie: a=\r\n s3cret: 1\r\n" + EMPTY_BODY));
        assertEquals("MALFORMED: field line 1 has no colon", Playback.GET.assertFault(OK + "s3cret\r\n" + EMPTY_BODY));
    }

    @ParameterizedTest
    @CsvSource({"Content-Type, application/json", "content-type, application/json", "Connection, keep-alive"})
    void commonNamesAndValuesAreSharedStrings(String name, String value) throws Http1Fault {
        ResponseHead first = headOf(OK + name + ": " + value + "\r\n\r\n");
        ResponseHead second = headOf(OK + name + ":" + value + " \r\n\r\n");

        assertSame(
                first.headers().iterator().next().getKey(),
                second.headers().iterator().next().getKey());
        assertSame(first.headers().get(name), second.headers().get(name));
        assertEquals(value, first.headers().get(name));
        assertSame(first.reason(), second.reason());
    }

    @Test
    void everyByteInNameAndValueIsJudgedAsRfc9110Does() {
        String tokens = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        IntStream.range(0, 256).forEach(octet -> {
            boolean inName = tokens.indexOf(octet) >= 0;
            boolean inValue = octet >= ' ' && octet != 0x7f || octet == '\t';
            assertEquals(inName || octet == ':', isAccepted("a" + (char) octet + ": v"), "name with " + octet);
            assertEquals(inValue, isAccepted("a: v" + (char) octet + "v"), "value with " + octet);
        });
    }

    private static boolean isAccepted(String line) {
        return !Playback.GET
                .play(Playback.bytes(OK + line + "\r\n" + EMPTY_BODY))
                .contains("fault");
    }

    private static void assertRefused(String input) {
        String fault = Playback.GET.assertFault(input);
        assertTrue(fault.startsWith("MALFORMED: "), fault);
    }

    private static ResponseHead headOf(String head) throws Http1Fault {
        ResponseDecoder decoder = new ResponseDecoder(Limits.DEFAULT);
        decoder.start(Method.GET, false);
        assertEquals(ResponseDecoder.Event.HEAD, decoder.next(ByteBuffer.wrap(Playback.bytes(head))));
        return decoder.head();
    }
}
