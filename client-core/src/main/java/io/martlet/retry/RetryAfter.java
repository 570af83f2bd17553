package io.martlet.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}, in seconds or as a date (RFC 9110 §10.2.3). */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** A number with more digits than this is longer than anybody waits. */
    private static final int MOST_DIGITS = 12;

    /** RFC 9110 §5.6.7: the one form that is sent, days of one digit too (RFC 5322), and two that are old. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.US),
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));

    private RetryAfter() {}

    /**
     * {@return how long after {@code now} to come back: zero for a date that is past; null if {@code value} is neither
     * form} Not bounded: whoever obeys it has to.
     *
     * @param value the value of the field: whole seconds, or a date
     * @param now   what a date is compared to
     */
    public static @Nullable Duration parse(String value, Instant now) {
        if (SECONDS.matcher(value).matches()) {
            String digits = value.replaceFirst("^0+(?=.)", "");
            long seconds = digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
            return Duration.ofSeconds(seconds);
        }
        Instant date = date(value);
        if (date == null) {
            return null;
        }
        return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    }

    private static @Nullable Instant date(String value) {
        for (DateTimeFormatter form : DATES) {
            try {
                return LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException other) {
                // perhaps it has the next form
            }
        }
        return null;
    }
}
