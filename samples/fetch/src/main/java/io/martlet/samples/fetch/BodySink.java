package io.martlet.samples.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where a body goes: counted, digested and forgotten. Used by one thread at a time. */
class BodySink extends OutputStream {
    private final MessageDigest digest = newSha256();
    private long bytes;

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        digest.update(source, offset, length);
        bytes += length;
    }

    /** The body is at its end, or will never be. Called once. */
    void finish(boolean isWhole) throws IOException {}

    /** How many bytes came. */
    long bytes() {
        return bytes;
    }

    /** The SHA-256 digest of what came, in hexadecimal. To be asked for once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
