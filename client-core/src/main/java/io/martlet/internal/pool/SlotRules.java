package io.martlet.internal.pool;

import java.time.Duration;

/**
 * What a {@link SlotBook} holds to.
 *
 * @param limit        most connections at once: in use, being opened and idle; 0 means no limit
 * @param limitPerHost the same for one key; 0 means no limit
 * @param maxQueue     most requests that wait at once; 0 means no limit
 * @param keepAlive    how long an idle connection is kept; zero means that none is: each is closed when it is released
 * @param maxAge       how long after it was opened a connection may be given to another request; zero means for ever
 * @param forceClose   true closes each connection after its first request, whatever keepAlive says
 */
public record SlotRules(
        int limit, int limitPerHost, int maxQueue, Duration keepAlive, Duration maxAge, boolean forceClose) {
    /** 73 years: long enough to mean for ever, short enough that System.nanoTime() plus this is compared correctly. */
    static final long FOREVER = Long.MAX_VALUE >> 2;

    /**
     * The rules as given.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public SlotRules {
        check("limit", limit, limit < 0);
        check("limitPerHost", limitPerHost, limitPerHost < 0);
        check("maxQueue", maxQueue, maxQueue < 0);
        check("keepAlive", keepAlive, keepAlive.isNegative());
        check("maxAge", maxAge, maxAge.isNegative());
    }

    private static void check(String name, Object value, boolean isNegative) {
        if (isNegative) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }

    /** How long a released connection is kept at most; 0 means not at all. */
    long keepNanos() {
        return forceClose ? 0 : nanos(keepAlive);
    }

    long maxAgeNanos() {
        return maxAge.isZero() ? FOREVER : nanos(maxAge);
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(FOREVER)) > 0 ? FOREVER : duration.toNanos();
    }
}
