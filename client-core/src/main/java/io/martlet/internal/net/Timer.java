package io.martlet.internal.net;

import org.jspecify.annotations.Nullable;

/**
 * Something that may be due at a time: extended by whoever waits, and armed as often as needed, without allocation.
 *
 * <p>A timer belongs to the one {@link EventLoop} it was last scheduled on; it may move to another when it is not armed.
 */
public abstract class Timer {
    static final int NOWHERE = -1;

    // All of it is guarded by the wheel's owner.
    int slot = NOWHERE;
    long tick;

    @Nullable
    Timer previous;

    @Nullable
    Timer next;

    /** Makes a timer that is not armed. */
    protected Timer() {}

    /**
     * Called once per arming when the time has come, on the loop's thread; must not block. It may arm the timer again.
     *
     * <p>When another thread cancels or re-arms at this very moment, it may be too late: what this does must depend on
     * the state of its owner, not on the call alone.
     */
    protected abstract void expired();
}
