package io.martlet.cookie;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cookies by domain, at most so many. One thread at a time may change them, under its own lock; any may read. */
final class StoredCookies {
    private static final Comparator<Stored> AS_SENT = Comparator.comparingInt(
                    (Stored stored) -> -stored.cookie.path().length())
            .thenComparingLong(stored -> stored.sequence);

    private final int mostPerDomain;
    private final int most;

    /** The lists are immutable and in the order of sending. */
    private final Map<String, List<Stored>> byDomain = new ConcurrentHashMap<>();

    private volatile int size;
    private int secure;
    private long created;

    StoredCookies(int mostPerDomain, int most) {
        this.mostPerDomain = mostPerDomain;
        this.most = most;
    }

    /** A cookie with its age and its last use, both of which decide who has to go. */
    static final class Stored {
        final Cookie cookie;
        private final long sequence;
        private volatile long used;

        private Stored(Cookie cookie, long sequence, long used) {
            this.cookie = cookie;
            this.sequence = sequence;
            this.used = used;
        }

        private boolean isSecureTwinOf(Cookie other) {
            return cookie.secure()
                    && cookie.name().equals(other.name())
                    && CookieScope.pathMatches(other.path(), cookie.path());
        }

        void use(Instant now) {
            used = now.toEpochMilli();
        }
    }

    /** When one was used last, which may change while others are compared. */
    private record LastUse(Stored stored, long at) implements Comparable<LastUse> {
        private static final Comparator<LastUse> ORDER =
                Comparator.comparingLong(LastUse::at).thenComparingLong(last -> last.stored.sequence);

        private LastUse(Stored stored) {
            this(stored, stored.used);
        }

        @Override
        public int compareTo(LastUse other) {
            return ORDER.compare(this, other);
        }
    }

    int size() {
        return size;
    }

    int domains() {
        return byDomain.size();
    }

    /** Those that {@code host} may get if path, scheme and time allow, in the order of sending. */
    List<Stored> of(String host) {
        List<Stored> found = listOf(host);
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            List<Stored> above = byDomain.get(host.substring(dot + 1));
            if (above != null) {
                found = found.isEmpty()
                        ? above
                        : Stream.concat(found.stream(), above.stream())
                                .sorted(AS_SENT)
                                .toList();
            }
        }
        return found;
    }

    /** All, the oldest first. */
    List<Cookie> all() {
        return stored().sorted(Comparator.comparingLong(stored -> stored.sequence))
                .map(stored -> stored.cookie)
                .toList();
    }

    private Stream<Stored> stored() {
        return byDomain.values().stream().flatMap(Collection::stream);
    }

    /** Whether {@code cookie}, set without TLS, would be sent in front of a secure one: RFC 6265bis §5.7 step 16. */
    boolean hasSecureTwin(Cookie cookie) {
        if (secure == 0) {
            return false;
        }
        for (Map.Entry<String, List<Stored>> kept : byDomain.entrySet()) {
            boolean isNear = CookieScope.domainMatches(kept.getKey(), cookie.domain())
                    || CookieScope.domainMatches(cookie.domain(), kept.getKey());
            if (isNear && kept.getValue().stream().anyMatch(stored -> stored.isSecureTwinOf(cookie))) {
                return true;
            }
        }
        return false;
    }

    /** Puts {@code cookie} in the place of the one that it replaces, whose age it takes; one that has expired only removes. */
    void put(Cookie cookie, Instant now) {
        List<Stored> before = listOf(cookie.domain());
        List<Stored> after = new ArrayList<>(before);
        long sequence = created;
        for (Stored stored : before) {
            if (stored.cookie.isReplacedBy(cookie)) {
                after.remove(stored);
                sequence = stored.sequence;
            }
        }
        if (!cookie.isExpired(now)) {
            created++;
            after.add(new Stored(cookie, sequence, now.toEpochMilli()));
            after.sort(AS_SENT);
        }
        replace(cookie.domain(), after);
        evict(cookie.domain(), now);
    }

    void removeIf(Predicate<Cookie> test) {
        for (String domain : byDomain.keySet()) {
            replace(domain, of(domain, stored -> !test.test(stored.cookie)));
        }
    }

    /** RFC 6265bis §5.7, last step: what has expired, then what its domain has too many of, then what was not used for longest. */
    private void evict(String domain, Instant now) {
        if (size > most) {
            removeIf(cookie -> cookie.isExpired(now));
        }
        if (listOf(domain).size() > mostPerDomain) {
            replace(domain, of(domain, stored -> !stored.cookie.isExpired(now)));
        }
        if (listOf(domain).size() > mostPerDomain) {
            removeOneOf(listOf(domain));
        }
        if (size > most) {
            // A tenth at once, so that a jar that is full is not searched for each new cookie.
            int surplus = size - most + most / 10;
            stored().map(LastUse::new).sorted().limit(surplus).toList().forEach(last -> remove(last.stored));
        }
    }

    /** Secure ones go last. */
    private void removeOneOf(List<Stored> list) {
        boolean isAnyInsecure = list.stream().anyMatch(stored -> !stored.cookie.secure());
        list.stream()
                .filter(stored -> !(isAnyInsecure && stored.cookie.secure()))
                .map(LastUse::new)
                .min(Comparator.naturalOrder())
                .ifPresent(last -> remove(last.stored));
    }

    private void remove(Stored one) {
        replace(one.cookie.domain(), of(one.cookie.domain(), stored -> stored != one));
    }

    private List<Stored> of(String domain, Predicate<Stored> test) {
        return listOf(domain).stream().filter(test).toList();
    }

    private List<Stored> listOf(String domain) {
        return byDomain.getOrDefault(domain, List.of());
    }

    private void replace(String domain, List<Stored> after) {
        List<Stored> before = listOf(domain);
        if (after.isEmpty()) {
            byDomain.remove(domain);
        } else {
            byDomain.put(domain, List.copyOf(after));
        }
        size += after.size() - before.size();
        secure += secureAmong(after) - secureAmong(before);
    }

    private static int secureAmong(List<Stored> list) {
        return (int) list.stream().filter(stored -> stored.cookie.secure()).count();
    }
}
