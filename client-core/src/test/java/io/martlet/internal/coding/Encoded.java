package io.martlet.internal.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Content as servers encode it. */
public final class Encoded {
    private interface Wrapping {
        OutputStream over(OutputStream out) throws IOException;
    }

    private Encoded() {}

    /** {@code content} in the coding of that name. */
    public static byte[] as(String coding, byte[] content) {
        return switch (coding) {
            case "gzip" -> through(GZIPOutputStream::new, content);
            case "deflate" -> through(DeflaterOutputStream::new, content);
            case "raw" -> through(out -> new DeflaterOutputStream(out, new Deflater(9, true)), content);
            case "zstd" -> Zstd.compress(content);
            case "br" -> brotli(content);
            default -> throw new IllegalArgumentException(coding);
        };
    }

    /** {@code content} in one coding after the other. */
    public static byte[] inAll(byte[] content, String... codings) {
        byte[] encoded = content;
        for (String coding : codings) {
            encoded = as(coding, encoded);
        }
        return encoded;
    }

    /** One behind the other. */
    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] brotli(byte[] content) {
        Brotli4jLoader.ensureAvailability();
        try {
            return Encoder.compress(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] through(Wrapping wrapping, byte[] content) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = wrapping.over(encoded)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }
}
