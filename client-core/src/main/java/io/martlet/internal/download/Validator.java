package io.martlet.internal.download;

import io.martlet.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tells a file from all others that were or will be in its place: a strong {@code ETag}, or a {@code Last-Modified}
 * where there is no {@code ETag} at all.
 *
 * @param field as it came, and as it is sent in {@code If-Range} (RFC 9110 §13.1.5)
 */
public record Validator(String field) {
    private static final Pattern STRONG_TAG = Pattern.compile("\"[!#-~]*\"");

    /** RFC 9110 §8.8.2.2: a date is a strong validator only if it is well before that of the response. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    /** The same by another clock, which may be wrong by as much. */
    private static final Duration SETTLED_BY_OURS = Duration.ofDays(1);

    /** What {@code headers} tell a file by that were {@code received} then; null if nothing is strong enough. */
    public static @Nullable Validator of(Headers headers, Instant received) {
        List<String> tags = headers.getAll("ETag");
        if (!tags.isEmpty()) {
            boolean isStrong =
                    tags.size() == 1 && STRONG_TAG.matcher(tags.get(0)).matches();
            return isStrong ? new Validator(tags.get(0)) : null;
        }
        Instant modified = date(headers, "Last-Modified");
        return modified != null && isSettled(modified, headers, received)
                ? new Validator(headers.getAll("Last-Modified").get(0))
                : null;
    }

    private static boolean isSettled(Instant modified, Headers headers, Instant received) {
        if (!headers.contains("Date")) {
            // RFC 9110 §6.6.1: the time at which it was received is its date then.
            return !modified.plus(SETTLED_BY_OURS).isAfter(received);
        }
        Instant now = date(headers, "Date");
        return now != null && !modified.plus(SETTLED).isAfter(now);
    }

    /** What was kept as {@code field}; null if it is no such thing. */
    static @Nullable Validator kept(String field) {
        return STRONG_TAG.matcher(field).matches() || parse(field) != null ? new Validator(field) : null;
    }

    /** Whether {@code headers} name this very file. One that is not named might be another. */
    public boolean isIn(Headers headers) {
        List<String> named = headers.getAll(field.startsWith("\"") ? "ETag" : "Last-Modified");
        return named.size() == 1 && named.get(0).equals(field);
    }

    private static @Nullable Instant date(Headers headers, String name) {
        List<String> fields = headers.getAll(name);
        return fields.size() == 1 ? parse(fields.get(0)) : null;
    }

    private static @Nullable Instant parse(String date) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
