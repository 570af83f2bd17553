package io.martlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.Phase;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionConfigTest {
    private static final Headers SESSION_HEADERS = Headers.of(
            "authorization", "Bearer b", "X-Trace", "1", "Cookie", "c=1", "Proxy-Authorization", "p", "Cookie", "d=2");

    @ParameterizedTest
    @CsvSource({
        "https://api.example/v1/, posts,                    https://api.example/v1/posts",
        "https://api.example/v1/, posts/1?a=b,              https://api.example/v1/posts/1?a=b",
        "https://api.example/v1/, /posts,                   https://api.example/posts",
        "https://api.example/v1/, ?page=2,                  https://api.example/v1/?page=2",
        "https://api.example/v1/, '',                       https://api.example/v1/",
        "https://api.example/v1/, .,                        https://api.example/v1/",
        "https://api.example/v1/, ../v2/posts,              https://api.example/v2/posts",
        "https://api.example/v1/, //other.example/posts,    https://other.example/posts",
        "https://api.example/v1/, http://other.example/,    http://other.example/",
        "https://api.example/v1/, ' posts ',                https://api.example/v1/posts",
        "https://api.example,     posts,                    https://api.example/posts",
        "https://api.example/?k,  posts,                    https://api.example/posts",
    })
    void aUrlIsResolvedAgainstTheBaseUrl(String base, String url, String expected) throws InvalidUrlException {
        assertEquals(
                expected,
                session(base).newRequest(Method.GET, url).build().url().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:pw@h/v1,        https://h/v1",
        "https://me:pw@h/v1/x?k=v,  https://h/v1/x?***",
    })
    void aBaseUrlWhoseLastSegmentWouldBeDroppedIsRefused(String base, String printed) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> session(base));

        assertEquals(
                "baseUrl " + printed + " must end in \"/\": its last segment would be dropped from each URL",
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "posts,                    posts",
        "/posts,                   /posts",
        "?page=2,                  ?***",
        "'',                       ''",
        "//h.example/x,            //h.example/x",
        "posts?token=secret,       posts?***",
        "//me:secret@h.example/x,  //***@h.example/x",
        "posts#secret,             posts#***",
    })
    void aRelativeUrlWithoutBaseUrlIsRefusedWithoutItsSecrets(String url, String printed) {
        InvalidUrlException e =
                assertThrows(InvalidUrlException.class, () -> SessionConfig.DEFAULT.newRequest(Method.GET, url));

        assertEquals("Invalid URL \"" + printed + "\": it is relative, and the session has no baseUrl", e.getMessage());
        assertEquals("it is relative, and the session has no baseUrl", e.reason());
        assertEquals(Phase.REQUEST, e.phase());
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://h/x,            ftp: only http and https URLs can be requested",
        "localhost:8080/x,     localhost: only http and https URLs can be requested",
        "http://,              it has no host",
    })
    void anAbsoluteUrlThatCannotBeRequestedIsRefusedWithItsOwnReason(String url, String reason) {
        InvalidUrlException e =
                assertThrows(InvalidUrlException.class, () -> SessionConfig.DEFAULT.newRequest(Method.GET, url));

        assertEquals(reason, e.reason());
    }

    @Test
    void anAbsoluteUrlNeedsNoBaseUrl() throws InvalidUrlException {
        ClientRequest request =
                SessionConfig.DEFAULT.newRequest(Method.HEAD, " http://h/x ").build();

        assertEquals("HEAD http://h/x", request.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"posts", "https://API.example:443/other", "//api.example/x"})
    void credentialsGoToTheOriginOfTheBaseUrl(String url) throws InvalidUrlException {
        ClientRequest request = api().newRequest(Method.GET, url).build();

        assertEquals("Bearer b", request.headers().get("Authorization"));
        assertEquals("[c=1, d=2]", request.headers().getAll("Cookie").toString());
        assertEquals("p", request.headers().get("Proxy-Authorization"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example/",
                "https://api.example:444/",
                "https://other.example/",
                "//other.example/",
                "https://sub.api.example/",
                "https://api.example.evil/"
            })
    void credentialsGoToNoOtherOrigin(String url) throws InvalidUrlException {
        ClientRequest request = api().newRequest(Method.GET, url).build();

        assertEquals(
                "{X-Trace: 1, Accept: */*, User-Agent: martlet/0.1}",
                request.headers().toString());
    }

    @Test
    void aUrlThatIsParsedAlreadyIsHeldToTheSameOrigin() {
        ClientRequest request =
                api().newRequest(Method.GET, Url.of("https://other.example/")).build();

        assertEquals(
                "{X-Trace: 1, Accept: */*, User-Agent: martlet/0.1}",
                request.headers().toString());
    }

    @Test
    void withoutBaseUrlCredentialsGoEverywhere() throws InvalidUrlException {
        SessionConfig session =
                new SessionConfig(null, SESSION_HEADERS, RequestOptions.DEFAULT, ConnectorConfig.DEFAULT);

        assertEquals(
                "Bearer b",
                session.newRequest(Method.GET, "https://h/").build().headers().get("Authorization"));
    }

    @ParameterizedTest
    @CsvSource({
        "posts, Basic bWU6cHc=",
        "//other.example/,",
    })
    void theUserOfTheBaseUrlIsAskedForAtItsHostOnly(String url, String authorization) throws InvalidUrlException {
        ClientRequest request = session("https://me:pw@api.example/")
                .newRequest(Method.GET, url)
                .build();

        assertEquals(authorization, request.headers().get("Authorization"));
    }

    @Test
    void aRequestStartsWithTheOptionsOfTheSession() throws InvalidUrlException {
        RequestOptions options =
                RequestOptions.DEFAULT.toBuilder().maxRedirects(3).build();
        SessionConfig session = new SessionConfig(null, Headers.EMPTY, options, ConnectorConfig.DEFAULT);

        assertEquals(
                options, session.newRequest(Method.GET, "http://h/").build().options());
    }

    @Test
    void cookiesFollowWhatTheCookieHeaderSays() {
        SessionConfig session = api().withCookies(Map.of("e", "3"));

        assertEquals(List.of("c=1; d=2; e=3"), session.headers().getAll("Cookie"));
        assertSame(session, session.withCookies(Map.of()));
        assertThrows(IllegalArgumentException.class, () -> session.withCookies(Map.of("e", "3;")));
    }

    @Test
    void theConfigPrintsNoCredentials() {
        SessionConfig session = new SessionConfig(
                Url.of("https://me:secret@h/"),
                Headers.of("Authorization", "Bearer secret"),
                RequestOptions.DEFAULT,
                ConnectorConfig.DEFAULT);

        assertEquals(-1, session.toString().indexOf("secret"), session::toString);
    }

    private static SessionConfig api() {
        return new SessionConfig(
                Url.of("https://api.example/v1/"), SESSION_HEADERS, RequestOptions.DEFAULT, ConnectorConfig.DEFAULT);
    }

    private static SessionConfig session(String base) {
        return new SessionConfig(Url.of(base), Headers.EMPTY, RequestOptions.DEFAULT, ConnectorConfig.DEFAULT);
    }

    @Test
    void printsNoSecret() {
        SessionConfig config = new SessionConfig(
                Url.of("http://me:pass@localhost/v1/?token=s3cret"),
                Headers.of("Authorization", "Bearer s3cret"),
                RequestOptions.DEFAULT,
                ConnectorConfig.DEFAULT);
        String printed = config.toString();
        assertTrue(printed.startsWith(
                "SessionConfig[baseUrl=http://localhost/v1/?***, headers={Authorization: (hidden)}"));
        assertFalse(printed.contains("s3cret") || printed.contains("pass"), printed);
    }
}
