package io.martlet.cookie;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates as servers write them, in any order and with anything around: RFC 6265bis §5.1.1. */
final class CookieDate {
    private static final Pattern DELIMITERS = Pattern.compile("[\\t\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[^0-9].*)?");
    private static final Pattern DAY = Pattern.compile("([0-9]{1,2})(?:[^0-9].*)?");
    private static final Pattern YEAR = Pattern.compile("([0-9]{2,4})(?:[^0-9].*)?");
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private @Nullable Matcher time;
    private int day = -1;
    private int month = -1;
    private int year = -1;

    private CookieDate() {}

    /** The date that {@code text} means, always in UTC; null if it means none. */
    static @Nullable Instant parse(String text) {
        CookieDate date = new CookieDate();
        for (String token : DELIMITERS.split(text)) {
            date.take(token);
        }
        return date.instant();
    }

    /** Each token is the first of time, day, month and year that it can be and that is not yet found. */
    private void take(String token) {
        if (time == null && TIME.matcher(token).matches()) {
            time = matched(TIME, token);
        } else if (day < 0 && DAY.matcher(token).matches()) {
            day = number(matched(DAY, token), 1);
        } else if (month < 0 && monthOf(token) > 0) {
            month = monthOf(token);
        } else if (year < 0 && YEAR.matcher(token).matches()) {
            year = number(matched(YEAR, token), 1);
        }
    }

    private @Nullable Instant instant() {
        if (time == null || day < 0 || month < 0 || year < 0) {
            return null;
        }
        int fullYear = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
        if (fullYear < 1601) {
            return null;
        }
        try {
            return LocalDateTime.of(fullYear, month, day, number(time, 1), number(time, 2), number(time, 3))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noSuchDate) {
            return null;
        }
    }

    private static int monthOf(String token) {
        if (token.length() < 3) {
            return -1;
        }
        int place = MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
        return place % 3 == 0 ? place / 3 + 1 : -1;
    }

    private static Matcher matched(Pattern pattern, String token) {
        Matcher matcher = pattern.matcher(token);
        matcher.matches();
        return matcher;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
