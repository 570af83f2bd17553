package io.martlet.body;

import java.util.Locale;

/** Names and file names of parts as browsers send them; {@link Multipart.Builder} says how. */
final class PartName {
    private PartName() {}

    /** {@code text} in quotes; {@code what} is what a message calls it. */
    static String quoted(String what, String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("%22");
                case '\r' -> quoted.append("%0D");
                case '\n' -> quoted.append("%0A");
                default -> quoted.append(checked(what, c, i));
            }
        }
        return quoted.append('"').toString();
    }

    private static char checked(String what, char c, int index) {
        if (Character.isISOControl(c) && c != '\t') {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has a control character \\u%04x at index %d", what, (int) c, index));
        }
        return c;
    }
}
