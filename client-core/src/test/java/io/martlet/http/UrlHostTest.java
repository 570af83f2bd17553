package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException.InvalidUrlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlHostTest {
    @ParameterizedTest
    @CsvSource({
        "http://BÜCHER.example, xn--bcher-kva.example",
        "http://faß.de, xn--fa-hia.de",
        "http://日本語。jp, xn--wgv71a119e.jp",
        "http://%e2%98%83, xn--n3h",
        "http://\u0391\u03A3.example, xn--mxa0b.example",
        "http://\u03b2\u03cc\u03bb\u03bf\u03c2.com, xn--nxasmm1c.com",
        "http://\u0dc1\u0dca\u200d\u0dbb\u0dd3, xn--10cl1a0b660p",
        "http://\u0646\u0627\u0645\u0647\u200c\u0627\u06cc, xn--mgba3gch31f060k",
        "http://\u05d0\u05d1.example, xn--4dbc.example",
        "http://a\u00ad\u200bb, ab",
        "http://<\u0338, xn--gdh",
        "http://xn--bcher-kva.é, xn--bcher-kva.xn--9ca",
        "http://xn--not-checked-, xn--not-checked-",
        "http://h., h.",
        "http://a_b.example, a_b.example",
        "http://127.0.0.1, 127.0.0.1",
        "http://１２７.0.0.1, 127.0.0.1",
        "http://1.2.3.4.example, 1.2.3.4.example",
        "http://[2001:DB8:0:0:1:0:0:1], [2001:db8::1:0:0:1]",
        "http://[0:0:0:0:0:0:0:0], [::]",
        "http://[1:0:3:4:5:6:7:8], [1:0:3:4:5:6:7:8]",
        "http://[::ffff:192.168.0.1], [::ffff:c0a8:1]"
    })
    void hostsAreCanonical(String text, String host) {
        assertEquals(host, Url.of(text).host());
    }

    @Test
    void theHostHeaderHasNoTrailingDotAndNoDefaultPort() {
        assertEquals("example.com", Url.of("http://me:pw@example.com.:80/").hostHeader());
        assertEquals("example.com:8080", Url.of("http://example.com.:8080/").hostHeader());
        assertEquals("[::1]:8080", Url.of("http://[::1]:8080/").hostHeader());
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/, http://me@H:80/x?y#z, true",
        "http://h/, https://h/, false",
        "http://h/, http://h:443/, false",
        "http://h:443/, https://h/, false",
        "http://h/, http://www.h/, false",
        "http://[::1]/, http://[0::1]/, true"
    })
    void anOriginIsSchemeHostAndPort(String one, String other, boolean same) {
        assertEquals(same, Url.of(one).sameOrigin(Url.of(other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "2130706433",
                "0x7f.1",
                "017700000001",
                "0177.0.0.1",
                "127.0.0.01",
                "0x7f000001",
                "127.0.0.1.",
                "256.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "0x",
                "１２７.1",
                "%31%32%37.1",
                "me@127.1:80"
            })
    void numericHostsThatAreNoCanonicalIpv4AddressAreRefused(String host) {
        assertRefused("http://" + host + "/", "its host is a number but no IPv4 address in canonical form");
    }

    @Test
    void anEndlessHostIsRefused() {
        assertRefused("http://" + "é".repeat(1025), "its host has 1025 characters, more than 1024");
    }

    private static void assertRefused(String text, String reason) {
        InvalidUrlException e = assertThrows(InvalidUrlException.class, () -> Url.parse(text));
        assertTrue(String.valueOf(e.getMessage()).endsWith(": " + reason), e::getMessage);
    }
}
