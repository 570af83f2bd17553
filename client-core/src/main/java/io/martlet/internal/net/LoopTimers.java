package io.martlet.internal.net;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The timers of one loop, armed and cancelled by any thread, on the system's monotonic clock. */
final class LoopTimers {
    private final TimerWheel wheel = new TimerWheel(System.nanoTime()); // guarded by this
    private final Consumer<Throwable> faults;

    LoopTimers(Consumer<Throwable> faults) {
        this.faults = faults;
    }

    /** Arms {@code timer}; returns whether it is due before all others, so that who sleeps must be woken. */
    synchronized boolean schedule(Timer timer, long delayNanos) {
        return wheel.schedule(timer, System.nanoTime(), delayNanos);
    }

    /** Disarms {@code timer}; returns whether it was armed. */
    synchronized boolean cancel(Timer timer) {
        return wheel.cancel(timer);
    }

    /** See {@link TimerWheel#nanosToNext}. */
    synchronized long nanosToNext(long now) {
        return wheel.nanosToNext(now);
    }

    private synchronized @Nullable Timer poll(long now) {
        return wheel.poll(now);
    }

    /** Lets those expire that are due, each outside of the lock. What they throw is reported. */
    void expire(long now) {
        for (Timer due = poll(now); due != null; due = poll(now)) {
            try {
                due.expired();
            } catch (Throwable e) {
                faults.accept(e);
            }
        }
    }

    @Override
    public synchronized String toString() {
        return wheel.toString();
    }
}
