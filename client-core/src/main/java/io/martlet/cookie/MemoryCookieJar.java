package io.martlet.cookie;

import io.martlet.cookie.StoredCookies.Stored;
import io.martlet.http.Url;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps cookies in memory, by the rules of RFC 6265bis §5.7 and §5.8: what {@link SetCookieParser} lets through, and no
 * cookie over http that would stand in front of a {@code Secure} one. {@link CookieFile} keeps them for longer.
 *
 * <p>Hosts that are IP addresses neither set nor get cookies, unless the jar was told otherwise. At most 50 cookies of one
 * response are looked at; a request gets at most 150, of at most 8 KiB, those with the longest paths first. Any thread may
 * call; reading takes no lock.
 */
public final class MemoryCookieJar implements CookieJar {
    private static final int MOST_OF_A_RESPONSE = 50;
    private static final int MOST_OF_A_REQUEST = 150;
    private static final int MOST_BYTES_OF_A_REQUEST = 8190;

    private final Clock clock;
    private final boolean ipHosts;
    private final Set<String> trustedOrigins;
    private final SetCookieParser parser;
    private final StoredCookies stored;

    /** Held by whoever changes {@link #stored}. */
    private final Object changing = new Object();

    /** An empty jar with the default of everything. */
    public MemoryCookieJar() {
        this(builder());
    }

    private MemoryCookieJar(Builder builder) {
        clock = builder.clock;
        ipHosts = builder.ipHosts;
        trustedOrigins = Set.copyOf(builder.trustedOrigins);
        parser = new SetCookieParser(clock, this::isSecure);
        stored = new StoredCookies(builder.maxPerDomain, builder.maxCookies);
    }

    /** {@return a builder with the default of everything} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void store(Url url, List<String> setCookies) {
        if (!takesPart(url)) {
            return;
        }
        List<String> first = setCookies.subList(0, Math.min(setCookies.size(), MOST_OF_A_RESPONSE));
        List<Cookie> cookies = parser.parse(url, first);
        Instant now = clock.instant();
        synchronized (changing) {
            for (Cookie cookie : cookies) {
                if (isSecure(url) || !stored.hasSecureTwin(cookie)) {
                    stored.put(cookie, now);
                }
            }
        }
    }

    @Override
    public List<Cookie> cookiesFor(Url url) {
        if (stored.size() == 0 || !takesPart(url)) {
            return List.of();
        }
        Instant now = clock.instant();
        boolean isSecure = isSecure(url);
        List<Cookie> cookies = new ArrayList<>();
        int bytes = 0;
        for (Stored each : stored.of(url.host())) {
            Cookie cookie = each.cookie;
            if (cookie.matches(url, isSecure) && !cookie.isExpired(now)) {
                bytes += cookie.name().length() + cookie.value().length() + "=; ".length();
                if (bytes > MOST_BYTES_OF_A_REQUEST || cookies.size() == MOST_OF_A_REQUEST) {
                    break;
                }
                each.use(now);
                cookies.add(cookie);
            }
        }
        return cookies;
    }

    private boolean takesPart(Url url) {
        return ipHosts || !CookieScope.isAddress(url.host());
    }

    private boolean isSecure(Url url) {
        return url.isSecure() || trustedOrigins.contains(url.origin());
    }

    /** {@return how many cookies there are; some may have expired} */
    public int size() {
        return stored.size();
    }

    /** {@return the cookies that are there and have not expired, the oldest first} */
    public List<Cookie> cookies() {
        Instant now = clock.instant();
        return stored.all().stream().filter(cookie -> !cookie.isExpired(now)).toList();
    }

    /**
     * Puts in a cookie; one that has expired removes the one that it would replace.
     *
     * @param cookie what to put in, whoever made it
     * @throws IllegalArgumentException if it would go to all hosts under a public suffix
     */
    public void add(Cookie cookie) {
        if (!isBounded(cookie)) {
            throw new IllegalArgumentException(
                    "cookie " + cookie + " is for a public suffix: it would go to hosts of strangers");
        }
        synchronized (changing) {
            stored.put(cookie, clock.instant());
        }
    }

    private static boolean isBounded(Cookie cookie) {
        return cookie.hostOnly() || !PublicSuffixes.isPublicSuffix(cookie.domain());
    }

    /**
     * Puts other cookies in the place of all there are.
     *
     * @param cookies those to put in; those that have expired or are for a public suffix are left out
     */
    public void replaceAll(Collection<Cookie> cookies) {
        Instant now = clock.instant();
        synchronized (changing) {
            stored.removeIf(cookie -> true);
            cookies.stream().filter(MemoryCookieJar::isBounded).forEach(cookie -> stored.put(cookie, now));
        }
    }

    /**
     * Removes the cookies that {@code test} picks.
     *
     * @param test true for a cookie to remove; nobody else can change the jar meanwhile
     */
    public void removeIf(Predicate<? super Cookie> test) {
        synchronized (changing) {
            stored.removeIf(test::test);
        }
    }

    /**
     * Removes the cookies of {@code domain} and of all hosts below it.
     *
     * @param domain in lower case, an international name in its {@code xn--} form
     */
    public void clearDomain(String domain) {
        removeIf(cookie -> CookieScope.domainMatches(cookie.domain(), domain));
    }

    /** Removes all cookies. */
    public void clear() {
        removeIf(cookie -> true);
    }

    /** How many cookies there are, and for how many domains. */
    @Override
    public String toString() {
        return "MemoryCookieJar(" + stored.size() + " cookies, " + stored.domains() + " domains)";
    }

    /** Describes a jar; not thread-safe. */
    public static final class Builder {
        private final Set<String> trustedOrigins = new HashSet<>();
        private Clock clock = Clock.systemUTC();
        private boolean ipHosts;
        private int maxPerDomain = 150;
        private int maxCookies = 3000;

        private Builder() {}

        /**
         * Whether hosts that are IP addresses set and get cookies, each its own alone. Default: false.
         *
         * @param allow true to let them
         * @return this builder
         */
        public Builder ipHosts(boolean allow) {
            ipHosts = allow;
            return this;
        }

        /**
         * Lets the origin of {@code url}, http though it is, set and get {@code Secure} cookies: for a server on this
         * machine. Default: none.
         *
         * @param url absolute; only its scheme, host and port count
         * @return this builder
         */
        public Builder trustedOrigin(String url) {
            trustedOrigins.add(Url.of(url).origin());
            return this;
        }

        /**
         * How many cookies one domain may have; with one more, the one goes that is not {@code Secure} and was not used
         * for longest. Default: 150.
         *
         * @param most how many it may have, from 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxPerDomain(int most) {
            maxPerDomain = positive("maxPerDomain", most);
            return this;
        }

        /**
         * How many cookies there may be; with one more, that tenth of them goes that was not used for longest. Default:
         * 3000.
         *
         * @param most how many there may be, from 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxCookies(int most) {
            maxCookies = positive("maxCookies", most);
            return this;
        }

        /**
         * What time it is, for all that expires. Default: the system's clock.
         *
         * @param clock what the time is taken from; asked by any thread
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be positive, and is " + value);
            }
            return value;
        }

        /** {@return the jar described, empty} */
        public MemoryCookieJar build() {
            return new MemoryCookieJar(this);
        }
    }
}
