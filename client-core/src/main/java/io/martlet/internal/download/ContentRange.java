package io.martlet.internal.download;

import io.martlet.http.Headers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes a 206 holds (RFC 9110 §14.4).
 *
 * @param start the first of them, from 0
 * @param end   the one behind the last
 * @param total how many the file has
 */
public record ContentRange(long start, long end, long total) {
    private static final Pattern FIELD = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

    /** The one {@code Content-Range} of {@code headers}; null if there is none, or another, or no total in it. */
    public static @Nullable ContentRange of(Headers headers) {
        List<String> fields = headers.getAll("Content-Range");
        Matcher field = FIELD.matcher(fields.size() == 1 ? fields.get(0) : "");
        if (!field.matches()) {
            return null;
        }
        long start = Long.parseLong(field.group(1));
        long last = Long.parseLong(field.group(2));
        long total = Long.parseLong(field.group(3));
        return start <= last && last < total ? new ContentRange(start, last + 1, total) : null;
    }
}
