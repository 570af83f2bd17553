package io.martlet.rate;

import io.martlet.http.Attribute;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many requests a session sends per second: {@code rateLimit = RateLimit.perSecond(50.0).burst(10)}. Immutable; each
 * session counts for itself, so two sessions with the same limit send twice as many.
 *
 * <p>Whatever goes to an engine counts: each hop of a redirect, each retry, each answer to a challenge, each request that a
 * middleware sends. A bucket holds {@code burst} tokens at first and is filled at an even rate; a request takes one, or waits
 * for it. A waiting request holds no connection; requests go in the order of their arrival, and one that is cancelled leaves
 * the line. A host at its limit does not delay other hosts. Where there are two limits, both apply.
 *
 * <p>A request whose turn would come after its total limit is a
 * {@link io.martlet.error.ClientException.RateTimeoutException} as soon as that is known, usually at once,
 * instead of waiting in vain. It is not tried again by default.
 *
 * <p>A session that learns obeys what a host says about its limits: {@code Retry-After} with 429 and 503, and how many
 * requests are left until when, in {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers), in
 * {@code RateLimit-Limit}, {@code -Remaining} and {@code -Reset} of earlier drafts, or in the same with {@code X-} before.
 * Requests already on their way are not held back. Hosts that nobody asks any more are forgotten, so a million of them are no
 * burden.
 *
 * @param perSecond  how many requests per second in all; positive, infinity for no limit
 * @param burst      how many of these may go at once after a pause, from 1. Default: 1
 * @param perHost    how many requests a second go to each host, whatever the port; positive, infinity for no limit.
 *     Default: no limit
 * @param hostBurst  how many of these may go at once after a pause, from 1. Default: 1
 * @param isLearning whether what hosts say about their limits is obeyed. Default: false
 * @param maxPause   longest pause that a host may ask for. Default: 1 h
 * @param clock      what points in time that hosts name are compared to. Default: the system's
 * @param nanoClock  what time passes by, in nanoseconds from any point in time. Default: {@link System#nanoTime}
 */
public record RateLimit(
        double perSecond,
        int burst,
        double perHost,
        int hostBurst,
        boolean isLearning,
        Duration maxPause,
        Clock clock,
        LongSupplier nanoClock) {
    /** No limit: for {@link #perHost(double)}, or for {@link #learning}. */
    public static final RateLimit UNLIMITED = new RateLimit(
            Double.POSITIVE_INFINITY,
            1,
            Double.POSITIVE_INFINITY,
            1,
            false,
            Duration.ofHours(1),
            Clock.systemUTC(),
            System::nanoTime);

    /** How long a request has waited for its turn; with requests that were sent, and had to. */
    public static final Attribute<Duration> WAITED = new Attribute<>("waited");

    /**
     * The limit as given. Prefer {@link #perSecond(double)} and {@link #UNLIMITED}: further settings will be added.
     *
     * @param perSecond  how many requests a second there are in all; positive, infinity for no limit
     * @param burst      how many of these may go at once after a pause, from 1
     * @param perHost    how many requests a second go to each host, whatever the port; positive, infinity for no limit
     * @param hostBurst  how many of these may go at once after a pause, from 1
     * @param isLearning whether what hosts say of their limits is kept to
     * @param maxPause   longest time for which a host is believed that it wants no requests, zero or more
     * @param clock      what points in time that hosts name are compared to
     * @param nanoClock  what time passes by, in nanoseconds from any point in time
     * @throws IllegalArgumentException if a rate or a burst is not positive, or {@code maxPause} is negative
     */
    public RateLimit {
        checkRate("perSecond", perSecond);
        checkRate("perHost", perHost);
        checkBurst("burst", burst);
        checkBurst("hostBurst", hostBurst);
        if (maxPause.isNegative()) {
            throw new IllegalArgumentException("rate limit maxPause is negative: " + maxPause);
        }
    }

    private static void checkRate(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("rate limit " + name + " is " + value + "; it is more than 0");
        }
    }

    private static void checkBurst(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("rate limit " + name + " is " + value + "; it is at least 1");
        }
    }

    /**
     * {@return a limit of that many requests per second for the whole session, evenly spread, without a burst}
     *
     * @param requests how many a second; positive, infinity for no limit
     */
    public static RateLimit perSecond(double requests) {
        return UNLIMITED.withRate(requests);
    }

    /**
     * {@return a limit of so many requests in {@code time} for the whole session, evenly:
     * {@code of(100, Duration.ofMinutes(1))} is one every 600 ms}
     *
     * @param requests how many, from 1
     * @param time     the time in which they go, more than 0
     * @throws IllegalArgumentException if one of them is not positive
     */
    public static RateLimit of(int requests, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("rate limit time is " + time + "; it is more than 0");
        }
        return perSecond(requests / (time.toSeconds() + time.getNano() / 1e9));
    }

    /**
     * {@return this limit with another {@link #burst}}
     *
     * @param requests how many may go at once after a pause, from 1
     */
    public RateLimit burst(int requests) {
        return new RateLimit(perSecond, requests, perHost, hostBurst, isLearning, maxPause, clock, nanoClock);
    }

    /**
     * {@return this limit with a second one for each host, without a burst}
     *
     * @param requestsPerSecond how many go to each host, whatever the port; positive, infinity for no limit
     */
    public RateLimit perHost(double requestsPerSecond) {
        return perHost(requestsPerSecond, 1);
    }

    /**
     * {@return this limit with a second one for each host}
     *
     * @param requestsPerSecond how many go to each host, whatever the port; positive, infinity for no limit
     * @param requestsAtOnce    how many of these may go at once after a pause, from 1
     */
    public RateLimit perHost(double requestsPerSecond, int requestsAtOnce) {
        return new RateLimit(
                perSecond, burst, requestsPerSecond, requestsAtOnce, isLearning, maxPause, clock, nanoClock);
    }

    /** {@return this limit, which also obeys what hosts say about theirs} */
    public RateLimit learning() {
        return new RateLimit(perSecond, burst, perHost, hostBurst, true, maxPause, clock, nanoClock);
    }

    /**
     * {@return this limit with another {@link #maxPause}}
     *
     * @param longest the longest time for which a host is believed that it wants no requests, zero or more
     */
    public RateLimit maxPause(Duration longest) {
        return new RateLimit(perSecond, burst, perHost, hostBurst, isLearning, longest, clock, nanoClock);
    }

    /**
     * {@return this limit by other clocks, for tests}
     *
     * @param points what points in time that hosts name are compared to
     * @param nanos  what time passes by, in nanoseconds from any point in time
     */
    public RateLimit clocks(Clock points, LongSupplier nanos) {
        return new RateLimit(perSecond, burst, perHost, hostBurst, isLearning, maxPause, points, nanos);
    }

    private RateLimit withRate(double requests) {
        return new RateLimit(requests, burst, perHost, hostBurst, isLearning, maxPause, clock, nanoClock);
    }

    /** As {@code 50 a second (burst 10), 5 a second per host (burst 1), learning}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("RateLimit[").append(printed(perSecond, "", burst));
        if (!Double.isInfinite(perHost)) {
            text.append(", ").append(printed(perHost, " per host", hostBurst));
        }
        return text.append(isLearning ? ", learning]" : "]").toString();
    }

    private static String printed(double rate, String where, int burst) {
        if (Double.isInfinite(rate)) {
            return "unlimited";
        }
        String number = rate == Math.rint(rate) && rate < 1e9 ? Long.toString((long) rate) : Double.toString(rate);
        return number + " a second" + where + " (burst " + burst + ")";
    }
}
