package io.martlet.samples.demo;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The client's half of RFC 7616, written apart from the server's. */
final class DigestLogin {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,]*))");
    private static final String NONCE_COUNT = "00000001";
    private static final String CLIENT_NONCE = "c0ffee";

    private final Map<String, String> challenge = new HashMap<>();
    private final String javaName;

    private DigestLogin(String header, String javaName) {
        this.javaName = javaName;
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            challenge.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
    }

    static DigestLogin challenged(HttpResponse<String> response, String javaName) {
        return new DigestLogin(response.headers().firstValue("WWW-Authenticate").orElseThrow(), javaName);
    }

    @Nullable
    String parameter(String name) {
        return challenge.get(name);
    }

    /** An Authorization header with the first qop that is offered. */
    String answer(String method, String uri, String body, String user, String password) {
        String realm = challenge.get("realm");
        String nonce = challenge.get("nonce");
        String qop = challenge.containsKey("qop") ? challenge.get("qop").split(",")[0] : null;
        String a1 = hash(user + ":" + realm + ":" + password);
        String a2 = hash("auth-int".equals(qop) ? method + ":" + uri + ":" + hash(body) : method + ":" + uri);
        String middle = qop == null ? nonce : String.join(":", nonce, NONCE_COUNT, CLIENT_NONCE, qop);
        String response = hash(a1 + ":" + middle + ":" + a2);
        String counted = qop == null ? "" : ", qop=%s, nc=%s, cnonce=\"%s\"".formatted(qop, NONCE_COUNT, CLIENT_NONCE);
        return "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", algorithm=%s, response=\"%s\"%s"
                .formatted(user, realm, nonce, uri, challenge.get("algorithm"), response, counted);
    }

    private String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance(javaName).digest(text.getBytes(StandardCharsets.UTF_8));
            return String.format("%0" + digest.length * 2 + "x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
