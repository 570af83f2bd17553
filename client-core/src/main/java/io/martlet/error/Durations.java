package io.martlet.error;

import java.time.Duration;

/** Durations as a person writes them: {@code 250 ms}, {@code 2 s}, {@code 1.5 s}. */
final class Durations {
    private Durations() {}

    static String print(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        long tenths = duration.toMillis() / 100;
        return (tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10) + " s";
    }
}
