package io.martlet.internal.net;

/**
 * Keeps a loop from burning a processor when its selector returns again and again without a reason: a broken channel, a
 * bug of the platform. Pure.
 */
final class SpinGuard {
    /** So many idle turns in a row are nothing: a wakeup that came late, a deadline rounded to milliseconds. */
    private static final int PATIENCE = 64;

    private static final long PAUSE_NANOS = 1_000_000;
    private static final int MAX_PAUSES = 10;

    private int idleTurns;

    /**
     * Counts a turn of the loop.
     *
     * @param hadReason whether the selector found a channel ready, was woken, or waited as long as it was told
     * @return how long to pause in nanoseconds before the next turn, mostly 0; the longer it lasts, the longer, to 10 ms
     */
    long turn(boolean hadReason) {
        if (hadReason) {
            idleTurns = 0;
            return 0;
        }
        idleTurns = Math.min(idleTurns + 1, PATIENCE + MAX_PAUSES);
        return Math.max(idleTurns - PATIENCE, 0) * PAUSE_NANOS;
    }
}
