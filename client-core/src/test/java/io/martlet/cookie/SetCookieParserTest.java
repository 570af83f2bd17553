package io.martlet.cookie;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.martlet.http.Url;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 6265bis §5.6 and §5.7 make of a field; what the http-state group tests is in {@link HttpStateDataTest}. */
class SetCookieParserTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Url PAGE = Url.of("https://www.example.com/a/b/c?q");

    private final SetCookieParser parser = new SetCookieParser(Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=b                                     | a=(hidden); Host=www.example.com; Path=/a/b",
                "a=b; Domain=www.example.com             | a=(hidden); Domain=www.example.com; Path=/a/b",
                "a=b; Domain=.Example.COM; Path=/        | a=(hidden); Domain=example.com; Path=/",
                "a=b; path=x                             | a=(hidden); Host=www.example.com; Path=/a/b",
                "a=b; Secure; HttpOnly; SameSite=lax     | a=(hidden); Host=www.example.com; Path=/a/b; Secure; HttpOnly; SameSite=LAX",
                "a=b; SameSite=Strict; SameSite=sideways | a=(hidden); Host=www.example.com; Path=/a/b",
                "a=b; Max-Age=60                         | a=(hidden); Host=www.example.com; Path=/a/b; Expires=2026-11-21T12:01:00Z",
                "a=b; Partitioned; Priority=High         | a=(hidden); Host=www.example.com; Path=/a/b",
            })
    void aCookieIsWhatItsFieldSays(String field, String cookie) {
        assertEquals(cookie, String.valueOf(parser.parse(PAGE, field)));
    }

    @ParameterizedTest
    @CsvSource({
        "a=b, b",
        "'a= b c ', b c",
        "'a=\"b c\"', '\"b c\"'",
        "a=b=c==, b=c==",
        "a=, ''",
        "a=%0D%0A, %0D%0A",
        "a=žluť, žluť",
        "'a=b\tc', 'b\tc'",
    })
    void aValueIsKeptAsItIsWritten(String field, String value) {
        assertEquals(value, parsed(field).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "=b", ";", "; a=b", "a;b=c", "a=b\0", "a=b\r", "a\nb=c", "a=\u007f", "a=b; Path=/\u0001"
            })
    void whatIsNoCookieIsRefused(String field) {
        assertNull(parser.parse(PAGE, field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com",
                "example.org",
                "ample.com",
                "evil.www.example.com",
                "www.example.com.",
                "..example.com",
                "127.0.0.1",
                "*.example.com",
                "example.com:443"
            })
    void aDomainThatIsNotAboveTheHostIsRefused(String domain) {
        assertNull(parser.parse(PAGE, "a=b; Domain=" + domain));
    }

    @Test
    void theKelvinSignIsNoK() {
        assertNull(parser.parse(Url.of("https://www.k.example/"), "a=b; Domain=\u212A.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.co.uk/, co.uk",
        "https://x.com/, com",
        "https://x.com./, com.",
        "https://x.github.io/, github.io",
        "https://x.github.io/, GitHub.IO",
        "https://x.localhost/, localhost",
        "https://x.xn--55qx5d.cn/, xn--55qx5d.cn",
    })
    void aPublicSuffixIsRefusedForHostsBelowIt(String url, String suffix) {
        assertNull(parser.parse(Url.of(url), "a=b; Domain=" + suffix));
    }

    @ParameterizedTest
    @CsvSource({"https://github.io/, github.io", "http://localhost:8080/, localhost", "http://127.0.0.1/, 127.0.0.1"})
    void aPublicSuffixOrAnAddressHasItsCookiesForItselfAlone(String url, String host) {
        Cookie cookie = taken(parser.parse(Url.of(url), "a=b; Domain=" + host));

        assertEquals("a=(hidden); Host=" + host + "; Path=/", cookie.toString());
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1/, 0.0.1", "http://127.0.0.1/, 1", "http://[::1]/, ::1", "http://[::1]/, 1]"})
    void noPartOfAnAddressIsItsDomain(String url, String domain) {
        assertNull(parser.parse(Url.of(url), "a=b; Domain=" + domain));
    }

    @Test
    void aSecureCookieIsRefusedOverHttp() {
        assertNull(parser.parse(Url.of("http://www.example.com/"), "a=b; Secure"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "__Secure-a=b; Secure                          | true",
                "__Secure-a=b                                  | false",
                "__secure-a=b                                  | false",
                "__Host-a=b; Secure; Path=/                    | true",
                "__Host-a=b; Secure                            | false",
                "__Host-a=b; Secure; Path=/a                   | false",
                "__Host-a=b; Path=/                            | false",
                "__Host-a=b; Secure; Path=/; Domain=example.com| false",
                "__Host-a=b; Secure; Path=/; Domain=           | true",
                "__HOST-a=b; Path=/                            | false",
                "=__Host-a=b                                   | false",
                "__Hosta=b                                     | true",
            })
    void aPrefixIsAPromiseThatMustBeKept(String field, boolean isKept) {
        assertEquals(isKept, parser.parse(PAGE, field) != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"__Secure-a=b; Secure", "__Host-a=b; Secure; Path=/"})
    void aPrefixIsRefusedOverHttp(String field) {
        assertNull(parser.parse(Url.of("http://www.example.com/"), field));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "Max-Age=0,                        1970-01-01T00:00:00Z",
                "Max-Age=-1,                       1970-01-01T00:00:00Z",
                "Max-Age=-99999999999999999999,    1970-01-01T00:00:00Z",
                "Max-Age=34560000,                 2027-12-26T12:00:00Z",
                "Max-Age=34560001,                 2027-12-26T12:00:00Z",
                "Max-Age=99999999999999999999,     2027-12-26T12:00:00Z",
                "Max-Age=1e20,                     null",
                "Max-Age=+1,                       null",
                "Max-Age=٣,                        null",
                "Max-Age=-,                        1970-01-01T00:00:00Z",
                "Max-Age=,                         null",
                "Max-Age=5; Max-Age=junk,          2026-11-21T12:00:05Z",
                "Max-Age=5; Max-Age=6,             2026-11-21T12:00:06Z",
                "'Expires=Sun, 22 Nov 2026 12:00:00 GMT', 2026-11-22T12:00:00Z",
                "'Expires=Fri, 31 Dec 9999 23:59:59 GMT', 2027-12-26T12:00:00Z",
                "'Expires=Thu, 01 Jan 1970 00:00:00 GMT', 1970-01-01T00:00:00Z",
                "Expires=tomorrow,                 null",
                "Expires=,                         null",
                "'Expires=Sun, 22 Nov 2026 12:00:00 GMT; Max-Age=5', 2026-11-21T12:00:05Z",
                "'Max-Age=5; Expires=Sun, 22 Nov 2026 12:00:00 GMT', 2026-11-21T12:00:05Z",
                "'Max-Age=x; Expires=Sun, 22 Nov 2026 12:00:00 GMT', 2026-11-22T12:00:00Z",
            })
    void aCookieLivesAsLongAsItsFieldSaysButNoLongerThan400Days(String attributes, Instant end) {
        assertEquals(end, parsed("a=b; " + attributes).expires());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT  | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994       | 1994-11-06T08:49:37Z",
                "6 nov 69 8:9:7                 | 2069-11-06T08:09:07Z",
                "29 Feb 2025 00:00:00           | null",
                "29 Feb 2024 00:00:00           | 2024-02-29T00:00:00Z",
                "01 Jan 1600 00:00:00           | null",
                "01 Jan 1601 00:00:00           | 1601-01-01T00:00:00Z",
                "01 Jan 2024 24:00:00           | null",
                "01 Jan 2024 00:60:00           | null",
                "01 Jan 2024 00:00:60           | null",
                "٠١ Jan 2024 00:00:00           | null",
                "01 Jxn 2024 00:00:00           | null",
            })
    void aDateIsReadInTheFormsThatServersUse(String text, Instant date) {
        assertEquals(date, CookieDate.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1, 4095, true", "2048, 2048, true", "1, 4096, false", "4096, 0, true", "5000, 0, false"})
    void nameAndValueHave4096BytesAtMost(int name, int value, boolean isTaken) {
        assertEquals(isTaken, parser.parse(PAGE, "n".repeat(name) + "=" + "v".repeat(value)) != null);
    }

    @Test
    void bytesAreCountedNotCharacters() {
        assertNull(parser.parse(PAGE, "a=" + "ž".repeat(2048)));
    }

    @Test
    void anAttributeOfMoreThan1024BytesIsAsIfItWereNotThere() {
        assertEquals("/a/b", parsed("a=b; Path=/" + "p".repeat(1024)).path());
        assertEquals(1024, parsed("a=b; Path=/" + "p".repeat(1023)).path().length());
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/, /",
        "https://h/a, /",
        "https://h/a/, /a",
        "https://h/a/b/c, /a/b",
        "https://h/a%2Fb/c, /a%2Fb"
    })
    void withoutPathItIsForTheFolderOfWhatWasRequested(String url, String path) {
        assertEquals(path, taken(parser.parse(Url.of(url), "a=b")).path());
    }

    @Test
    void oneThatIsRefusedDoesNotKeepTheOthersOut() {
        List<Cookie> cookies = parser.parse(PAGE, List.of("a=1", "b=\0", "", "c=2; Domain=com", "d=3"));

        assertEquals(List.of("a", "d"), cookies.stream().map(Cookie::name).toList());
    }

    @Test
    void noFieldMakesItFail() {
        Random random = new Random(4);
        String alphabet = "ab=;; ,\"\t\0\u007f.-/:0159éΩ\ud83dPathDomainMaxAgeExpires__Host-";
        for (int i = 0; i < 20_000; i++) {
            String field = random.ints(random.nextInt(40), 0, alphabet.length())
                    .mapToObj(at -> alphabet.substring(at, at + 1))
                    .reduce("a=b; ", String::concat);
            assertDoesNotThrow(() -> parser.parse(PAGE, field), field);
        }
    }

    private Cookie parsed(String field) {
        return taken(parser.parse(PAGE, field));
    }

    private static Cookie taken(Cookie cookie) {
        assertNotNull(cookie);
        return cookie;
    }
}
