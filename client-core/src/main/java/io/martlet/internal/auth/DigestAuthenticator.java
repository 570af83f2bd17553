package io.martlet.internal.auth;

import io.martlet.auth.Digest;
import io.martlet.internal.auth.DigestChallenge.Qop;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers one challenge, any number of times (RFC 7616 §3.4): the authentication session of one nonce. It has one client
 * nonce, so that the key of {@code -sess} is the same whether a server keeps it or calculates it anew. Thread-safe.
 *
 * <p>Text is UTF-8 in normal form C, which is what {@code charset=UTF-8} asks for and the only charset it can name.
 */
public final class DigestAuthenticator {
    private static final String ATTR_CHARS = "!#$&+-.^_`|~";

    private final DigestChallenge challenge;
    private final DigestAlgorithm algorithm;
    private final String user;
    private final String cnonce;
    private final String key;
    private final AtomicInteger count = new AtomicInteger();

    /** Answers {@code challenge} for {@code credentials}; {@code cnonce} is nobody else's. */
    public DigestAuthenticator(Digest credentials, DigestChallenge challenge, String cnonce) {
        this.challenge = challenge;
        this.algorithm = challenge.algorithm();
        this.cnonce = cnonce;
        user = normalized(credentials.user());
        String secret = algorithm.hash(user + ":" + challenge.realm() + ":" + normalized(credentials.password()));
        key = algorithm.isSession() ? algorithm.hash(secret + ":" + challenge.nonce() + ":" + cnonce) : secret;
    }

    private static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** What is answered. */
    public DigestChallenge challenge() {
        return challenge;
    }

    /** Whether {@link #authorization} needs the hash of the body. */
    public boolean needsBodyHash() {
        return challenge.qop() == Qop.AUTH_INT;
    }

    /**
     * The value of {@code Authorization} for the next request.
     *
     * @param target   what the request line says
     * @param bodyHash by the algorithm of the challenge; empty unless {@link #needsBodyHash}
     */
    public String authorization(String method, String target, String bodyHash) {
        String a2 = method + ":" + target + (needsBodyHash() ? ":" + bodyHash : "");
        String nc = String.format(Locale.ROOT, "%08x", count.incrementAndGet());
        StringBuilder header = new StringBuilder("Digest ");
        appendUser(header);
        header.append(", realm=").append(quoted(challenge.realm()));
        header.append(", nonce=").append(quoted(challenge.nonce()));
        header.append(", uri=").append(quoted(target));
        header.append(", response=\"").append(response(nc, algorithm.hash(a2))).append('"');
        if (challenge.algorithmName() != null) {
            header.append(", algorithm=").append(challenge.algorithmName());
        }
        if (challenge.qop() != null) {
            header.append(", qop=").append(challenge.qop()).append(", nc=").append(nc);
            header.append(", cnonce=").append(quoted(cnonce));
        }
        if (challenge.opaque() != null) {
            header.append(", opaque=").append(quoted(challenge.opaque()));
        }
        return header.append(challenge.wantsUserHash() ? ", userhash=true" : "").toString();
    }

    /** RFC 7616 §3.4.1; without qop as RFC 2069 §2.1.2. */
    private String response(String nc, String hashOfA2) {
        Qop qop = challenge.qop();
        String counted = qop == null ? "" : nc + ":" + cnonce + ":" + qop + ":";
        return algorithm.hash(key + ":" + challenge.nonce() + ":" + counted + hashOfA2);
    }

    private void appendUser(StringBuilder header) {
        if (challenge.wantsUserHash()) {
            header.append("username=\"")
                    .append(algorithm.hash(user + ":" + challenge.realm()))
                    .append('"');
        } else if (user.chars().allMatch(c -> c < 0x80)) {
            header.append("username=").append(quoted(user));
        } else {
            header.append("username*=UTF-8''").append(percentEncoded(user));
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** RFC 8187 §3.2.1. */
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = b > 0 && (Character.isLetterOrDigit(b) || ATTR_CHARS.indexOf(b) >= 0);
            encoded.append(isPlain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return encoded.toString();
    }
}
