package io.martlet.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.body.RequestBody;
import io.martlet.config.ClientTimeout;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.ClientException.PayloadException;
import io.martlet.error.Phase;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import io.martlet.http.Method;
import io.martlet.http.Url;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectRulesTest {
    private static final RequestBody BODY = RequestBody.bytes(new byte[] {1, 2, 3}, MediaType.JSON);

    /** RFC 9110 §15.4: what is asked, how it is answered, what is asked then. */
    @ParameterizedTest
    @CsvSource({
        "GET,    301, GET,    false",
        "GET,    302, GET,    false",
        "GET,    303, GET,    false",
        "GET,    307, GET,    false",
        "GET,    308, GET,    false",
        "HEAD,   301, HEAD,   false",
        "HEAD,   302, HEAD,   false",
        "HEAD,   303, HEAD,   false",
        "HEAD,   307, HEAD,   false",
        "HEAD,   308, HEAD,   false",
        "POST,   301, GET,    false",
        "POST,   302, GET,    false",
        "POST,   303, GET,    false",
        "POST,   307, POST,   true",
        "POST,   308, POST,   true",
        "PUT,    301, PUT,    true",
        "PUT,    302, PUT,    true",
        "PUT,    303, GET,    false",
        "PUT,    307, PUT,    true",
        "PUT,    308, PUT,    true",
        "DELETE, 301, DELETE, true",
        "DELETE, 302, DELETE, true",
        "DELETE, 303, GET,    false",
        "DELETE, 307, DELETE, true",
        "PATCH,  302, PATCH,  true",
        "PATCH,  303, GET,    false",
        "QUERY,  301, QUERY,  true",
        "QUERY,  302, QUERY,  true",
        "QUERY,  303, GET,    false",
        "QUERY,  307, QUERY,  true",
    })
    void methodAndBodyAreWhatTheRfcWants(Method method, int status, Method nextMethod, boolean nextHasBody)
            throws ClientException {
        boolean hasBody = !method.equals(Method.GET) && !method.equals(Method.HEAD);
        ClientRequest.Builder builder = ClientRequest.builder(method, Url.of("http://h/a"));
        ClientRequest request = hasBody ? builder.body(BODY).build() : builder.build();

        ClientRequest next = RedirectRules.follow(request, status, "/b");

        assertEquals(nextMethod, next.method());
        assertSame(nextHasBody ? BODY : RequestBody.EMPTY, next.body());
        assertEquals(nextHasBody ? "application/json" : null, next.headers().get("Content-Type"));
    }

    @Test
    void whatDescribesTheBodyGoesWithIt() throws ClientException {
        ClientRequest.Builder request =
                ClientRequest.builder(Method.POST, Url.of("http://h/a")).body(BODY);
        request.headers()
                .set("Content-Encoding", "gzip")
                .set("Content-Language", "de")
                .set("Content-Location", "/x")
                .set("Content-Length", "3")
                .set("X-Trace", "1");

        assertEquals(
                "{X-Trace: 1, Accept: */*, User-Agent: martlet/0.1}",
                RedirectRules.follow(request.build(), 303, "/b").headers().toString());
        assertEquals(
                "{Content-Encoding: gzip, Content-Language: de, Content-Location: /x, Content-Length: 3, X-Trace: 1,"
                        + " Accept: */*, User-Agent: martlet/0.1, Content-Type: application/json}",
                RedirectRules.follow(request.build(), 307, "/b").headers().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/a/b,      c,                   http://h/a/c",
        "http://h/a/b,      /c,                  http://h/c",
        "http://h/a/b?q,    c,                   http://h/a/c",
        "http://h/a/b,      ?q,                  http://h/a/b?q",
        "http://h/a/b,      //other/c,           http://other/c",
        "http://h/a/b,      https://other/c,     https://other/c",
        "http://h/a/b#f,    c,                   http://h/a/c#f",
        "http://h/a/b#f,    c#g,                 http://h/a/c#g",
        "http://h/a/b#f,    https://other/c,     https://other/c#f",
        "http://h/a/b#f,    c#,                  http://h/a/c#",
        "http://h/a,        /\u00fc b,           http://h/%C3%BC%20b",
    })
    void theTargetIsResolvedAndInheritsTheFragment(String url, String location, String expected)
            throws ClientException {
        ClientRequest request = ClientRequest.builder(Method.GET, Url.of(url)).build();

        assertEquals(
                Url.of(expected), RedirectRules.follow(request, 302, location).url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/b", "b", "http://h/b", "http://h:80/b", "//H/b"})
    void credentialsAreSentAgainToTheSameOrigin(String location) throws ClientException {
        assertEquals("Bearer b|[c=1, d=2]|p", credentials(RedirectRules.follow(withCredentials(), 302, location)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h/b",
                "http://h:8080/b",
                "http://other/b",
                "//other/b",
                "http://h.other/b",
                "http://h./b",
                "http:/\\other/b"
            })
    void credentialsAreNotSentToAnotherOrigin(String location) throws ClientException {
        assertEquals("null|[]|null", credentials(RedirectRules.follow(withCredentials(), 302, location)));
    }

    @ParameterizedTest
    @CsvSource({
        // "me:pw" as coreutils' base64 writes it.
        "http://me:pw@h/b,      'Basic bWU6cHc=|[c=1, d=2]|p'",
        "http://me:pw@other/b,  Basic bWU6cHc=|[]|null",
    })
    void theUserOfTheTargetTakesTheOldCredentialsPlace(String location, String expected) throws ClientException {
        assertEquals(expected, credentials(RedirectRules.follow(withCredentials(), 302, location)));
    }

    @Test
    void theUserOfTheFirstUrlIsSentAgainToTheSameOriginOnly() throws ClientException {
        ClientRequest request =
                ClientRequest.builder(Method.GET, Url.of("http://me:pw@h/a")).build();

        assertEquals("Basic bWU6cHc=|[]|null", credentials(RedirectRules.follow(request, 302, "/b")));
        assertEquals("null|[]|null", credentials(RedirectRules.follow(request, 302, "http://other/b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/b", "http://other/b"})
    void theHostHeaderOfTheCallerIsForTheFirstHopOnly(String location) throws ClientException {
        ClientRequest.Builder request = ClientRequest.builder(Method.GET, Url.of("http://h/a"));
        request.headers().set("Host", "virtual");

        assertNull(
                RedirectRules.follow(request.build(), 307, location).headers().get("Host"));
    }

    @Test
    void optionsAndOtherHeadersAndTheAttemptAreKept() throws ClientException {
        ClientRequest.Builder builder = ClientRequest.builder(Method.GET, Url.of("http://h/a"))
                .timeout(ClientTimeout.NONE)
                .attempt(2);
        builder.headers().set("X-Trace", "1");
        ClientRequest request = builder.build();

        ClientRequest next = RedirectRules.follow(request, 302, "http://other/b");

        assertEquals(request.options(), next.options());
        assertEquals(request.headers(), next.headers());
        assertEquals(2, next.attempt());
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://h/x,                              ftp://h/x,          ftp: only http and https URLs can be requested",
        "javascript:alert(1),                    javascript:alert(1), javascript: only http and https URLs can be requested",
        "http://,                                http://,            it has no host",
        "ftp://secret:secret@h/x?k=secret#secret, ftp://***@h/x?***, ftp: only http and https URLs can be requested",
        "http://secret@h:x/,                     http://***@h:x/,    the port is not a number",
    })
    void aTargetThatCannotBeRequestedIsNamedWithoutItsSecrets(String location, String printed, String reason) {
        ClientRequest request =
                ClientRequest.builder(Method.GET, Url.of("http://h/a?k=secret")).build();

        InvalidUrlException e =
                assertThrows(InvalidUrlException.class, () -> RedirectRules.follow(request, 302, location));

        assertEquals(
                "GET http://h/a?*** redirects to \"" + printed + "\", which cannot be followed: " + reason,
                e.getMessage());
        assertEquals(Phase.RESPONSE, e.phase());
        assertSame(request, e.request());
    }

    @ParameterizedTest
    @CsvSource({"301, POST", "302, POST", "303, POST", "303, PUT"})
    void aBodyThatCanBeSentOnlyOnceIsNoMatterWhereItIsDropped(int status, Method method) throws ClientException {
        assertSame(
                RequestBody.EMPTY,
                RedirectRules.follow(withOneShotBody(method), status, "/b").body());
    }

    @ParameterizedTest
    @CsvSource({"307, POST", "308, POST", "301, PUT", "302, PATCH"})
    void aBodyThatCanBeSentOnlyOnceIsNotSentAgain(int status, Method method) {
        ClientRequest request = withOneShotBody(method);

        PayloadException e = assertThrows(PayloadException.class, () -> RedirectRules.follow(request, status, "/b"));

        assertEquals(
                method + " http://h/a: the redirect wants the body again, and it can be sent only once",
                e.getMessage());
        assertSame(request, e.request());
    }

    private static ClientRequest withOneShotBody(Method method) {
        RequestBody once = RequestBody.source(-1, MediaType.OCTET_STREAM, () -> {
            throw new AssertionError("nothing is sent here");
        });
        return ClientRequest.builder(method, Url.of("http://h/a")).body(once).build();
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/a, /b,        false",
        "https://h/a, http://h/, true",
        "https://h/a, //h/b,     false",
        "http://h/a,  http://o/, false",
        "http://h/a,  https://h, false",
    })
    void onlyLeavingHttpsIsADowngrade(String url, String location, boolean isRefused) throws ClientException {
        ClientRequest.Builder builder = ClientRequest.builder(Method.GET, Url.of(url));
        builder.options().followDowngrades(false);
        ClientRequest request = builder.build();

        assertEquals(isRefused, failsToFollow(request, location));
    }

    private static boolean failsToFollow(ClientRequest request, String location) throws ClientException {
        try {
            return RedirectRules.follow(request, 302, location) == null;
        } catch (InvalidUrlException refused) {
            return true;
        }
    }

    @Test
    void aDowngradeThatIsNotFollowedIsNamedWithoutItsSecrets() {
        ClientRequest.Builder request = ClientRequest.builder(Method.GET, Url.of("https://h/a"));
        request.options().followDowngrades(false);

        InvalidUrlException e = assertThrows(
                InvalidUrlException.class,
                () -> RedirectRules.follow(request.build(), 302, "http://me:secret@h/b?k=secret#secret"));

        assertEquals(
                "GET https://h/a redirects to \"http://h/b?***\", which cannot be followed:"
                        + " it is not https (followDowngrades = false)",
                e.getMessage());
    }

    @Test
    void aDowngradeIsFollowedWithoutCredentialsByDefault() throws ClientException {
        ClientRequest secure =
                withCredentials().toBuilder().url(Url.of("https://h/a")).build();

        ClientRequest next = RedirectRules.follow(secure, 302, "http://h/b");

        assertEquals("null|[]|null", credentials(next));
        assertEquals(Url.of("http://h/b"), next.url());
    }

    @Test
    void credentialsThatWereDroppedDoNotComeBack() throws ClientException {
        ClientRequest elsewhere = RedirectRules.follow(withCredentials(), 307, "http://other/b");

        assertEquals("null|[]|null", credentials(RedirectRules.follow(elsewhere, 307, "http://h/a")));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectGoesWhereItsLocationSays(int status) {
        assertEquals("/b", RedirectRules.location(status, Headers.of("location", "/b", "Location", "/c")));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 300, 304, 305, 306, 309, 400})
    void otherResponsesGoNowhereWhateverTheirLocation(int status) {
        assertNull(RedirectRules.location(status, Headers.of("Location", "/b")));
    }

    @Test
    void aRedirectWithoutLocationIsAResponseLikeOthers() {
        assertNull(RedirectRules.location(302, Headers.EMPTY));
        assertNull(RedirectRules.location(302, Headers.of("Location", "")));
    }

    private static ClientRequest withCredentials() {
        ClientRequest.Builder request = ClientRequest.builder(Method.GET, Url.of("http://h/a"));
        request.headers()
                .set("authorization", "Bearer b")
                .add("Cookie", "c=1")
                .add("cookie", "d=2")
                .set("Proxy-Authorization", "p");
        return request.build();
    }

    private static String credentials(ClientRequest request) {
        Headers headers = request.headers();
        return headers.get("Authorization") + "|" + headers.getAll("Cookie") + "|" + headers.get("Proxy-Authorization");
    }
}
