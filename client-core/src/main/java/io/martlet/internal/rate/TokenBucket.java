package io.martlet.internal.rate;

/**
 * Tokens that come at an even rate, up to {@code burst} of them, as the generic cell rate algorithm counts them (ITU-T I.371): by
 * one point in time. Times are nanoseconds of one clock. Not thread-safe.
 */
final class TokenBucket {
    /** So late may a timer be without costing a token that could not be saved. */
    private static final long CATCH_UP_NANOS = 10_000_000;

    private final double interval;
    private final double tolerance;
    private final long origin;

    /** When the bucket is full again, since {@link #origin}. */
    private double full;

    /** A full bucket. */
    TokenBucket(double perSecond, int burst, long now) {
        interval = 1e9 / perSecond;
        tolerance = (burst - 1) * interval;
        origin = now;
    }

    /** How long until there is a token for one who comes with so many in front of it; 0 for none. */
    long nanosUntil(long now, int inFront) {
        double wait = full - tolerance + inFront * interval - (now - origin);
        return wait <= 0 ? 0 : (long) Math.ceil(wait);
    }

    /** Takes the token of one who has waited since then, and could have had it a little earlier than {@code now}. */
    void take(long since, long now) {
        long due = Math.max(since - origin, now - origin - CATCH_UP_NANOS);
        full = Math.max(full, due) + interval;
    }

    boolean isFull(long now) {
        return full <= now - origin;
    }
}
