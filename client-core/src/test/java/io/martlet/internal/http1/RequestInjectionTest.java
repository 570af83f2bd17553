package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.internal.http1.RequestHead.Persistence;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not go out: cases A01 to A08 of the catalogue, with values that no check before the encoder has seen. */
class RequestInjectionTest {
    private static final String EARLIER = "bytes of an earlier request";

    private final ByteSink out = new ByteSink(16);
    private final RequestEncoder encoder = new RequestEncoder(out);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\r\nX-I: 1",
                "",
                " ",
                "GE T",
                "GET ",
                " GET",
                "GET\t",
                "GE\u0000T",
                "GE(T",
                "GE\u00e9T",
                "GET\r",
                "GET\n",
                "GET\u010a",
                "G:T",
                "GET/"
            })
    void aMethodIsAToken(String method) {
        assertRefused(method, "/", "h", Headers.EMPTY, RequestHead.NO_BODY);
        assertThrows(IllegalArgumentException.class, () -> Method.of(method));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/a b",
                "/ HTTP/1.1\r\nX-I: 1\r\n",
                "/\r",
                "/\n",
                "/\t",
                "/\u0000",
                "/\u007f",
                "/\u00e9",
                "/\u010a",
                "/\u560a",
                "/#f",
                "/\u0020",
                "/\u3000",
                "/\u0085"
            })
    void aTargetIsVisibleAscii(String target) {
        assertRefused("GET", target, "h", Headers.EMPTY, RequestHead.NO_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"h", "h:", "h:443/", "/", "http://h:443", "h:443:1", "h:65536", "me@h:443", ":443", "h:+1", "*"})
    void connectNamesHostAndPortAlone(String target) {
        assertRefused("CONNECT", target, "h", Headers.EMPTY, RequestHead.NO_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\rb",
                "a\nb",
                "a\r\nX-I",
                "a\u0000",
                "a:",
                ":",
                "a b",
                " a",
                "a ",
                "a\t",
                "\u00e9",
                "a\u010a",
                "a(b",
                "a\"",
                "\u0001",
                "\u007f"
            })
    void aNameIsAToken(String name) {
        assertRefused(unchecked("A", "1", name, "v"));
        assertThrows(IllegalArgumentException.class, () -> encoder.lastChunk(unchecked(name, "v")));
    }

    @Test
    void aValueHasNoControlCharacterButTab() {
        for (char c = 0; c < 0x80; c++) {
            if (c < ' ' && c != '\t' || c == 0x7f) {
                assertRefused(unchecked("A", "1", "B", "s3cret" + c + "s3cret"));
                assertRefused(unchecked("B", "\u00e9" + c));
                assertRefused(unchecked("B", "" + c));
                Headers trailer = unchecked("B", "a" + c);
                assertThrows(IllegalArgumentException.class, () -> encoder.lastChunk(trailer));
            }
        }
        assertRefused(unchecked("A", "1\r\nX-I: 2"));
        assertRefused(unchecked("A", "1\r\n X-I: 2"));
        assertEquals(0, out.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc0a", "\udc00\ud800", "\ud83d", "\ud83dx", "\ud83d\ud83d\ude00"})
    void halfACharacterIsNotSentAsAnother(String value) {
        assertRefused(unchecked("A", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\r\nX: 1",
                "a/b",
                "a b",
                "a\t",
                "a\u0000",
                "me@h",
                "h:x",
                "h:65536",
                "h:123456",
                "h:-1",
                "h:80:80",
                ":80",
                "::1",
                "[::1",
                "[]",
                "[:",
                "[g::1]",
                "[::1]x",
                "[::1%25eth0]",
                "[::1]::",
                "[1]",
                "h?",
                "h#",
                "h\\",
                "h\u00e9",
                "a%2",
                "a%g0",
                "<h>",
                "h:\u0661",
                "[::\uff11]"
            })
    void hostIsHostAndMaybePort(String host) {
        assertRefused("GET", "/", host, Headers.EMPTY, RequestHead.NO_BODY);
        assertRefused(unchecked("host", host));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "5, Content-Length|6",
                "5, Content-Length|5|content-length|5",
                "5, `Content-Length|5, 5`",
                "5, Content-Length|05",
                "5, Content-Length|+5",
                "5, Content-Length|",
                "5, Content-Length|5|Transfer-Encoding|chunked",
                "5, Transfer-Encoding|chunked",
                "5, Transfer-Encoding|identity",
                "-1, Content-Length|5",
                "-1, Content-Length|-1",
                "-1, Transfer-Encoding|chunked|transfer-encoding|chunked",
                "-1, `Transfer-Encoding|gzip, chunked`",
                "-1, Transfer-Encoding|chun\u212aed",
                "-1, Transfer-Encoding|chunked|Content-Length|5",
                "-2, Content-Length|1",
                "-2, Content-Length|-2",
                "-2, Transfer-Encoding|chunked",
                "-2, Host|a|Host|a",
                "0, Content-Length|5",
                "0, Host|a|HOST|b"
            })
    void framingOfTheCallerMustAgree(long length, String fields) {
        assertRefused("POST", "/", "h", unchecked(fields.split("\\|", -1)), length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "transfer-encoding",
                "HOST",
                "Trailer",
                "Authorization",
                "Cookie",
                "Content-Type",
                "Content-Encoding",
                "Connection",
                "TE",
                "Expect",
                "Upgrade"
            })
    void whatDoesNotBelongBehindABodyIsNoTrailer(String name) {
        assertThrows(IllegalArgumentException.class, () -> encoder.lastChunk(Headers.of("X", "1", name, "1")));
        assertEquals(0, out.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aChunkIsNeverEmpty(int size) {
        assertThrows(IllegalArgumentException.class, () -> encoder.chunkHead(size));
        assertEquals(0, out.length());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, Long.MIN_VALUE})
    void aLengthIsNotNegative(long length) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RequestHead("GET", "/", "h", Headers.EMPTY, length, Persistence.DEFAULT));
    }

    private void assertRefused(Headers headers) {
        assertRefused("GET", "/", "h", headers, RequestHead.NO_BODY);
    }

    private void assertRefused(String method, String target, String host, Headers headers, long length) {
        out.clear();
        out.put(Playback.bytes(EARLIER));
        RequestHead head = new RequestHead(method, target, host, headers, length, Persistence.DEFAULT);

        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> encoder.head(head));

        assertEquals(EARLIER, written());
        String message = String.valueOf(refusal.getMessage());
        assertFalse(message.contains("s3cret"), message);
        assertTrue(message.chars().allMatch(c -> c >= ' ' && c != 0x7f && (c < 0x80 || c == '§' || c == '…')), message);
        out.clear();
    }

    private String written() {
        return new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1);
    }

    /** Headers that no builder has checked, as a mistake elsewhere might let them through. */
    private static Headers unchecked(String... namesAndValues) {
        return Headers.ofChecked(namesAndValues, namesAndValues.length);
    }
}
