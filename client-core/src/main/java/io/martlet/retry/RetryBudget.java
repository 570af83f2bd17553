package io.martlet.retry;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How many retries there may be in all, so that retries do not finish off a server in trouble: a share of the requests, and
 * a few in any case.
 *
 * <p>Each request pays in {@code share} of a retry, and each second {@code minPerSecond} retries, up to ten seconds' worth and
 * at least up to ten retries. Each retry takes one out; if none is left, there is no retry. The budget starts with one second's
 * worth. Thread-safe; sessions that share a policy share its budget.
 */
public final class RetryBudget {
    /** Any number of retries. */
    public static final RetryBudget UNLIMITED = new RetryBudget(1, Double.MAX_VALUE, () -> 0);

    private static final double SAVED_SECONDS = 10;
    private static final double SAVED_AT_LEAST = 10;

    private final double share;
    private final double minPerSecond;
    private final double most;
    private final LongSupplier nanoClock;

    // Guarded by this.
    private double saved;
    private long since;

    /**
     * A budget.
     *
     * @param share        retries for each request, as {@code 0.2} for twenty percent; 0 or more
     * @param minPerSecond retries for each second, whatever is going on; 0 or more
     * @throws IllegalArgumentException if one is negative or no number
     */
    public RetryBudget(double share, double minPerSecond) {
        this(share, minPerSecond, System::nanoTime);
    }

    /**
     * A budget with another clock.
     *
     * @param share        retries for each request, as {@code 0.2} for twenty percent; 0 or more
     * @param minPerSecond retries for each second, whatever is going on; 0 or more
     * @param nanoClock    what time passes by, in nanoseconds from any point in time
     */
    public RetryBudget(double share, double minPerSecond, LongSupplier nanoClock) {
        this.share = checked("share", share);
        this.minPerSecond = checked("minPerSecond", minPerSecond);
        this.nanoClock = nanoClock;
        most = Math.max(SAVED_AT_LEAST, SAVED_SECONDS * minPerSecond);
        saved = Math.min(most, minPerSecond);
        since = nanoClock.getAsLong();
    }

    private static double checked(String name, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " of a retry budget is " + value + "; it is 0 or more");
        }
        return value;
    }

    /** A request is made: its share is paid in. */
    public synchronized void deposit() {
        paySeconds();
        saved = Math.min(most, saved + share);
    }

    /**
     * Takes a retry out.
     *
     * @return false if there is none; then there should be no retry
     */
    public synchronized boolean withdraw() {
        paySeconds();
        if (saved < 1) {
            return false;
        }
        saved -= 1;
        return true;
    }

    private void paySeconds() {
        long now = nanoClock.getAsLong();
        saved = Math.min(most, saved + minPerSecond * (now - since) / 1e9);
        since = now;
    }

    /** Share, minimum, and what is there now. */
    @Override
    public synchronized String toString() {
        return String.format(
                Locale.ROOT, "RetryBudget[share=%s, minPerSecond=%s, saved=%.1f]", share, minPerSecond, saved);
    }
}
