package io.martlet.internal.rate;

import io.martlet.internal.rate.RateFields.Quota;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a host has said of its limits, as far as it still holds. Times are nanoseconds of one clock. Not thread-safe. */
final class Learned {
    /** Seconds are rounded: so far may two ends of one window be apart. */
    private static final long SAME_WINDOW_NANOS = 1_500_000_000;

    private boolean isPaused;
    private long pausedUntil;

    private boolean isCounting;
    private long remaining;
    private long windowEnd;

    /** The end that the first answer of the window named: with one that slides along, another window begins at last. */
    private long firstEnd;

    /** What the next windows hold, and how long they are; 0 where that is not known. */
    private long quota;

    private long windowNanos;

    /** How long until one may go who comes with so many in front of it; 0: now. */
    long nanosUntil(long now, int inFront) {
        renew(now);
        long pause = isPaused ? Math.max(0, pausedUntil - now) : 0;
        return isCounting && inFront >= remaining ? Math.max(pause, windowEnd - now) : pause;
    }

    void take(long now) {
        renew(now);
        if (remaining > 0) {
            remaining--;
        }
    }

    /** The next window begins as the one before did; where nothing is known of it, all may go. */
    private void renew(long now) {
        long over = now - windowEnd;
        if (!isCounting || over < 0) {
            return;
        }
        isCounting = quota > 0 && windowNanos > 0;
        if (isCounting) {
            remaining = quota;
            windowEnd += (over / windowNanos + 1) * windowNanos;
            firstEnd = windowEnd;
        }
    }

    /** Keeps what is {@code said}, each time for {@code longest} at most. */
    void hear(RateFields said, Duration longest, long now) {
        if (said.pause() != null) {
            long until = now + nanos(said.pause(), longest);
            pausedUntil = isPaused && pausedUntil - until > 0 ? pausedUntil : until;
            isPaused = true;
        }
        if (said.left() != null) {
            count(said.left(), longest, now);
        }
    }

    private void count(Quota left, Duration longest, long now) {
        renew(now);
        long reset = nanos(left.reset(), longest);
        long end = now + reset;
        // Answers overtake each other, and do not count what is on its way: within a window, the number only falls.
        boolean isSame = isCounting && Math.abs(end - firstEnd) < SAME_WINDOW_NANOS;
        firstEnd = isSame ? firstEnd : end;
        remaining = isSame ? Math.min(remaining, left.remaining()) : left.remaining();
        windowEnd = isSame && windowEnd - end > 0 ? windowEnd : end;
        isCounting = true;
        if (left.limit() > 0) {
            // A window that is longer than we believe is asked gently then.
            quota = left.reset().compareTo(longest) > 0 ? 1 : left.limit();
            Duration window = left.window();
            windowNanos = window == null ? Math.max(windowNanos, reset) : nanos(window, longest);
        }
    }

    private static long nanos(Duration time, Duration longest) {
        Duration shorter = time.compareTo(longest) < 0 ? time : longest;
        // A hundred years are for ever, and can be calculated with.
        return shorter.toDays() > 36_500 ? Duration.ofDays(36_500).toNanos() : shorter.toNanos();
    }

    /** Whether nothing is lost if this is forgotten. */
    boolean isOver(long now) {
        return !(isPaused && pausedUntil - now > 0) && !(isCounting && windowEnd - now > 0);
    }

    /** What holds at that time; null if nothing does. */
    @Nullable
    String printed(long now) {
        renew(now);
        if (isPaused && pausedUntil - now > 0) {
            return "paused for " + (pausedUntil - now) / 1_000_000 + " ms";
        }
        return isCounting ? remaining + " left for " + (windowEnd - now) / 1_000_000 + " ms" : null;
    }
}
