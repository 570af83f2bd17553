package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class AuthPagesTest {
    private static final JsonObject WELCOME =
            new JsonObject().put("authenticated", true).put("user", "ada");

    @ParameterizedTest
    @ValueSource(strings = {"basic-auth/ada/secret", "hidden-basic-auth/ada/secret"})
    void basicCredentialsOpenThePage(String path, DemoClient client) {
        assertEquals(WELCOME, client.json(path, "Authorization", basic("ada:secret")));
    }

    @Test
    void basicCredentialsMayHoldColonsSlashesAndUmlauts(DemoClient client) {
        String path = "basic-auth/ada/a%2Fb:%C3%BC+";
        assertEquals(WELCOME, client.json(path, "Authorization", basic("ada:a/b:ü+")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !", "Bearer x", "Basic YWRhOndyb25n"})
    void wrongBasicCredentialsAreChallenged(String header, DemoClient client) {
        HttpResponse<String> answer = client.get("basic-auth/ada/secret", "Authorization", header);
        assertEquals(401, answer.statusCode());
        assertEquals(
                "Basic realm=\"Fake Realm\"",
                answer.headers().firstValue("WWW-Authenticate").orElse(""));
    }

    @Test
    void theHiddenPageIsNotFoundWithoutCredentials(DemoClient client) {
        assertEquals(404, client.status("hidden-basic-auth/ada/secret"));
    }

    @Test
    void aBearerTokenIsShown(DemoClient client) {
        assertEquals(
                new JsonObject().put("authenticated", true).put("token", "t0ken"),
                client.json("bearer", "Authorization", "Bearer t0ken"));
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Basic x", "Accept, */*"})
    void whoHasNoBearerTokenIsAskedForOne(String name, String value, DemoClient client) {
        HttpResponse<String> answer = client.get("bearer", name, value);
        assertEquals(401, answer.statusCode());
        assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").orElse(""));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            auth,     MD5,         MD5
            auth,     SHA-256,     SHA-256
            auth,     SHA-512,     SHA-512
            auth,     SHA-512-256, SHA-512/256
            auth-int, MD5,         MD5
            auth-int, SHA-256,     SHA-256
            none,     MD5,         MD5
            none,     SHA-256,     SHA-256
            """)
    void aRightDigestOpensThePage(String qop, String algorithm, String javaName, DemoClient client) {
        String path = "digest-auth/" + qop + "/ada/secret/" + algorithm + "?a=1,2";
        DigestLogin login = DigestLogin.challenged(client.send("POST", path, "body"), javaName);
        String answer = login.answer("POST", "/" + path, "body", "ada", "secret");
        assertEquals(WELCOME, client.sendForJson("POST", path, "body", "Authorization", answer));
    }

    @Test
    void anUnknownQopOffersBoth(DemoClient client) {
        DigestLogin login = DigestLogin.challenged(client.get("digest-auth/any/ada/secret"), "MD5");
        assertEquals("auth, auth-int", login.parameter("qop"));
        assertEquals("MD5", login.parameter("algorithm"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ada,  wrong,  /digest-auth/auth/ada/secret, body
            bob,  secret, /digest-auth/auth/ada/secret, body
            ada,  secret, /other,                       body
            """)
    void aWrongDigestIsChallengedAgain(String user, String password, String uri, String body, DemoClient client) {
        String path = "digest-auth/auth/ada/secret";
        DigestLogin login = DigestLogin.challenged(client.get(path), "MD5");
        HttpResponse<String> answer = client.get(path, "Authorization", login.answer("GET", uri, body, user, password));
        assertEquals(401, answer.statusCode());
        assertEquals("false", DigestLogin.challenged(answer, "MD5").parameter("stale"));
    }

    @Test
    void aDigestOfAnotherBodyIsRefused(DemoClient client) {
        String path = "digest-auth/auth-int/ada/secret";
        DigestLogin login = DigestLogin.challenged(client.send("POST", path, "body"), "MD5");
        String answer = login.answer("POST", "/" + path, "body", "ada", "secret");
        assertEquals(
                401, client.send("POST", path, "other", "Authorization", answer).statusCode());
    }

    @Test
    void aDigestIsStaleAfterAsManyAnswersAsAsked(DemoClient client) {
        String path = "digest-auth/auth/ada/secret/MD5/1";
        HttpResponse<String> challenge = client.get(path);
        assertTrue(challenge.headers().allValues("Set-Cookie").contains("stale_after=1; Path=/"));
        String answer = DigestLogin.challenged(challenge, "MD5").answer("GET", "/" + path, "", "ada", "secret");

        HttpResponse<String> first = client.get(path, "Authorization", answer, "Cookie", "stale_after=1");
        assertEquals(200, first.statusCode());
        assertTrue(first.headers().allValues("Set-Cookie").contains("stale_after=0; Path=/"));

        HttpResponse<String> second = client.get(path, "Authorization", answer, "Cookie", "stale_after=0");
        assertEquals(401, second.statusCode());
        assertEquals("true", DigestLogin.challenged(second, "MD5").parameter("stale"));
    }

    @Test
    void aPageThatRequiresCookiesRefusesWhoDropsThem(DemoClient client) {
        String path = "digest-auth/auth/ada/secret?require-cookie=1";
        DigestLogin login = DigestLogin.challenged(client.get(path), "MD5");
        String answer = login.answer("GET", "/" + path, "", "ada", "secret");
        assertEquals(401, client.status(path, "Authorization", answer));
        assertEquals(403, client.status(path, "Authorization", answer, "Cookie", "other=1"));
        assertEquals(200, client.status(path, "Authorization", answer, "Cookie", "fake=fake_value"));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
