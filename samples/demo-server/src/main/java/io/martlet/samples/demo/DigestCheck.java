package io.martlet.samples.demo;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server's half of RFC 7616: makes challenges and computes what a response to one has to be. */
final class DigestCheck {
    private static final String REALM = "Martlet demo";
    private static final SecureRandom RANDOM = new SecureRandom();

    // SHA-512 is not in the RFC but in httpbin.
    private static final Map<String, String> JAVA_NAMES =
            Map.of("MD5", "MD5", "SHA-256", "SHA-256", "SHA-512", "SHA-512", "SHA-512-256", "SHA-512/256");

    private final String algorithm;
    private final String javaName;
    private final List<String> offeredQops;

    /**
     * @param qop {@code auth} or {@code auth-int} offers just that, {@code none} neither as in the days before RFC 2617,
     *     and anything else both
     * @param algorithm an unknown one means MD5
     */
    DigestCheck(String qop, String algorithm) {
        this.algorithm = JAVA_NAMES.containsKey(algorithm) ? algorithm : "MD5";
        this.javaName = JAVA_NAMES.getOrDefault(algorithm, "MD5");
        this.offeredQops = switch (qop) {
            case "auth", "auth-int" -> List.of(qop);
            case "none" -> List.of();
            default -> List.of("auth", "auth-int");
        };
    }

    String challenge(boolean isStale) {
        String qop = offeredQops.isEmpty() ? "" : "qop=\"" + String.join(", ", offeredQops) + "\", ";
        return "Digest realm=\"" + REALM + "\", nonce=\"" + randomHex() + "\", " + qop + "opaque=\"" + randomHex()
                + "\", algorithm=" + algorithm + ", stale=" + isStale;
    }

    boolean accepts(Exchange exchange, HeaderValue credentials, String user, String password) {
        String uri = credentials.parameters().getOrDefault("uri", "");
        String qop = credentials.parameter("qop");
        boolean isForThis = user.equals(credentials.parameter("username"))
                && REALM.equals(credentials.parameter("realm"))
                && isTarget(uri, exchange)
                && algorithm.equalsIgnoreCase(credentials.parameters().getOrDefault("algorithm", "MD5"))
                // RFC 7616 §3.4: a response without qop answers a challenge of RFC 2069.
                && (qop == null || offeredQops.contains(qop));
        if (!isForThis) {
            return false;
        }
        String ha1 = hash(user + ":" + REALM + ":" + password);
        String ha2 = hash(exchange.method() + ":" + uri + bodyHash(exchange, qop));
        return response(credentials, qop, ha1, ha2).equals(credentials.parameter("response"));
    }

    /** RFC 7616 §3.4.6: the whole URL and the path alone may stand for each other. */
    private static boolean isTarget(String uri, Exchange exchange) {
        HttpServerRequest request = exchange.request();
        String query = request.query();
        return uri.equals(request.uri()) || uri.equals(query == null ? request.path() : request.path() + "?" + query);
    }

    private String bodyHash(Exchange exchange, @Nullable String qop) {
        return "auth-int".equals(qop) ? ":" + hash(exchange.body().getBytes()) : "";
    }

    private String response(HeaderValue credentials, @Nullable String qop, String ha1, String ha2) {
        String nonce = credentials.parameter("nonce");
        if (qop == null) {
            return hash(ha1 + ":" + nonce + ":" + ha2);
        }
        String counted = nonce + ":" + credentials.parameter("nc") + ":" + credentials.parameter("cnonce");
        return hash(ha1 + ":" + counted + ":" + qop + ":" + ha2);
    }

    private String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(javaName).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + javaName, e);
        }
    }

    private static String randomHex() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
