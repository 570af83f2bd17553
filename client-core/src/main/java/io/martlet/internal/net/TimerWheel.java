package io.martlet.internal.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers hashed by deadline into slots of {@value #TICK_MILLIS} ms. Pure: the time is an argument, in the terms of
 * {@link System#nanoTime()}, and must not go backwards. Not thread-safe.
 *
 * <p>Arming and cancelling take constant time and no memory. No timer is due early; each is due at most one tick late.
 * A slot is looked at only when it may hold a timer that is due, so far deadlines cost nothing while they wait.
 */
final class TimerWheel {
    static final long NEVER = Long.MAX_VALUE;

    private static final int TICK_MILLIS = 10;
    static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;

    private static final int SLOTS = 512;
    private static final int DUE = SLOTS;

    private final long start;

    /** First timer of each slot; the last list holds those that are due and not taken yet. */
    private final @Nullable Timer[] first = new @Nullable Timer[SLOTS + 1];

    /** For each slot a tick before which none of its timers is due; too early after a cancellation, never too late. */
    private final long[] earliest = new long[SLOTS];

    private long soonest = NEVER;
    private int size;

    TimerWheel(long now) {
        start = now;
        Arrays.fill(earliest, NEVER);
    }

    /**
     * Arms {@code timer}, anew if it was armed, to be due {@code delayNanos} from now; a negative delay is none.
     *
     * @return whether {@link #nanosToNext} has become shorter
     */
    boolean schedule(Timer timer, long now, long delayNanos) {
        cancel(timer);
        timer.tick = tickAfter(now - start, Math.max(delayNanos, 0));
        link(timer, (int) (timer.tick % SLOTS));
        earliest[timer.slot] = Math.min(earliest[timer.slot], timer.tick);
        if (timer.tick >= soonest) {
            return false;
        }
        soonest = timer.tick;
        return true;
    }

    /** The first tick that lies wholly after the deadline: later than all that were polled, and never early. */
    private static long tickAfter(long sinceStart, long delayNanos) {
        long deadline = sinceStart + delayNanos;
        return (deadline < 0 ? Long.MAX_VALUE : deadline) / TICK_NANOS + 1;
    }

    /** Disarms {@code timer}; returns whether it was armed. */
    boolean cancel(Timer timer) {
        if (timer.slot == Timer.NOWHERE) {
            return false;
        }
        unlink(timer);
        return true;
    }

    /** Takes out one timer that is due, in no particular order, or null if there is none. */
    @Nullable
    Timer poll(long now) {
        long tick = (now - start) / TICK_NANOS;
        if (first[DUE] == null && tick >= soonest) {
            collect(tick);
        }
        Timer due = first[DUE];
        if (due != null) {
            unlink(due);
        }
        return due;
    }

    private void collect(long tick) {
        soonest = NEVER;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (earliest[slot] <= tick) {
                earliest[slot] = collect(slot, tick);
            }
            soonest = Math.min(soonest, earliest[slot]);
        }
    }

    /** Moves what is due from {@code slot} to the due ones; returns the earliest tick that stays. */
    private long collect(int slot, long tick) {
        long rest = NEVER;
        Timer timer = first[slot];
        while (timer != null) {
            Timer following = timer.next;
            if (timer.tick <= tick) {
                unlink(timer);
                link(timer, DUE);
            } else {
                rest = Math.min(rest, timer.tick);
            }
            timer = following;
        }
        return rest;
    }

    /**
     * How long {@link #poll} will find nothing: 0 when it may find something now, {@link #NEVER} when no timer is armed.
     * After a cancellation this may be too short once, never too long.
     */
    long nanosToNext(long now) {
        if (first[DUE] != null) {
            return 0;
        }
        if (soonest > Long.MAX_VALUE / TICK_NANOS) {
            return NEVER;
        }
        return Math.max(soonest * TICK_NANOS - (now - start), 0);
    }

    /** How many timers are armed. */
    int size() {
        return size;
    }

    private void link(Timer timer, int slot) {
        Timer head = first[slot];
        timer.slot = slot;
        timer.next = head;
        if (head != null) {
            head.previous = timer;
        }
        first[slot] = timer;
        size++;
    }

    private void unlink(Timer timer) {
        Timer before = timer.previous;
        Timer after = timer.next;
        if (before == null) {
            first[timer.slot] = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        timer.previous = null;
        timer.next = null;
        timer.slot = Timer.NOWHERE;
        size--;
    }

    @Override
    public String toString() {
        return size + (size == 1 ? " timer" : " timers");
    }
}
