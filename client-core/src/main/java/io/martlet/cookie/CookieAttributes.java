package io.martlet.cookie;

import io.martlet.cookie.Cookie.SameSite;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What follows the name and the value; the last of a kind counts. */
final class CookieAttributes {
    private static final Duration LONGEST_LIFE = Duration.ofDays(400);

    String domain = "";

    @Nullable
    String path;

    private @Nullable Instant expires;
    private @Nullable Duration maxAge;
    boolean secure;
    boolean httpOnly;

    @Nullable
    SameSite sameSite;

    void take(String name, String value) {
        switch (name) {
            case "domain" -> domain = inLowerCase(value.startsWith(".") ? value.substring(1) : value);
            case "path" -> path = value.startsWith("/") ? value : null;
            case "expires" -> expires = either(CookieDate.parse(value), expires);
            case "max-age" -> maxAge = either(seconds(value), maxAge);
            case "secure" -> secure = true;
            case "httponly" -> httpOnly = true;
            case "samesite" -> sameSite = sameSite(value);
            default -> {}
        }
    }

    /** Outside ASCII nothing is changed: the Kelvin sign in lower case would be a k. No host matches it as it is. */
    private static String inLowerCase(String domain) {
        return domain.chars().allMatch(c -> c < 0x80) ? domain.toLowerCase(Locale.ROOT) : domain;
    }

    /** One that cannot be read is as if it were not there. */
    private static <T> @Nullable T either(@Nullable T read, @Nullable T before) {
        return read == null ? before : read;
    }

    /** Whether {@code host} may not set a cookie for that domain (RFC 6265bis §5.7 steps 9 and 10). */
    boolean reachTooFarFor(String host) {
        boolean isOwn = domain.isEmpty() || domain.equals(host);
        return !isOwn && (!CookieScope.domainMatches(host, domain) || !isShared());
    }

    /** Whether the cookie goes to hosts below its own; those of an address or a public suffix are strangers. */
    boolean isShared() {
        return !domain.isEmpty() && !CookieScope.isAddress(domain) && !PublicSuffixes.isPublicSuffix(domain);
    }

    /** RFC 6265bis §5.7 steps 20 and 21. */
    boolean breakPromiseOf(String name) {
        if (startsWith(name, "__Host-")) {
            return !secure || !domain.isEmpty() || !"/".equals(path);
        }
        return startsWith(name, "__Secure-") && !secure;
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** When the cookie ends; {@code Max-Age} beats {@code Expires} (RFC 6265bis §5.7 step 6). */
    @Nullable
    Instant expires(Instant now) {
        Instant latest = now.plus(LONGEST_LIFE);
        if (maxAge != null) {
            return maxAge.isZero() ? Instant.EPOCH : now.plus(maxAge);
        }
        return expires != null && expires.isAfter(latest) ? latest : expires;
    }

    /** RFC 6265bis §5.6.2, never more than the longest life; null where {@code value} is no number. */
    private static @Nullable Duration seconds(String value) {
        boolean isNegative = value.startsWith("-");
        String digits = isNegative ? value.substring(1) : value;
        if (value.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        if (isNegative) {
            return Duration.ZERO;
        }
        boolean isLong = digits.length() > 18 || Long.parseLong(digits) > LONGEST_LIFE.toSeconds();
        return isLong ? LONGEST_LIFE : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static @Nullable SameSite sameSite(String value) {
        for (SameSite known : SameSite.values()) {
            if (known.name().equalsIgnoreCase(value)) {
                return known;
            }
        }
        return null;
    }
}
