package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException.InvalidUrlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "ftp://h/, ftp: only http and https URLs can be requested",
        "javascript:alert(1), javascript: only http and https URLs can be requested",
        "localhost:8080/x, localhost: only http and https URLs can be requested",
        "example.com/x, it has no scheme: an absolute URL starts with http:// or https://",
        "'', it has no scheme: an absolute URL starts with http:// or https://",
        "http://, it has no host",
        "http:///?q, it has no host",
        "http://me@/x, it has no host",
        "http://:80/, it has no host",
        "http://%C2%AD/, it has no host",
        "http://h:x/, the port is not a number",
        "http://h:-1/, the port is not a number",
        "http://h:65536/, the port is larger than 65535",
        "http://h:4294967376/, the port is larger than 65535",
        "http://a b/, its host contains U+0020",
        "http://a%0db/, its host contains U+000D",
        "http://a<b/, its host contains U+003C",
        "http://a\u2025b/, its host contains U+2025",
        "http://a\u200db/, its host contains U+200D",
        "http://\u0301a/, its host is no valid international domain name",
        "http://xn--abc-.é/, its host is no valid international domain name",
        "http://xn--éa-xn--/, its host is no valid international domain name",
        "http://xn--abcé/, its host is no valid international domain name",
        "http://xn--a.é/, its host contains U+0080",
        "http://xn--99999999999.é/, its host is no valid international domain name",
        "http://\u05d0a/, its host mixes writing directions",
        "http://[::1/, the bracket of its IPv6 address is not closed",
        "http://[::1%eth0]/, its host is no valid IPv6 address",
        "http://[1:2]/, its host is no valid IPv6 address",
        "http://[1::2::3]/, its host is no valid IPv6 address",
        "http://[::1.2.3.04]/, its host is no valid IPv6 address",
    })
    void whatCannotBeRequestedIsRefusedWithTheReason(String text, String reason) {
        InvalidUrlException e = assertThrows(InvalidUrlException.class, () -> Url.parse(text));

        assertTrue(String.valueOf(e.getMessage()).endsWith(": " + reason), e::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "http://me:secret@h:x/p, http://***@h:x/p",
        "http://me:secret/x@h/p, http://***@h/p",
        "http://me:se?cret@h/p, http://***",
        "me:secret@h, ***@h",
        "http://h:x/p?token=secret, http://h:x/p?***",
        "http://h:x/p#secret@x, http://***",
        "ftp://h/p, ftp://h/p"
    })
    void aRefusedUrlIsReportedWithoutSecrets(String text, String shown) {
        InvalidUrlException e = assertThrows(InvalidUrlException.class, () -> Url.parse(text));

        assertEquals(shown, e.url());
        assertFalse(String.valueOf(e.getMessage()).contains("secret"), e::getMessage);
    }

    @Test
    void aLiteralThatIsNoUrlIsAnIllegalArgument() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Url.of("http://"));

        assertTrue(String.valueOf(e.getMessage()).contains("it has no host"), e::getMessage);
    }

    @Test
    void aTargetWithAnotherSchemeIsRefused() {
        Url base = Url.of("http://h/");

        assertThrows(InvalidUrlException.class, () -> base.resolve("file:///etc/passwd"));
        assertThrows(InvalidUrlException.class, () -> base.resolve("//"));
    }
}
