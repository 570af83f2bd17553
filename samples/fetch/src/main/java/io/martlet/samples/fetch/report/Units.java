package io.martlet.samples.fetch.report;

import java.util.Locale;

/** Figures as people read them. */
final class Units {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long MINUTES_PER_HOUR = 60;
    private static final double KIB = 1024;

    private Units() {}

    /** A duration with three digits or so: {@code 0.42 ms}, {@code 31.0 ms}, {@code 1.25 s}, {@code 2 min 5 s}. */
    static String time(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        if (nanos == 0) {
            return "0 ms";
        }
        if (millis < 9.995) {
            return format("%.2f ms", millis);
        }
        if (millis < 99.95) {
            return format("%.1f ms", millis);
        }
        if (millis < 999.5) {
            return format("%.0f ms", millis);
        }
        double seconds = nanos / NANOS_PER_SECOND;
        if (seconds < 9.995) {
            return format("%.2f s", seconds);
        }
        return seconds < 59.95 ? format("%.1f s", seconds) : longTime(Math.round(seconds));
    }

    private static String longTime(long seconds) {
        long minutes = seconds / SECONDS_PER_MINUTE;
        if (minutes < MINUTES_PER_HOUR) {
            return minutes + " min " + seconds % SECONDS_PER_MINUTE + " s";
        }
        return minutes / MINUTES_PER_HOUR + " h " + minutes % MINUTES_PER_HOUR + " min";
    }

    /** A round duration, such as an edge, with no digits that say nothing: {@code 0.1 ms}, {@code 250 ms}, {@code 2 s}. */
    static String roundTime(long nanos) {
        if (nanos >= SECONDS_PER_MINUTE * NANOS_PER_SECOND && nanos % NANOS_PER_SECOND == 0) {
            return time(nanos).replace(" 0 s", "");
        }
        return nanos < NANOS_PER_SECOND
                ? plain(nanos / NANOS_PER_MILLI) + " ms"
                : plain(nanos / NANOS_PER_SECOND) + " s";
    }

    /** A number of bytes: {@code 512 B}, {@code 1.5 KiB}. */
    static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= KIB && unit < 3) {
            amount /= KIB;
            unit++;
        }
        return format(amount < 99.95 ? "%.1f " : "%.0f ", amount) + "KMGT".charAt(unit) + "iB";
    }

    /** A number of things: {@code 10,000}. */
    static String count(long count) {
        return format("%,d", count);
    }

    /** A number in a second: {@code 1,234/s}, {@code 0.5/s}. */
    static String perSecond(double rate) {
        return rate < 10 ? plain(Math.round(rate * 10) / 10.0) + "/s" : format("%,.0f/s", rate);
    }

    /** A part of the whole, from 0 to 1: {@code 12 %}. */
    static String percent(double share) {
        return share > 0 && share < 0.01 ? "< 1 %" : format("%.0f %%", 100 * share);
    }

    /** A number without zeros behind its point. */
    static String plain(double number) {
        String text = format("%.4f", number);
        return text.replaceAll("\\.?0+$", "");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
