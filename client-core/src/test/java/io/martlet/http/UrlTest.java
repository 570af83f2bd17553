package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTest {
    @Test
    void aUrlHasItsParts() {
        Url url = Url.of("HTTPS://me:secret@API.Example.com:8443/v1/users?page=2&sort=name#top");

        assertAll(
                () -> assertEquals("https", url.scheme()),
                () -> assertTrue(url.isSecure()),
                () -> assertEquals("me", url.username()),
                () -> assertEquals("secret", url.password()),
                () -> assertEquals("api.example.com", url.host()),
                () -> assertEquals(8443, url.port()),
                () -> assertFalse(url.isDefaultPort()),
                () -> assertEquals("api.example.com:8443", url.authority()),
                () -> assertEquals("https://api.example.com:8443", url.origin()),
                () -> assertEquals("/v1/users", url.path()),
                () -> assertEquals("page=2&sort=name", url.query()),
                () -> assertEquals(QueryParams.of("page", "2", "sort", "name"), url.queryParams()),
                () -> assertEquals("top", url.fragment()),
                () -> assertEquals("/v1/users?page=2&sort=name", url.requestTarget()));
    }

    @Test
    void theShortestUrlHasDefaults() {
        Url url = Url.of("http://h");

        assertAll(
                () -> assertFalse(url.isSecure()),
                () -> assertNull(url.username()),
                () -> assertNull(url.password()),
                () -> assertEquals(80, url.port()),
                () -> assertTrue(url.isDefaultPort()),
                () -> assertEquals("h", url.authority()),
                () -> assertEquals("/", url.path()),
                () -> assertNull(url.query()),
                () -> assertEquals(QueryParams.EMPTY, url.queryParams()),
                () -> assertNull(url.fragment()),
                () -> assertEquals("/", url.requestTarget()),
                () -> assertEquals("http://h/", url.href()));
    }

    @Test
    void theDefaultPortIsLeftOut() {
        assertEquals(Url.of("https://h"), Url.of("https://h:443/"));
        assertEquals("http://h:443/", Url.of("http://h:443").href());
    }

    @Test
    void aBareQuestionMarkAndNumberSignAreKept() {
        Url url = Url.of("http://h/?#");

        assertEquals("", url.query());
        assertEquals("", url.fragment());
        assertEquals("/?", url.requestTarget());
        assertEquals("http://h/?#", url.href());
        assertNotEquals(Url.of("http://h/"), url);
    }

    @Test
    void userAndPasswordAreDecoded() {
        Url url = Url.of("http://a%40b:p%3Aé%zz@h/");

        assertEquals("a@b", url.username());
        assertEquals("p:é%zz", url.password());
        assertEquals("http://a%40b:p%3A%C3%A9%zz@h/", url.href());
    }

    @ParameterizedTest
    @CsvSource({"http://me@h/, me,", "http://me:@h/, me,", "http://:pw@h/, '', pw", "http://@h/, ,", "http://:@h/, ,"})
    void userAndPasswordMayBeMissing(String text, String user, String password) {
        Url url = Url.of(text);

        assertEquals(user, url.username());
        assertEquals(password, url.password());
    }

    @Test
    void secretsAreNotPrinted() {
        Url url = Url.of("https://me:secret@h/p?token=secret#secret");

        assertEquals("https://h/p?token=secret#secret", url.toString());
        assertEquals("https://h/p?***", url.redacted());
        assertEquals("https://me:secret@h/p?token=secret#secret", url.href());
    }

    @Test
    void userInfoAndFragmentCanBeTakenOff() {
        Url url = Url.of("https://me:secret@h/p?q#f");

        assertEquals("https://me:secret@h/p?q", url.withoutFragment().href());
        assertEquals("https://h/p?q#f", url.withoutUserInfo().href());
        assertEquals("https://me:secret@h/p?q#%20x", url.withFragment(" x").href());
        assertEquals("https://me:secret@h/p?q", url.withFragment(null).href());
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/a b/é?q=x y'#f g, http://h/a%20b/%C3%A9?q=x%20y%27#f%20g",
        "http://h/%7Eé%2f?a=%2B+%20&b=%zz, http://h/%7E%C3%A9%2f?a=%2B+%20&b=%zz",
        "http://h/a/./b/../c/%2E%2e/d/.., http://h/a/",
        "http://h/..a/.../a.., http://h/..a/.../a..",
        "http:\\\\h\\a\\b?\\, http://h/a/b?\\",
        "http:h/a, http://h/a",
        "'  http://h/  ', http://h/",
        "http://h//a//, http://h//a//",
        "http://h/?a?b#c#d?, http://h/?a?b#c#d?",
        "http://h/{|}^[`], http://h/%7B|%7D%5E[%60]"
    })
    void whatPeopleWriteIsBroughtIntoOneForm(String written, String canonical) {
        assertEquals(canonical, Url.of(written).href());
    }

    @Test
    void loneSurrogatesBecomeTheReplacementCharacter() {
        assertEquals(
                "/%EF%BF%BDx%EF%BF%BD?%F0%9F%98%80",
                Url.of("http://h/\uD83Dx\uDE00?\uD83D\uDE00").requestTarget());
    }

    @Test
    void lineBreaksCannotGetIntoTheRequestLine() {
        Url url = Url.of("http://h/a\r\nX: 1?b\r\nc\td\0#\r\n");

        assertEquals("/aX:%201?bcd%00", url.requestTarget());
        assertEquals("http://h/%0d%0a?%0D%0A", Url.of("http://h/%0d%0a?%0D%0A").href());
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/p, http://h/p?a=1+2",
        "http://h/p?, http://h/p?a=1+2",
        "http://h/p?x=%2B+y#f, http://h/p?x=%2B+y&a=1+2#f",
        "http://h/p?x&, http://h/p?x&a=1+2"
    })
    void parametersAreAppendedToTheQuery(String text, String expected) {
        assertEquals(
                expected, Url.of(text).appendQuery(QueryParams.of("a", "1 2")).href());
    }

    @Test
    void noParametersLeaveTheUrlUntouched() {
        Url url = Url.of("http://h/p?");

        assertSame(url, url.appendQuery(QueryParams.EMPTY));
    }

    @Test
    void equalUrlsHaveEqualParts() {
        Url url = Url.of("http://me:pw@h:81/p?q#f");

        assertEquals(Url.of("HTTP://me:pw@H:081/./p?q#f"), url);
        assertEquals(Url.of("HTTP://me:pw@H:081/./p?q#f").hashCode(), url.hashCode());
        for (String other : new String[] {
            "https://me:pw@h:81/p?q#f",
            "http://me@h:81/p?q#f",
            "http://me:pw@i:81/p?q#f",
            "http://me:pw@h:82/p?q#f",
            "http://me:pw@h:81/P?q#f",
            "http://me:pw@h:81/p?Q#f",
            "http://me:pw@h:81/p?q#F"
        }) {
            assertNotEquals(Url.of(other), url);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://u^:p%z@h.example:81/, http://u%5E:p%25z@h.example:81/",
        "http://h/a|b/[x]/%zz%/{}, http://h/a%7Cb/%5Bx%5D/%25zz%25/%7B%7D",
        "http://h/?q=|`^{}\\%7C, http://h/?q=%7C%60%5E%7B%7D%5C%7C",
        "http://h/#[%a|, http://h/#%5B%25a%7C",
        "http://me@[::1]/, http://me@[::1]/",
        "http://!\"$&'()*+-.;=_`{}~/, http://!%22$&'()*+-.;=_%60%7B%7D~/"
    })
    void theJdkAcceptsEveryUrl(String text, String expected) {
        URI uri = Url.of(text).toUri();

        assertEquals(expected, uri.toString());
    }
}
