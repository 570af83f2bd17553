package io.martlet.cookie;

import io.martlet.http.Url;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A cookie with all that decides where it goes and how long it lives (RFC 6265bis §5.7). Immutable; {@link #toString}
 * hides the value.
 *
 * @param name     not empty, case-sensitive
 * @param value    as the server wrote it, quotes included; nothing in it is decoded
 * @param domain   the host it belongs to, in lower case, an international name in its {@code xn--} form
 * @param hostOnly whether it goes to {@code domain} only, and not to the hosts below it
 * @param path     it goes to this path and to those below it; starts with a slash
 * @param expires  when it ends. Null: with the session
 * @param secure   whether it goes over https only
 * @param httpOnly whether scripts should not see it; of no effect here
 * @param sameSite what the server wants for requests from other sites, null if it did not say; of no effect here
 */
public record Cookie(
        String name,
        String value,
        String domain,
        boolean hostOnly,
        String path,
        @Nullable Instant expires,
        boolean secure,
        boolean httpOnly,
        @Nullable SameSite sameSite) {

    /** What a server may want for requests that another site caused (RFC 6265bis §5.6.7). */
    public enum SameSite {
        /** Not at all. */
        STRICT,
        /** Only when the user follows a link. */
        LAX,
        /** Always. */
        NONE
    }

    /**
     * A cookie of those parts. Prefer {@link #builder}.
     *
     * @param name     not empty, case-sensitive
     * @param value    as the server wrote it
     * @param domain   the host it belongs to; put in lower case here
     * @param hostOnly whether it goes to {@code domain} only, and not to the hosts below it
     * @param path     it goes to this path and to those below it; starts with a slash
     * @param expires  when it ends. Null: with the session
     * @param secure   whether it goes over https only
     * @param httpOnly whether scripts should not see it
     * @param sameSite what the server wants for requests from other sites, null if it did not say
     * @throws IllegalArgumentException as {@link #checkPair} does; if {@code domain} is empty or holds anything but visible
     *     ASCII, or {@code path} does not start with a slash, or holds a semicolon or a control character
     */
    public Cookie {
        checkPair(name, value);
        if (domain.isEmpty() || domain.startsWith(".") || !domain.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("domain of cookie " + name + " is no host in ASCII");
        }
        domain = domain.toLowerCase(Locale.ROOT);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path of cookie " + name + " does not start with a slash");
        }
        checkCharacters("path of cookie " + name, path, ";");
    }

    /**
     * Refuses what a {@code Cookie} field cannot carry (RFC 6265bis §4.2.1): an empty name, an equals sign in the name,
     * semicolons, control characters, and blanks at the ends. Quotes, commas and spaces within are let through as they
     * are.
     *
     * @param name  the name of a cookie
     * @param value its value, which may be empty
     * @throws IllegalArgumentException which says what is wrong where, and nothing of {@code value}
     */
    public static void checkPair(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name of a cookie is empty");
        }
        checkCharacters("name of a cookie", name, ";=");
        checkCharacters("value of cookie " + name, value, ";");
    }

    /**
     * {@return the {@code Cookie} field that sends cookies of those names and values (RFC 6265bis §4.2.1)}
     *
     * @param pairs values by name, sent in the order of the map; without any, the field is empty
     * @throws IllegalArgumentException if {@link #checkPair} refuses one
     */
    public static String fieldValue(Map<String, String> pairs) {
        StringJoiner field = new StringJoiner("; ");
        pairs.forEach((name, value) -> {
            checkPair(name, value);
            field.add(name + '=' + value);
        });
        return field.toString();
    }

    private static void checkCharacters(String what, String text, String forbidden) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isControl(c) || forbidden.indexOf(c) >= 0) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "%s has the character \\u%04x at index %d (RFC 6265 §4.1.1)", what, (int) c, i));
            }
        }
        if (!withoutBlanksAround(text).equals(text)) {
            throw new IllegalArgumentException(what + " has a blank at its end (RFC 6265 §4.1.1)");
        }
    }

    /** RFC 6265bis §5.6 step 1: every control character but TAB. */
    static boolean isControl(char c) {
        return c < ' ' && c != '\t' || c == 0x7f;
    }

    static String withoutBlanksAround(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /**
     * {@return a builder of a cookie that goes to {@code url}'s host alone, to all its paths, until the session ends}
     *
     * @param url   any URL of that host
     * @param name  not empty, case-sensitive
     * @param value sent as it is; nothing in it is encoded
     */
    public static Builder builder(Url url, String name, String value) {
        return new Builder(url.host(), name, value);
    }

    static Builder builder(String domain, String name, String value) {
        return new Builder(domain, name, value);
    }

    /**
     * {@return whether it has ended at {@code now}}
     *
     * @param now what {@link #expires} is compared to; a cookie has ended at that very time
     */
    public boolean isExpired(Instant now) {
        return expires != null && !expires.isAfter(now);
    }

    /**
     * {@return whether it goes to {@code url}, as long as it lives: host, path and scheme are its own (RFC 6265bis §5.8.3)}
     *
     * @param url what is requested
     */
    public boolean matches(Url url) {
        return matches(url, url.isSecure());
    }

    boolean matches(Url url, boolean isSecure) {
        return (isSecure || !secure)
                && (hostOnly ? url.host().equals(domain) : CookieScope.domainMatches(url.host(), domain))
                && CookieScope.pathMatches(url.path(), path);
    }

    /** Whether {@code other} would take its place: same name, domain and path, and both host-only or neither. */
    boolean isReplacedBy(Cookie other) {
        return hostOnly == other.hostOnly
                && name.equals(other.name)
                && domain.equals(other.domain)
                && path.equals(other.path);
    }

    /** The cookie as a {@code Set-Cookie} field, its value hidden. */
    @Override
    public String toString() {
        return name + "=(hidden)"
                + (hostOnly ? "; Host=" : "; Domain=") + domain
                + "; Path=" + path
                + (expires == null ? "" : "; Expires=" + expires)
                + (secure ? "; Secure" : "")
                + (httpOnly ? "; HttpOnly" : "")
                + (sameSite == null ? "" : "; SameSite=" + sameSite);
    }

    /** Collects a cookie; not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String value;
        private String domain;
        private boolean hostOnly = true;
        private String path = "/";
        private @Nullable Instant expires;
        private boolean secure;
        private boolean httpOnly;
        private @Nullable SameSite sameSite;

        private Builder(String domain, String name, String value) {
            this.domain = domain;
            this.name = name;
            this.value = value;
        }

        /**
         * Lets it go to {@code domain} and to all hosts below it.
         *
         * @param domain in ASCII, an international name in its {@code xn--} form; without a dot in front
         * @return this builder
         */
        public Builder domain(String domain) {
            this.domain = domain;
            hostOnly = false;
            return this;
        }

        /**
         * See {@link Cookie#path}. Default: "/".
         *
         * @param path starts with a slash
         * @return this builder
         */
        public Builder path(String path) {
            this.path = path;
            return this;
        }

        /**
         * See {@link Cookie#expires}. Default: null.
         *
         * @param expires when it ends; null: with the session
         * @return this builder
         */
        public Builder expires(@Nullable Instant expires) {
            this.expires = expires;
            return this;
        }

        /**
         * See {@link Cookie#secure}. Default: false.
         *
         * @param secure true to send it over https only
         * @return this builder
         */
        public Builder secure(boolean secure) {
            this.secure = secure;
            return this;
        }

        /**
         * See {@link Cookie#httpOnly}. Default: false.
         *
         * @param httpOnly true if scripts should not see it
         * @return this builder
         */
        public Builder httpOnly(boolean httpOnly) {
            this.httpOnly = httpOnly;
            return this;
        }

        /**
         * See {@link Cookie#sameSite}. Default: null.
         *
         * @param sameSite for requests from other sites; null if nothing is said of them
         * @return this builder
         */
        public Builder sameSite(@Nullable SameSite sameSite) {
            this.sameSite = sameSite;
            return this;
        }

        /**
         * {@return the cookie collected}
         *
         * @throws IllegalArgumentException if a part holds what no cookie can
         */
        public Cookie build() {
            return new Cookie(name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite);
        }
    }
}
