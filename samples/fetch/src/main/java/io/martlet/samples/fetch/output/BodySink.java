package io.martlet.samples.fetch.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a body goes: counted, digested if anybody asks, and forgotten. Used by one thread at a time. */
public class BodySink extends OutputStream {
    private final @Nullable MessageDigest digest;
    private long bytes;

    /** A sink, with a digest or without. */
    public BodySink(boolean isDigested) {
        this.digest = isDigested ? newSha256() : null;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (digest != null) {
            digest.update(source, offset, length);
        }
        bytes += length;
    }

    /** The body is at its end, or will never be. Called once. */
    public void finish(boolean isWhole) throws IOException {}

    /** How many bytes came. */
    public long bytes() {
        return bytes;
    }

    /** The SHA-256 digest of what came, in hexadecimal; null if there is none. To be asked for once, at the end. */
    @Nullable
    public String sha256() {
        return digest == null ? null : hex(digest.digest());
    }

    /** The SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
    public static String digest(String text) {
        return hex(newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bytes in hexadecimal. */
    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
