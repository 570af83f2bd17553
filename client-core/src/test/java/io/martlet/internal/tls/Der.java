package io.martlet.internal.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Writes DER (X.690), as far as a certificate needs it. */
public final class Der {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    /** A value of that tag, of the parts one after the other. */
    public static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Stream.of(parts).forEach(content::writeBytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** SEQUENCE. */
    public static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    /** SEQUENCE. */
    public static byte[] sequence(List<byte[]> parts) {
        return sequence(parts.toArray(new byte[0][]));
    }

    /** INTEGER. */
    public static byte[] integer(BigInteger value) {
        return tagged(2, value.toByteArray());
    }

    /** BIT STRING of whole bytes. */
    public static byte[] bits(byte[] content) {
        return tagged(3, new byte[1], content);
    }

    /** OCTET STRING. */
    public static byte[] octets(byte[] content) {
        return tagged(4, content);
    }

    /** BOOLEAN. */
    public static byte[] bool(boolean value) {
        return tagged(1, new byte[] {(byte) (value ? 0xFF : 0)});
    }

    /** An object identifier in its dotted form. */
    public static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >> shift != 0) {
                    out.write(arc >> shift & 0x7F | 0x80);
                }
            }
            out.write(arc & 0x7F);
        }
        return tagged(6, out.toByteArray());
    }

    /** GeneralizedTime. */
    public static byte[] time(Instant time) {
        return tagged(24, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** A distinguished name of one common name. */
    public static byte[] commonName(String name) {
        byte[] utf8 = tagged(12, name.getBytes(StandardCharsets.UTF_8));
        return sequence(tagged(0x31, sequence(oid("2.5.4.3"), utf8)));
    }
}
