package io.martlet.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.cookie.Cookie.SameSite;
import io.martlet.http.Url;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
    private static final Url PAGE = Url.of("https://www.example.com/a");

    @Test
    void aBuiltCookieIsForItsHostUntilTheSessionEnds() {
        assertEquals(
                new Cookie("a", "b", "www.example.com", true, "/", null, false, false, null),
                Cookie.builder(PAGE, "a", "b").build());
    }

    @Test
    void aBuiltCookieIsWhatItsBuilderWasTold() {
        Instant end = Instant.parse("2027-01-01T00:00:00Z");

        Cookie cookie = Cookie.builder(PAGE, "a", "b")
                .domain("Example.com")
                .path("/x")
                .expires(end)
                .secure(true)
                .httpOnly(true)
                .sameSite(SameSite.STRICT)
                .build();

        assertEquals(new Cookie("a", "b", "example.com", false, "/x", end, true, true, SameSite.STRICT), cookie);
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/foo,          true",
        "http://example.com:8080/foo,     true",
        "https://example.com/foo/,        true",
        "https://www.example.com/foo/bar, true",
        "https://example.com/foo?q,       true",
        "https://example.com/foobar,      false",
        "https://example.com/FOO,         false",
        "https://example.com/,            false",
        "https://example.com/f%6Fo,       false",
        "https://badexample.com/foo,      false",
        "https://example.com.evil/foo,    false",
        "https://com/foo,                 false",
    })
    void aDomainCookieGoesToItsDomainAndBelowAndToItsPathAndBelow(String url, boolean goes) {
        Cookie cookie = Cookie.builder(PAGE, "a", "b")
                .domain("example.com")
                .path("/foo")
                .build();

        assertEquals(goes, cookie.matches(Url.of(url)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com/x,   true",
        "https://example.com/x,       false",
        "https://a.www.example.com/x, false",
        "http://www.example.com/x,    false",
    })
    void aSecureHostCookieGoesToItsHostOverHttpsOnly(String url, boolean goes) {
        assertEquals(goes, Cookie.builder(PAGE, "a", "b").secure(true).build().matches(Url.of(url)));
    }

    @Test
    void anAddressIsBelowNoDomain() {
        Cookie cookie = Cookie.builder(PAGE, "a", "b").domain("0.0.1").build();

        assertFalse(cookie.matches(Url.of("http://127.0.0.1/")));
    }

    @Test
    void itHasExpiredAtItsEnd() {
        Instant end = Instant.parse("2027-01-01T00:00:00Z");
        Cookie cookie = Cookie.builder(PAGE, "a", "b").expires(end).build();

        assertFalse(cookie.isExpired(end.minusNanos(1)));
        assertEquals(true, cookie.isExpired(end));
    }

    @ParameterizedTest
    @CsvSource({
        "'',      b,       name of a cookie is empty",
        "a;b,     b,       'name of a cookie has the character \\u003b at index 1 (RFC 6265 §4.1.1)'",
        "a=b,     b,       'name of a cookie has the character \\u003d at index 1 (RFC 6265 §4.1.1)'",
        "'a ',    b,       'name of a cookie has a blank at its end (RFC 6265 §4.1.1)'",
        "'a\nb',  b,       'name of a cookie has the character \\u000a at index 1 (RFC 6265 §4.1.1)'",
        "a,       's3c;r', 'value of cookie a has the character \\u003b at index 3 (RFC 6265 §4.1.1)'",
        "a,       's\r\n', 'value of cookie a has the character \\u000d at index 1 (RFC 6265 §4.1.1)'",
        "a,       ' s3c',  'value of cookie a has a blank at its end (RFC 6265 §4.1.1)'",
        "a,       's\0',   'value of cookie a has the character \\u0000 at index 1 (RFC 6265 §4.1.1)'",
    })
    void whatNoFieldCanCarryIsRefusedWithoutItsValue(String name, String value, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Cookie.checkPair(name, value));

        assertEquals(message, e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Cookie.builder(PAGE, name, value).build());
        assertThrows(IllegalArgumentException.class, () -> Cookie.fieldValue(Map.of(name, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".example.com", "exa mple.com", "exämple.com", "a\nb"})
    void aDomainThatIsNoHostIsRefused(String domain) {
        Cookie.Builder cookie = Cookie.builder(PAGE, "a", "b").domain(domain);

        assertThrows(IllegalArgumentException.class, cookie::build);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "/x;y", "/x\n"})
    void aPathThatIsNoneIsRefused(String path) {
        Cookie.Builder cookie = Cookie.builder(PAGE, "a", "b").path(path);

        assertThrows(IllegalArgumentException.class, cookie::build);
    }

    @Test
    void aFieldHasItsPairsInTheirOrderAsTheyAre() {
        Map<String, String> pairs = new LinkedHashMap<>();
        pairs.put("z", "1");
        pairs.put("user[id]", "\"a, b\"");
        pairs.put("a", "");

        assertEquals("z=1; user[id]=\"a, b\"; a=", Cookie.fieldValue(pairs));
    }

    @Test
    void printsNoValue() {
        assertEquals(
                "a=(hidden); Host=www.example.com; Path=/",
                Cookie.builder(PAGE, "a", "s3cret").build().toString());
    }
}
