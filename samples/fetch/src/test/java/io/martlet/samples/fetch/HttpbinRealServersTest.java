package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.async.AsyncSession;
import io.martlet.auth.Authentication;
import io.martlet.auth.Basic;
import io.martlet.auth.Digest;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.http.ClientResponse;
import io.martlet.samples.demo.HttpbinProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, redirects and codings of httpbin, which nobody here wrote. Skipped where it is not installed; CI installs it. */
class HttpbinRealServersTest {
    private static @Nullable HttpbinProcess httpbin;
    private static String url = "";

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(HttpbinProcess.isInstalled(), "httpbin is not installed: apt-get install python3-httpbin");
        HttpbinProcess started = HttpbinProcess.start();
        httpbin = started;
        url = started.baseUrl();
    }

    @AfterAll
    static void stop() {
        if (httpbin != null) {
            httpbin.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "auth/MD5", "auth/SHA-256", "auth-int"})
    void aDigestLoginIsAccepted(String kind) throws Exception {
        String qop = kind.split("/")[0];
        String path = "digest-auth/" + qop + "/alice/secret" + kind.substring(qop.length());
        try (AsyncSession session = session(new Digest("alice", "secret"))) {
            for (int i = 0; i < 3; i++) {
                ClientResponse welcome = session.get(path).get();
                assertEquals(200, welcome.status(), path);
                assertEquals("alice", welcome.jsonTree().get("user").asText());
            }
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        try (AsyncSession digest = session(new Digest("alice", "wrong"));
                AsyncSession basic = session(new Basic("alice", "wrong"))) {
            assertEquals(401, digest.get("digest-auth/auth/alice/secret").get().status());
            assertEquals(401, basic.get("basic-auth/alice/secret").get().status());
        }
    }

    @Test
    void aBasicLoginIsAccepted() throws Exception {
        try (AsyncSession session = session(new Basic("alice", "secret"))) {
            assertEquals(200, session.get("basic-auth/alice/secret").get().status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aCodedAnswerIsDecoded(String path) throws Exception {
        try (AsyncSession session = session(null)) {
            String flag = path.equals("gzip") ? "gzipped" : "deflated";
            assertEquals("true", session.get(path).get().jsonTree().get(flag).toString());
        }
    }

    @Test
    void redirectsAreFollowedWithTheCookiesThatTheySet() throws Exception {
        try (AsyncSession session = session(null)) {
            assertEquals(5, session.get("redirect/5").get().history().size());
            ClientResponse shown = session.get("cookies/set?theme=dark").get();
            assertEquals("{\"theme\":\"dark\"}", shown.jsonTree().get("cookies").toString());
        }
    }

    private static AsyncSession session(@Nullable Authentication who) {
        return AsyncSession.builder()
                .baseUrl(url)
                .auth(who)
                .cookieJar(MemoryCookieJar.builder().ipHosts(true).build())
                .build();
    }
}
