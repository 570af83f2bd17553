package io.martlet.samples.fetch.text;

import java.util.Locale;

/** Text from elsewhere, as it may be shown. */
public final class Printable {
    private static final String ELLIPSIS = "...";

    private Printable() {}

    /** Both ends of a URL tell more than its middle. */
    public static String cutInTheMiddle(String url, int maxChars) {
        if (url.length() <= maxChars) {
            return url;
        }
        int kept = maxChars - ELLIPSIS.length();
        return url.substring(0, (kept + 1) / 2) + ELLIPSIS + url.substring(url.length() - kept / 2);
    }

    /** Text from elsewhere on one line, unable to command a terminal. */
    public static String of(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean harmless = switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> false;
                default -> true;
            };
            if (harmless) {
                result.appendCodePoint(c);
            } else {
                result.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return result.toString();
    }
}
