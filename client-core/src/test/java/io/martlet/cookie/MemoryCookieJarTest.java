package io.martlet.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.http.Url;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryCookieJarTest {
    private final MutableClock clock = new MutableClock();
    private final MemoryCookieJar jar = MemoryCookieJar.builder().clock(clock).build();

    private static void store(CookieJar jar, String url, String... fields) {
        jar.store(Url.of(url), List.of(fields));
    }

    private static String sent(CookieJar jar, String url) {
        return jar.cookiesFor(Url.of(url)).stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    @Test
    void anEmptyJarSendsNothing() {
        assertEquals("", sent(jar, "http://h.example/"));
        assertEquals("MemoryCookieJar(0 cookies, 0 domains)", jar.toString());
    }

    @Test
    void aCookieOfTheSameNameDomainAndPathTakesThePlaceAndTheAgeOfTheOld() {
        store(jar, "http://h.example/", "a=1", "b=2");
        clock.advance(Duration.ofSeconds(1));
        store(jar, "http://h.example/", "a=3");

        assertEquals("a=3; b=2", sent(jar, "http://h.example/"));
    }

    @Test
    void cookiesOfOneNameStandBesideEachOtherOnDifferentPathsAndDomains() {
        store(jar, "http://www.h.example/a/b", "n=host", "n=root; Path=/", "n=domain; Domain=h.example; Path=/a/b");

        assertEquals("n=domain; n=host; n=root", sent(jar, "http://www.h.example/a/b"));
        assertEquals("MemoryCookieJar(3 cookies, 2 domains)", jar.toString());
    }

    @Test
    void longerPathsGoFirstAndOlderCookiesBeforeNewer() {
        store(jar, "http://h.example/a/b", "b=1; Path=/", "a=2; Path=/", "d=3; Path=/a", "c=4; Path=/a/b");

        assertEquals("c=4; d=3; b=1; a=2", sent(jar, "http://h.example/a/b"));
    }

    @Test
    void aCookieEndsWhenItsTimeHasCome() {
        store(jar, "http://h.example/", "a=1; Max-Age=10", "b=2");

        clock.advance(Duration.ofSeconds(10));

        assertEquals("b=2", sent(jar, "http://h.example/"));
        assertEquals("[b=(hidden); Host=h.example; Path=/]", jar.cookies().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=; Max-Age=0", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"})
    void oneThatHasExpiredRemovesTheOld(String field) {
        store(jar, "http://h.example/", "a=1");

        store(jar, "http://h.example/", field);

        assertEquals("MemoryCookieJar(0 cookies, 0 domains)", jar.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.h.example/login, a=later,                             a=good; a=later",
        "https://www.h.example/login, a=evil; Path=/login,                 a=good",
        "https://www.h.example/login, a=evil; Path=/login/x,               a=good",
        "https://www.h.example/login, a=evil; Domain=h.example; Path=/login, a=good",
        "https://www.h.example/login, a=; Path=/login; Max-Age=0,          a=good",
        "https://www.h.example/login, a=other; Path=/,                     a=good; a=other",
        "https://www.h.example/login, b=other; Path=/login,                a=good; b=other",
    })
    void nothingSetOverHttpStandsInFrontOfASecureCookie(String url, String field, String expected) {
        store(jar, url, "a=good; Secure; Path=/login");

        store(jar, "http://www.h.example/login", field);

        assertEquals(expected, sent(jar, "https://www.h.example/login"));
    }

    @Test
    void aSecureCookieIsReplacedOverHttps() {
        store(jar, "https://h.example/", "a=1; Secure");

        store(jar, "https://h.example/", "a=2");

        assertEquals("a=2", sent(jar, "http://h.example/"));
    }

    @Test
    void aSecureCookieIsNotSentOverHttp() {
        store(jar, "https://h.example/", "a=1; Secure", "b=2");

        assertEquals("b=2", sent(jar, "http://h.example/"));
        assertEquals("a=1; b=2", sent(jar, "https://h.example:8443/"));
    }

    @Test
    void aTrustedOriginHasSecureCookiesOverHttp() {
        CookieJar trusting = MemoryCookieJar.builder()
                .trustedOrigin("http://localhost:8080/any")
                .build();
        store(trusting, "http://localhost:8080/", "a=1; Secure");

        assertEquals("a=1", sent(trusting, "http://localhost:8080/x"));
        assertEquals("", sent(trusting, "http://localhost:8081/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1:8080/"})
    void addressesHaveNoCookiesUnlessAsked(String url) {
        CookieJar open = MemoryCookieJar.builder().ipHosts(true).build();
        store(jar, url, "a=1");
        store(open, url, "a=1");

        assertEquals(", a=1", sent(jar, url) + ", " + sent(open, url));
    }

    @Test
    void anAddressHasItsCookiesForItselfAlone() {
        CookieJar open = MemoryCookieJar.builder().ipHosts(true).build();
        store(open, "http://127.0.0.1/", "a=1; Domain=127.0.0.1", "b=2; Domain=0.0.1");

        assertEquals("a=1", sent(open, "http://127.0.0.1/"));
        assertEquals("", sent(open, "http://127.0.0.2/"));
    }

    @Test
    void withOneTooManyForADomainTheLeastUsedThatIsNotSecureGoes() {
        MemoryCookieJar small =
                MemoryCookieJar.builder().clock(clock).maxPerDomain(3).build();
        store(small, "https://h.example/", "secure=1; Secure", "unused=2; Path=/y", "used=3; Path=/x");
        clock.advance(Duration.ofSeconds(1));
        small.cookiesFor(Url.of("http://h.example/x"));

        store(small, "https://h.example/", "new=4");

        assertEquals(
                "[secure, used, new]",
                small.cookies().stream().map(Cookie::name).toList().toString());
    }

    @Test
    void withOneTooManyInAllTheLeastUsedGoes() {
        MemoryCookieJar small =
                MemoryCookieJar.builder().clock(clock).maxCookies(2).build();
        store(small, "https://a.example/", "a=1");
        clock.advance(Duration.ofSeconds(1));
        store(small, "https://b.example/", "b=1");
        clock.advance(Duration.ofSeconds(1));
        small.cookiesFor(Url.of("https://a.example/"));
        clock.advance(Duration.ofSeconds(1));

        store(small, "https://c.example/", "c=1");

        assertEquals("MemoryCookieJar(2 cookies, 2 domains)", small.toString());
        assertEquals("a=1", sent(small, "https://a.example/"));
        assertEquals("", sent(small, "https://b.example/"));
    }

    @Test
    void whatHasExpiredGoesBeforeAnythingElse() {
        MemoryCookieJar small =
                MemoryCookieJar.builder().clock(clock).maxCookies(2).build();
        store(small, "https://a.example/", "a=1");
        store(small, "https://b.example/", "b=1; Max-Age=1");
        clock.advance(Duration.ofSeconds(5));

        store(small, "https://c.example/", "c=1");

        assertEquals(
                "[a, c]", small.cookies().stream().map(Cookie::name).toList().toString());
    }

    @Test
    void manyHostsStayWithinTheCap() {
        IntStream.range(0, 10_000).forEach(i -> store(jar, "http://h" + i + ".example/", "a=1", "b=2"));

        assertTrue(jar.size() > 2600 && jar.size() <= 3000, jar::toString);
        assertEquals("a=1; b=2", sent(jar, "http://h9999.example/"));
    }

    @Test
    void oneResponseSetsAtMost50() {
        List<String> fields = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> fields.add("n" + i + "=v"));

        jar.store(Url.of("http://h.example/"), fields);

        assertEquals(50, jar.size());
    }

    @Test
    void oneRequestSendsAtMost150() {
        MemoryCookieJar big = MemoryCookieJar.builder().maxPerDomain(200).build();
        IntStream.range(0, 200).forEach(i -> store(big, "http://h.example/", "n" + i + "=v"));

        assertEquals(150, big.cookiesFor(Url.of("http://h.example/")).size());
    }

    @Test
    void oneRequestSendsAtMost8190Bytes() {
        store(jar, "http://h.example/", "a=" + "x".repeat(4000), "b=" + "x".repeat(4000), "c=" + "x".repeat(4000));

        assertEquals(2, jar.cookiesFor(Url.of("http://h.example/")).size());
    }

    @Test
    void cookiesCanBePutInByHand() {
        jar.add(Cookie.builder(Url.of("https://h.example/"), "a", "1").build());
        jar.add(Cookie.builder(Url.of("https://h.example/"), "b", "2")
                .domain("h.example")
                .build());

        assertEquals("a=1; b=2", sent(jar, "http://h.example/"));
        assertEquals("b=2", sent(jar, "http://www.h.example/"));
    }

    @Test
    void noneForAPublicSuffixIsPutIn() {
        Cookie cookie = Cookie.builder(Url.of("https://h.co.uk/"), "a", "s3cret")
                .domain("co.uk")
                .build();

        Exception e = assertThrows(IllegalArgumentException.class, () -> jar.add(cookie));
        jar.replaceAll(List.of(cookie));

        assertEquals(
                "cookie a=(hidden); Domain=co.uk; Path=/ is for a public suffix: it would go to hosts of strangers",
                e.getMessage());
        assertEquals(0, jar.size());
    }

    @Test
    void replacingAllLeavesWhatHasExpiredOut() {
        store(jar, "http://h.example/", "old=1");
        Cookie.Builder cookie = Cookie.builder(Url.of("http://h.example/"), "new", "2");
        Cookie expired = Cookie.builder(Url.of("http://h.example/"), "gone", "3")
                .expires(clock.instant())
                .build();

        jar.replaceAll(List.of(cookie.build(), expired));

        assertEquals("new=2", sent(jar, "http://h.example/"));
    }

    @Test
    void aDomainIsClearedWithTheHostsBelowIt() {
        store(jar, "http://h.example/", "a=1");
        store(jar, "http://www.h.example/", "b=1");
        store(jar, "http://oh.example/", "c=1");

        jar.clearDomain("h.example");

        assertEquals("[c]", jar.cookies().stream().map(Cookie::name).toList().toString());
    }

    @Test
    void whatIsPickedIsRemoved() {
        store(jar, "http://h.example/", "a=1", "b=2");

        jar.removeIf(cookie -> cookie.name().equals("a"));
        assertEquals("b=2", sent(jar, "http://h.example/"));

        jar.clear();
        assertEquals("MemoryCookieJar(0 cookies, 0 domains)", jar.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aCapThatIsNotPositiveIsRefused(int most) {
        MemoryCookieJar.Builder builder = MemoryCookieJar.builder();

        Exception domain = assertThrows(IllegalArgumentException.class, () -> builder.maxPerDomain(most));
        Exception all = assertThrows(IllegalArgumentException.class, () -> builder.maxCookies(most));

        assertEquals("maxPerDomain must be positive, and is " + most, domain.getMessage());
        assertEquals("maxCookies must be positive, and is " + most, all.getMessage());
    }

    @Test
    void theJarThatKeepsNothingSendsNothing() {
        store(CookieJar.NONE, "http://h.example/", "a=1");

        assertEquals("", sent(CookieJar.NONE, "http://h.example/"));
    }
}
