package io.martlet.samples.fetch.text;

/** Numbers and columns as text, without {@code String.format}: that asks for the customs of a country, which takes long. */
public final class Decimals {
    private static final int BASE = 10;

    private Decimals() {}

    /** A number of 0 or more with so many digits behind its point, the last one rounded. */
    public static String text(double number, int digits) {
        long unit = 1;
        for (int i = 0; i < digits; i++) {
            unit *= BASE;
        }
        long rounded = Math.round(number * unit);
        if (digits == 0) {
            return Long.toString(rounded);
        }
        String fraction = Long.toString(unit + rounded % unit);
        return rounded / unit + "." + fraction.substring(1);
    }

    /** {@code text} with blanks behind it, so many characters in all, or more if it is longer. */
    public static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** {@code text} with blanks before it, so many characters in all, or more if it is longer. */
    public static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
