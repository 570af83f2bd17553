package io.martlet.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tokens, quoted strings and field values: RFC 9110 §5.5 and §5.6. */
final class Tokens {
    private static final boolean[] TOKEN_CHAR = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN_CHAR[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN_CHAR[c] = true;
            TOKEN_CHAR[c - 32] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN_CHAR[c] = true;
        }
    }

    private Tokens() {}

    static boolean isTokenChar(char c) {
        return c < 128 && TOKEN_CHAR[c];
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && tokenEnd(text, 0) == text.length();
    }

    /** The index after the token that starts at {@code from}; {@code from} itself where none starts. */
    static int tokenEnd(String text, int from) {
        int i = from;
        while (i < text.length() && isTokenChar(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** What is wrong with a field value, null if nothing is. RFC 9110 §5.5 allows no CR, LF, NUL; we allow no control but TAB. */
    static @Nullable String fieldValueFault(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return String.format(Locale.ROOT, "control character \\u%04x at index %d", (int) c, i);
            }
        }
        return null;
    }

    /** {@code value} as it is where it is a token, as a quoted string otherwise. */
    static String quoteIfNeeded(String value) {
        if (isToken(value)) {
            return value;
        }
        StringBuilder quoted = new StringBuilder(value.length() + 8).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** Text for a message: at most 80 characters, control characters visible. */
    static String printable(String text) {
        StringBuilder result = new StringBuilder("\"");
        int end = Math.min(text.length(), 80);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            result.append(c < ' ' || c >= 0x7f ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
        }
        return result.append(end < text.length() ? "…\"" : "\"").toString();
    }
}
