package io.martlet.samples.fetch.values;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 123}, {@code 500K}, {@code 10M}, {@code 2G}, in powers of 1024. */
public final class ByteCount {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([KMG]?)", Pattern.CASE_INSENSITIVE);

    private ByteCount() {}

    public static long parse(String option, String text) {
        Matcher count = FORM.matcher(text.strip());
        if (!count.matches()) {
            throw OptionException.of(option, "must be bytes, such as 5000, 500K, 10M or 2G, but was '" + text + "'");
        }
        long number = Long.parseLong(count.group(1));
        return switch (count.group(2)) {
            case "k", "K" -> number << 10;
            case "m", "M" -> number << 20;
            case "g", "G" -> number << 30;
            default -> number;
        };
    }
}
