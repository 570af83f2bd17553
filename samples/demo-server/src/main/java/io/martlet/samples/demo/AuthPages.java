package io.martlet.samples.demo;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pages behind a login: Basic (RFC 7617), Bearer (RFC 6750) and Digest (RFC 7616). */
final class AuthPages {
    private AuthPages() {}

    static void basic(Exchange exchange) {
        answerBasic(exchange, 401);
    }

    /** The same, but who has no access does not learn that there is something. */
    static void hiddenBasic(Exchange exchange) {
        answerBasic(exchange, 404);
    }

    private static void answerBasic(Exchange exchange, int refusal) {
        String user = exchange.path().text("user");
        String expected = user + ":" + exchange.path().text("password");
        if (expected.equals(basicCredentials(exchange.header("Authorization")))) {
            welcome(exchange, user);
        } else {
            Statuses.answer(exchange, refusal);
        }
    }

    private static @Nullable String basicCredentials(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
            return new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    static void bearer(Exchange exchange) {
        String header = exchange.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            exchange.status(401).with("WWW-Authenticate", "Bearer").empty();
            return;
        }
        String token = header.substring(7).strip();
        exchange.json(new JsonObject().put("authenticated", true).put("token", token));
    }

    /**
     * As httpbin, it keeps what it has to remember between requests in cookies: how many answers a nonce is still good
     * for ({@code stale_after}) and which nonce has been refused ({@code last_nonce}).
     */
    static void digest(Exchange exchange) {
        Parameters path = exchange.path();
        String user = path.text("user");
        String staleAfter = path.text("stale_after", "never");
        DigestCheck check = new DigestCheck(path.text("qop"), path.text("algorithm", "MD5"));
        Map<String, String> cookies = CookiePages.cookiesOf(exchange);
        boolean needsCookies = Set.of("1", "t", "true")
                .contains(exchange.query().text("require-cookie", "").toLowerCase(Locale.ROOT));
        HeaderValue credentials = HeaderValue.parse(exchange.header("Authorization"));

        if (!credentials.is("digest") || needsCookies && cookies.isEmpty()) {
            challenge(exchange, check, false, staleAfter, null);
            return;
        }
        if (needsCookies && !"fake_value".equals(cookies.get("fake"))) {
            CookiePages.set(exchange, "fake", "fake_value");
            exchange.status(403).json(new JsonObject().put("error", "the cookie of the challenge is missing"));
            return;
        }
        String nonce = credentials.parameters().getOrDefault("nonce", "");
        boolean isStale = nonce.equals(cookies.get("last_nonce")) || "0".equals(cookies.get("stale_after"));
        if (isStale || !check.accepts(exchange, credentials, user, path.text("password"))) {
            challenge(exchange, check, isStale, staleAfter, nonce);
            return;
        }
        CookiePages.set(exchange, "fake", "fake_value");
        String answersLeft = cookies.get("stale_after");
        if (answersLeft != null) {
            CookiePages.set(exchange, "stale_after", oneLess(answersLeft));
        }
        welcome(exchange, user);
    }

    private static void challenge(
            Exchange exchange, DigestCheck check, boolean isStale, String staleAfter, @Nullable String refusedNonce) {
        CookiePages.set(exchange, "stale_after", staleAfter);
        if (refusedNonce != null) {
            CookiePages.set(exchange, "last_nonce", refusedNonce);
        }
        CookiePages.set(exchange, "fake", "fake_value");
        exchange.status(401).with("WWW-Authenticate", check.challenge(isStale)).empty();
    }

    private static String oneLess(String count) {
        try {
            return String.valueOf(Integer.parseInt(count) - 1);
        } catch (NumberFormatException e) {
            return "never";
        }
    }

    private static void welcome(Exchange exchange, String user) {
        exchange.json(new JsonObject().put("authenticated", true).put("user", user));
    }
}
