package io.martlet.internal;

import io.martlet.retry.CircuitBreaker;
import java.util.Arrays;

/** What is known of one server, and whether it is left alone. Times are nanoseconds of one clock. Not thread-safe. */
final class Circuit {
    /** What came of a call; none, if it says nothing of the server. */
    enum Verdict {
        SUCCEEDED,
        FAILED,
        NONE
    }

    private enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private static final int SLICES = 10;

    private final CircuitBreaker breaker;
    private final long origin;
    private final long sliceNanos;

    private State state = State.CLOSED;

    /** One more with each change of {@link #state}: calls of an earlier one do not count. */
    private int epoch;

    /** Of the calls in each slice of the window; the slice now is number {@link #slice}, from the origin. */
    private final int[] succeeded = new int[SLICES];

    private final int[] failed = new int[SLICES];
    private long slice;

    private long openUntil;
    private int probing;
    private int probed;
    private long probedAt;

    Circuit(CircuitBreaker breaker, long now) {
        this.breaker = breaker;
        origin = now;
        sliceNanos = breaker.window().toNanos() / SLICES;
    }

    int epoch() {
        return epoch;
    }

    /** Negative: a call may go; otherwise how long it may not, 0 where nobody knows. */
    long enter(long now) {
        if (state == State.OPEN) {
            if (openUntil - now > 0) {
                return openUntil - now;
            }
            become(State.HALF_OPEN);
            probing = 0;
            probed = 0;
        }
        if (state == State.HALF_OPEN) {
            // A probe that hangs says nothing, and must not keep it shut for as long as it does.
            boolean isLate = now - probedAt >= breaker.openFor().toNanos();
            if (probing + probed >= breaker.probes() && !isLate) {
                return 0;
            }
            probing++;
            probedAt = now;
        }
        return -1;
    }

    private void become(State next) {
        state = next;
        epoch++;
    }

    /** A call is over that had entered in {@code itsEpoch}. */
    void end(Verdict verdict, int itsEpoch, long now) {
        if (itsEpoch != epoch) {
            return;
        }
        if (state == State.HALF_OPEN) {
            endProbe(verdict, now);
        } else if (verdict != Verdict.NONE) {
            count(verdict, now);
        }
    }

    private void endProbe(Verdict verdict, long now) {
        probing--;
        if (verdict == Verdict.FAILED) {
            open(now);
        } else if (verdict == Verdict.SUCCEEDED && ++probed == breaker.probes()) {
            Arrays.fill(succeeded, 0);
            Arrays.fill(failed, 0);
            become(State.CLOSED);
        }
    }

    private void count(Verdict verdict, long now) {
        moveOn(now);
        int[] counted = verdict == Verdict.FAILED ? failed : succeeded;
        counted[(int) (slice % SLICES)]++;
        long failures = sum(failed);
        long calls = failures + sum(succeeded);
        boolean isTooMuch = failures >= breaker.failureShare() * calls;
        if (verdict == Verdict.FAILED && calls >= breaker.minCalls() && isTooMuch) {
            open(now);
        }
    }

    private void open(long now) {
        openUntil = now + breaker.openFor().toNanos();
        become(State.OPEN);
    }

    /** Leaves out what is too long ago. */
    private void moveOn(long now) {
        long current = Math.max(slice, (now - origin) / sliceNanos);
        for (long passed = Math.max(slice, current - SLICES) + 1; passed <= current; passed++) {
            succeeded[(int) (passed % SLICES)] = 0;
            failed[(int) (passed % SLICES)] = 0;
        }
        slice = current;
    }

    private static long sum(int[] counts) {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /** Whether nothing is lost if this is forgotten. */
    boolean isForgettable(long now) {
        moveOn(now);
        boolean isIdle = state == State.OPEN || state == State.HALF_OPEN && probing == 0;
        boolean isLongOver = isIdle && openUntil + breaker.window().toNanos() - now < 0;
        return isLongOver || state == State.CLOSED && sum(failed) + sum(succeeded) == 0;
    }

    String printed(long now) {
        moveOn(now);
        return switch (state) {
            case CLOSED -> "closed, " + sum(failed) + " of " + (sum(failed) + sum(succeeded)) + " failed";
            case OPEN -> openUntil - now > 0 ? "open for " + (openUntil - now) / 1_000_000 + " ms" : "to be probed";
            case HALF_OPEN ->
                "half open, " + probing + " probing, " + probed + " of " + breaker.probes() + " succeeded";
        };
    }
}
