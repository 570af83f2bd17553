package io.martlet.samples.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as HTTP writes it (RFC 9110 §5.6.7), formatted once a second. Safe from any thread. */
final class HttpDates {
    // Not RFC_1123_DATE_TIME, which writes days of one digit.
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static volatile Second latest = new Second(0, "");

    private HttpDates() {}

    static String now() {
        Second second = latest;
        long epochSecond = System.currentTimeMillis() / 1_000;
        if (second.epochSecond != epochSecond) {
            second = new Second(epochSecond, IMF_FIXDATE.format(Instant.ofEpochSecond(epochSecond)));
            latest = second;
        }
        return second.text;
    }

    private record Second(long epochSecond, String text) {}
}
