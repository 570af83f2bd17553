package io.martlet.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** U+FEFF at the beginning of a text: it tells the encoding, and is no part of the text (RFC 3629 §6, RFC 2781 §3.2). */
final class ByteOrderMark {
    private static final char MARK = '\ufeff';

    private ByteOrderMark() {}

    /** The charset in which {@code bytes} begin with the mark; {@code otherwise} if they do not, or in UTF-8. */
    static Charset charset(byte[] bytes, Charset otherwise) {
        int start = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return switch (start) {
            case 0xfeff -> StandardCharsets.UTF_16BE;
            case 0xfffe -> StandardCharsets.UTF_16LE;
            default -> otherwise;
        };
    }

    static String cut(String text) {
        return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }
}
