package io.martlet.internal.download;

import java.util.function.LongSupplier;

/**
 * When the state of a download is to be written: after so many bytes, or a second after it was the last time, whatever is
 * first. A disk that is slow at it is left alone for longer, so that a twentieth of the time goes there at the most. Not
 * thread-safe.
 */
final class SavePoint {
    private static final long INTERVAL_NANOS = 1_000_000_000;
    private static final long TIMES_AS_LONG = 20;

    private final long step;
    private final LongSupplier nanoClock;

    private long unsaved;
    private long due;
    private long begun;

    /**
     * @param step      after how many bytes it is due
     * @param nanoClock what time passes by, in nanoseconds from any point in time
     */
    SavePoint(long step, LongSupplier nanoClock) {
        this.step = step;
        this.nanoClock = nanoClock;
        due = nanoClock.getAsLong() + INTERVAL_NANOS;
    }

    /** So many bytes were written; returns whether it is due. */
    boolean isDueAfter(long bytes) {
        unsaved += bytes;
        return unsaved >= step || nanoClock.getAsLong() - due >= 0;
    }

    /** It is being written now. */
    void begin() {
        unsaved = 0;
        begun = nanoClock.getAsLong();
    }

    /** It is written. */
    void end() {
        long now = nanoClock.getAsLong();
        due = now + Math.max(INTERVAL_NANOS, TIMES_AS_LONG * (now - begun));
    }

    /** There is nothing more to write. */
    void reset() {
        unsaved = 0;
    }
}
