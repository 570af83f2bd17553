package io.martlet.internal.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hashes of RFC 7616 §6.1, from the weakest to the strongest. */
public enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    MD5_SESS("MD5-sess", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_256_SESS("SHA-256-sess", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256"),
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256");

    private final String label;
    private final String hash;

    DigestAlgorithm(String label, String hash) {
        this.label = label;
        this.hash = hash;
    }

    /** The one of that name; null if there is none. */
    public static @Nullable DigestAlgorithm named(String name) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.label.equalsIgnoreCase(name)) {
                return algorithm;
            }
        }
        return null;
    }

    boolean isSession() {
        return label.endsWith("-sess");
    }

    /** The hash of {@code text} in UTF-8, in hexadecimal. */
    public String hash(String text) {
        return hex(newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The hash itself, to be fed piece by piece. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no " + hash, e);
        }
    }

    /** Bytes as they are written in a digest. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
