package io.martlet.http;

import java.time.Duration;

/**
 * When all of a request must be done, its redirects, retries and body included.
 *
 * @param startNanos when it began, by {@link System#nanoTime()}
 * @param limit      how long it may take
 */
public record Deadline(long startNanos, Duration limit) {
    /** As good as never: more than a hundred years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    /**
     * {@return the deadline of what starts now}
     *
     * @param limit how long it may take
     */
    public static Deadline startingNow(Duration limit) {
        return new Deadline(System.nanoTime(), limit);
    }

    /** {@return when it is over, by {@link System#nanoTime()}} */
    public long endNanos() {
        return startNanos + (limit.compareTo(LONGEST) > 0 ? LONGEST : limit).toNanos();
    }

    /** {@return the nanoseconds that are left; zero or less when it is over} */
    public long leftNanos() {
        return endNanos() - System.nanoTime();
    }

    /** {@return how long it has taken so far} */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
