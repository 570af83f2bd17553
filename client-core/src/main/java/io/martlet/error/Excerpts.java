package io.martlet.error;

import java.util.Locale;

/** Foreign text made fit for a message: bounded, on one line, control characters visible. */
final class Excerpts {
    private Excerpts() {}

    static String quoted(String text, int maxChars) {
        return "\"" + escaped(text, maxChars) + "\"";
    }

    static String escaped(String text, int maxChars) {
        StringBuilder result = new StringBuilder(Math.min(text.length(), maxChars) + 16);
        int end = end(text, maxChars);
        for (int i = 0; i < end; i++) {
            appendEscaped(result, text.charAt(i));
        }
        if (end < text.length()) {
            result.append("… (").append(text.length()).append(" characters)");
        }
        return result.toString();
    }

    private static int end(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
    }

    private static void appendEscaped(StringBuilder result, char c) {
        switch (c) {
            case '\n' -> result.append("\\n");
            case '\r' -> result.append("\\r");
            case '\t' -> result.append("\\t");
            default -> {
                // Format characters can turn the direction of what follows; line separators break a log line.
                boolean harmless = !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && c != '\u2028'
                        && c != '\u2029';
                result.append(harmless ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
    }
}
