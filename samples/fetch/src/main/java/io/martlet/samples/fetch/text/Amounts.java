package io.martlet.samples.fetch.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them at a glance: {@code 1.2 MB}, {@code 98/s}, {@code 1:02:03}. */
public final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final long MAX_HOURS = 99;

    private Amounts() {}

    /** Bytes in powers of 1000, two digits or three. */
    public static String bytes(double bytes) {
        int unit = 0;
        double value = Math.max(0, bytes);
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return (unit == 0 ? String.format(Locale.ROOT, "%.0f", value) : number(value)) + " " + UNITS[unit];
    }

    /** So many a second, or a minute or an hour where that are few. */
    public static String rate(double perSecond) {
        if (perSecond >= 0.095 || perSecond <= 0) {
            return number(perSecond) + "/s";
        }
        double perMinute = perSecond * 60;
        return perMinute >= 0.095 ? number(perMinute) + "/m" : number(perMinute * 60) + "/h";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 9.95 && value > 0 ? "%.1f" : "%.0f", value);
    }

    /** {@code 0:38}, {@code 12:05}, {@code 1:02:03}. */
    public static String time(Duration time) {
        if (time.toHours() > MAX_HOURS) {
            return ">" + MAX_HOURS + " h";
        }
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
