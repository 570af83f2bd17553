package io.martlet.cookie;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A line for each cookie, its fields apart by TABs: https://curl.se/docs/http-cookies.html. */
final class NetscapeCookies implements CookieFormat {
    private static final String HEADER = "# Netscape HTTP Cookie File\n";
    private static final String HTTP_ONLY = "#HttpOnly_";

    /** Domain, whether it is for the hosts below, path, whether it is secure, end in seconds, name, value. */
    private static final int FIELDS = 7;

    @Override
    public String write(Collection<Cookie> cookies) {
        return cookies.stream()
                .filter(cookie -> (cookie.name() + cookie.path()).indexOf('\t') < 0)
                .map(NetscapeCookies::line)
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(Cookie cookie) {
        Instant expires = cookie.expires();
        // 0 says that it ends with the session.
        long end = expires == null ? 0 : Math.max(1, expires.getEpochSecond());
        return (cookie.httpOnly() ? HTTP_ONLY : "")
                + String.join(
                        "\t",
                        (cookie.hostOnly() ? "" : ".") + cookie.domain(),
                        flag(!cookie.hostOnly()),
                        cookie.path(),
                        flag(cookie.secure()),
                        Long.toString(end),
                        cookie.name(),
                        cookie.value())
                + "\n";
    }

    private static String flag(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    @Override
    public List<Cookie> read(String text) {
        List<Cookie> cookies = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n")) {
            number++;
            boolean isComment = line.startsWith("#") && !line.startsWith(HTTP_ONLY);
            if (!line.isBlank() && !isComment) {
                cookies.add(cookie(number, line));
            }
        }
        return cookies;
    }

    private static Cookie cookie(int number, String line) {
        try {
            boolean httpOnly = line.startsWith(HTTP_ONLY);
            String[] fields = line.substring(httpOnly ? HTTP_ONLY.length() : 0).split("\t", FIELDS);
            return cookie(fields, httpOnly);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage());
        }
    }

    private static Cookie cookie(String[] fields, boolean httpOnly) {
        // curl leaves the TAB before an empty value out.
        if (fields.length < FIELDS - 1) {
            throw new IllegalArgumentException("it has " + fields.length + " fields, not " + FIELDS);
        }
        String domain = fields[0].startsWith(".") ? fields[0].substring(1) : fields[0];
        return new Cookie(
                fields[5],
                fields.length == FIELDS ? fields[6] : "",
                domain,
                !isTrue(fields[1]),
                fields[2],
                end(fields[4]),
                isTrue(fields[3]),
                httpOnly,
                null);
    }

    private static boolean isTrue(String field) {
        if (field.equals("TRUE") || field.equals("FALSE")) {
            return field.equals("TRUE");
        }
        throw new IllegalArgumentException("a flag is neither TRUE nor FALSE");
    }

    private static @Nullable Instant end(String seconds) {
        try {
            long end = Long.parseLong(seconds);
            return end == 0 ? null : Instant.ofEpochSecond(end);
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("its end is no number of seconds");
        }
    }
}
