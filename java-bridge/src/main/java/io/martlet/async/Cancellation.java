package io.martlet.async;

import org.jspecify.annotations.Nullable;

/**
 * The way back from a future to what has to end with it: its own call, if it has one, and whatever the future it was
 * derived from has to end. Cancels at most once, whether the call becomes known before or after.
 */
final class Cancellation {
    private final @Nullable Cancellation upstream;
    private @Nullable Runnable call;
    private boolean cancelled;

    Cancellation(@Nullable Cancellation upstream) {
        this.upstream = upstream;
    }

    /** Says what to run when cancelled; runs it at once if that has happened already. */
    void onCancel(Runnable cancelCall) {
        synchronized (this) {
            if (!cancelled) {
                call = cancelCall;
                return;
            }
        }
        cancelCall.run();
    }

    void cancel() {
        Runnable toRun;
        synchronized (this) {
            toRun = call;
            call = null;
            cancelled = true;
        }
        if (toRun != null) {
            toRun.run();
        }
        if (upstream != null) {
            upstream.cancel();
        }
    }
}
