package io.martlet.cookie;

import io.martlet.http.Url;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Set-Cookie} fields as RFC 6265bis §5.6 does, and refuses what its §5.7 refuses: cookies for other hosts
 * and for public suffixes, {@code Secure} ones over http, broken promises of {@code __Secure-} and {@code __Host-},
 * and more than 4096 bytes of name and value.
 *
 * <p>Stricter than §5.6 in one point: a cookie without a name is refused, as in RFC 6265 §5.2 and aiohttp. Immutable;
 * any thread.
 */
public final class SetCookieParser {
    private static final int MOST_BYTES = 4096;
    private static final int MOST_ATTRIBUTE_BYTES = 1024;

    private final Clock clock;
    private final Predicate<Url> isSecure;

    /** A parser that counts {@code Max-Age} from the time it is. */
    public SetCookieParser() {
        this(Clock.systemUTC());
    }

    /**
     * A parser that counts {@code Max-Age} from the time that {@code clock} says.
     *
     * @param clock what {@code Max-Age} counts from; asked by any thread
     */
    public SetCookieParser(Clock clock) {
        this(clock, Url::isSecure);
    }

    SetCookieParser(Clock clock, Predicate<Url> isSecure) {
        this.clock = clock;
        this.isSecure = isSecure;
    }

    /**
     * {@return the cookie that {@code url} sets by a field of that value; null if it may not, or it is none}
     *
     * <p>It lives for at most 400 days. One that has expired already means that the cookie it replaces shall be removed.
     *
     * @param url       what was requested
     * @param setCookie the value of a {@code Set-Cookie} field
     */
    public @Nullable Cookie parse(Url url, String setCookie) {
        if (setCookie.chars().anyMatch(c -> Cookie.isControl((char) c))) {
            return null;
        }
        int end = endOf(setCookie, 0);
        int equals = setCookie.indexOf('=');
        if (equals < 0 || equals > end) {
            return null;
        }
        String name = Cookie.withoutBlanksAround(setCookie.substring(0, equals));
        String value = Cookie.withoutBlanksAround(setCookie.substring(equals + 1, end));
        if (name.isEmpty() || bytes(name) + bytes(value) > MOST_BYTES) {
            return null;
        }
        return cookie(url, name, value, attributes(setCookie, end));
    }

    /**
     * {@return the cookies that {@code url} sets by fields of those values, without those that it may not set}
     *
     * @param url        what was requested
     * @param setCookies the values of {@code Set-Cookie} fields; the cookies are in their order
     */
    public List<Cookie> parse(Url url, List<String> setCookies) {
        List<Cookie> cookies = new ArrayList<>(setCookies.size());
        for (String setCookie : setCookies) {
            Cookie cookie = parse(url, setCookie);
            if (cookie != null) {
                cookies.add(cookie);
            }
        }
        return Collections.unmodifiableList(cookies);
    }

    private @Nullable Cookie cookie(Url url, String name, String value, CookieAttributes attributes) {
        if (attributes.reachTooFarFor(url.host())
                || attributes.secure && !isSecure.test(url)
                || attributes.breakPromiseOf(name)) {
            return null;
        }
        Cookie.Builder cookie = Cookie.builder(url, name, value)
                .path(attributes.path == null ? CookieScope.defaultPath(url.path()) : attributes.path)
                .expires(attributes.expires(clock.instant()))
                .secure(attributes.secure)
                .httpOnly(attributes.httpOnly)
                .sameSite(attributes.sameSite);
        return attributes.isShared() ? cookie.domain(attributes.domain).build() : cookie.build();
    }

    private static CookieAttributes attributes(String setCookie, int from) {
        CookieAttributes attributes = new CookieAttributes();
        for (int start = from + 1; start <= setCookie.length(); start = endOf(setCookie, start) + 1) {
            String attribute = setCookie.substring(start, endOf(setCookie, start));
            int equals = attribute.indexOf('=');
            String name = equals < 0 ? attribute : attribute.substring(0, equals);
            String value = Cookie.withoutBlanksAround(equals < 0 ? "" : attribute.substring(equals + 1));
            if (bytes(value) <= MOST_ATTRIBUTE_BYTES) {
                attributes.take(Cookie.withoutBlanksAround(name).toLowerCase(Locale.ROOT), value);
            }
        }
        return attributes;
    }

    private static int endOf(String setCookie, int from) {
        int semicolon = setCookie.indexOf(';', from);
        return semicolon < 0 ? setCookie.length() : semicolon;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
