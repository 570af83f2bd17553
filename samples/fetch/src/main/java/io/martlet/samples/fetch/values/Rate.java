package io.martlet.samples.fetch.values;

import io.martlet.rate.RateLimit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of requests in a time: {@code 50}, {@code 0.5/s}, {@code 100/m}, {@code 1000/h}. */
public final class Rate {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(?:/([smh]))?");

    private Rate() {}

    public static RateLimit parse(String option, String text) {
        Matcher rate = FORM.matcher(text.strip());
        if (!rate.matches()) {
            throw refusal(option, text);
        }
        double seconds = "m".equals(rate.group(2)) ? 60 : "h".equals(rate.group(2)) ? 3_600 : 1;
        double perSecond = Double.parseDouble(rate.group(1)) / seconds;
        if (perSecond == 0) {
            throw refusal(option, text);
        }
        return RateLimit.perSecond(perSecond);
    }

    private static OptionException refusal(String option, String text) {
        return OptionException.of(
                option,
                "must be a number above 0, a second unless it ends in /s, /m or /h, such as 100/m, but was '" + text
                        + "'");
    }
}
