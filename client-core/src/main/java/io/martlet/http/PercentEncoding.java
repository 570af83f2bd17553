package io.martlet.http;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding with one of the URL standard's encode sets (https://url.spec.whatwg.org/#percent-encoded-bytes).
 *
 * <p>Text is encoded as UTF-8, a lone surrogate as U+FFFD. Whatever set is used, the result is visible ASCII.
 */
final class PercentEncoding {
    static final PercentEncoding FRAGMENT = new PercentEncoding(" \"<>`");
    /** The "special-query" set: that of http and https. */
    static final PercentEncoding QUERY = new PercentEncoding(" \"#<>'");

    static final PercentEncoding PATH = new PercentEncoding(" \"#<>?^`{}");
    static final PercentEncoding USERINFO = new PercentEncoding(" \"#<>?^`{}/:;=@[\\]|");
    /**
     * Names and values of a query, as yarl quotes them, plus the apostrophe, which the query set above would encode
     * later. The space is not in the set: {@link QueryParams} writes it as a plus.
     */
    static final PercentEncoding QUERY_PART = new PercentEncoding("\"#%&'+;<=>[\\]^`{|}");

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final char REPLACEMENT = '\uFFFD';

    private final boolean[] kept = new boolean[0x80];

    private PercentEncoding(String encoded) {
        for (char c = ' '; c < 0x7F; c++) {
            kept[c] = encoded.indexOf(c) < 0;
        }
    }

    String encode(String text) {
        return encode(text, 0, text.length());
    }

    String encode(String text, int start, int end) {
        if (keeps(text, start, end)) {
            return text.substring(start, end);
        }
        StringBuilder out = new StringBuilder(end - start + 16);
        encode(text, start, end, out);
        return out.toString();
    }

    /** Whether the text needs no encoding at all. */
    boolean keeps(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!keeps(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    void encode(String text, int start, int end, StringBuilder out) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (keeps(c)) {
                out.append(c);
            } else if (c < 0x80) {
                appendByte(c, out);
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                appendUtf8(Character.toCodePoint(c, text.charAt(++i)), out);
            } else {
                appendUtf8(Character.isSurrogate(c) ? REPLACEMENT : c, out);
            }
        }
    }

    private boolean keeps(char c) {
        return c < 0x80 && kept[c];
    }

    private static void appendUtf8(int codePoint, StringBuilder out) {
        if (codePoint < 0x800) {
            appendByte(0xC0 | codePoint >> 6, out);
        } else {
            if (codePoint < 0x10000) {
                appendByte(0xE0 | codePoint >> 12, out);
            } else {
                appendByte(0xF0 | codePoint >> 18, out);
                appendByte(0x80 | codePoint >> 12 & 0x3F, out);
            }
            appendByte(0x80 | codePoint >> 6 & 0x3F, out);
        }
        appendByte(0x80 | codePoint & 0x3F, out);
    }

    static void appendByte(int octet, StringBuilder out) {
        out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xF]);
    }

    /** Whether a percent sign at this place starts a valid escape. */
    static boolean isEscape(String text, int index) {
        return index + 2 < text.length()
                && Character.digit(text.charAt(index + 1), 16) >= 0
                && Character.digit(text.charAt(index + 2), 16) >= 0;
    }

    /** Decodes every valid escape; a malformed one stays as it is, bytes that are not UTF-8 become U+FFFD. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < utf8.length; i++) {
            int high = utf8[i] == '%' && i + 2 < utf8.length ? hex(utf8[i + 1]) : -1;
            int low = high < 0 ? -1 : hex(utf8[i + 2]);
            if (low < 0) {
                utf8[length++] = utf8[i];
            } else {
                utf8[length++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return new String(utf8, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(byte octet) {
        return octet < 0 ? -1 : Character.digit(octet, 16);
    }
}
