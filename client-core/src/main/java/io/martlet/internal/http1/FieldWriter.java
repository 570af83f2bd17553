package io.martlet.internal.http1;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes the parts of a request's head, each checked while it is written. */
final class FieldWriter {
    private FieldWriter() {}

    /** Writes {@code name: value} and the line end. */
    static void field(ByteSink out, String name, String value) {
        token(out, "header name", name);
        out.put(':');
        out.put(' ');
        value(out, name, value);
        out.put('\r');
        out.put('\n');
    }

    /** RFC 9110 §5.6.2. */
    static void token(ByteSink out, String what, String text) {
        int length = text.length();
        byte[] bytes = out.ensureRoom(length);
        int at = out.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!Octets.isToken(c)) {
                throw new IllegalArgumentException(
                        what + " " + Http1Fault.excerpt(text) + " is not a token (RFC 9110 §5.6.2)");
            }
            bytes[at + i] = (byte) c;
        }
        if (length == 0) {
            throw new IllegalArgumentException(what + " is empty");
        }
        out.advanceTo(at + length);
    }

    /** RFC 9112 §3.2: visible ASCII. A fragment is never sent. */
    static void target(ByteSink out, String text) {
        int length = text.length();
        byte[] bytes = out.ensureRoom(length);
        int at = out.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "request target has the character \\u%04x at index %d", (int) c, i));
            }
            bytes[at + i] = (byte) c;
        }
        if (length == 0) {
            throw new IllegalArgumentException("request target is empty");
        }
        out.advanceTo(at + length);
    }

    /** RFC 9110 §5.5: no control character but TAB. What is beyond ASCII goes out as UTF-8. */
    static void value(ByteSink out, String name, String text) {
        int length = text.length();
        byte[] bytes = out.ensureRoom(length);
        int at = out.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                out.advanceTo(at + i);
                utf8(out, name, text, i);
                return;
            }
            if (!Octets.isFieldText(c)) {
                throw badCharacter(name, c, i);
            }
            bytes[at + i] = (byte) c;
        }
        out.advanceTo(at + length);
    }

    /** Decimal digits of a number that is not negative. */
    static void number(ByteSink out, long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        byte[] bytes = out.ensureRoom(digits);
        int end = out.length() + digits;
        long rest = number;
        for (int at = end - 1; at >= out.length(); at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        out.advanceTo(end);
    }

    private static void utf8(ByteSink out, String name, String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (isPair) {
                i++;
            } else if (Character.isSurrogate(c) || !Octets.isFieldText(c)) {
                throw badCharacter(name, c, i);
            }
        }
        out.put(text.substring(from).getBytes(StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException badCharacter(String name, char c, int index) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "value of header %s has the character \\u%04x at index %d (RFC 9110 §5.5)",
                name,
                (int) c,
                index));
    }
}
