package io.martlet.internal.http1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The classes of bytes in RFC 9110 §5.5 and §5.6, and text from bytes. */
final class Octets {
    static final byte CR = '\r';
    static final byte LF = '\n';

    /** Bits of {@link #fieldClass}; 0 is a byte of ASCII that a value may hold. */
    static final int HIGH = 1;

    static final int CONTROL = 2;

    private static final boolean[] TOKEN = new boolean[256];
    private static final byte[] FIELD = new byte[256];

    static {
        for (int i = 0; i < 128; i++) {
            boolean letterOrDigit = i >= '0' && i <= '9' || i >= 'A' && i <= 'Z' || i >= 'a' && i <= 'z';
            TOKEN[i] = letterOrDigit || "!#$%&'*+-.^_`|~".indexOf(i) >= 0;
        }
        for (int i = 0; i < 256; i++) {
            boolean control = i < ' ' && i != '\t' || i == 0x7f;
            FIELD[i] = (byte) (control ? CONTROL : i >= 0x80 ? HIGH : 0);
        }
    }

    private Octets() {}

    /** Whether a token may hold the character (RFC 9110 §5.6.2). */
    static boolean isToken(char c) {
        return c < 128 && TOKEN[c];
    }

    /** The index after the token that starts at {@code from}; {@code from} itself where none starts. */
    static int tokenEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && TOKEN[bytes[i] & 0xff]) {
            i++;
        }
        return i;
    }

    /** The bits of all bytes of a value together. RFC 9110 §5.5 forbids CR, LF and NUL; we allow no control but TAB. */
    static int fieldClass(byte[] bytes, int from, int to) {
        int bits = 0;
        for (int i = from; i < to; i++) {
            bits |= FIELD[bytes[i] & 0xff];
        }
        return bits;
    }

    /** Whether a value may hold the character; above ASCII it may be anything. */
    static boolean isFieldText(char c) {
        return c >= 0x80 || FIELD[c] == 0;
    }

    static byte firstControl(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to - 1 && FIELD[bytes[i] & 0xff] != CONTROL) {
            i++;
        }
        return bytes[i];
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** The index of the first byte from {@code from} that is no blank (OWS and BWS, RFC 9110 §5.6.3). */
    static int skipBlanks(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && isBlank(bytes[i])) {
            i++;
        }
        return i;
    }

    /**
     * Text from bytes: UTF-8 where they are UTF-8, otherwise ISO-8859-1, which RFC 9110 §5.5 names as the historical
     * one. Neither makes a control character of ASCII out of other bytes.
     *
     * @param fieldClass what {@link #fieldClass(byte[], int, int)} said of these bytes
     */
    static String text(byte[] bytes, int from, int to, int fieldClass) {
        if ((fieldClass & HIGH) != 0) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, from, to - from))
                        .toString();
            } catch (CharacterCodingException notUtf8) {
                // ISO-8859-1 then.
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
