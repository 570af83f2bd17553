package io.martlet.internal.wire;

import io.martlet.internal.net.EventLoop;
import io.martlet.internal.net.Timer;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one timer of a connection. It stays armed from one exchange to the next and looks at the limits when it is due:
 * where each exchange has the same limits, arming it costs nothing but a comparison.
 */
final class ConnectionClock extends Timer {
    private final EventLoop loop;
    private final Runnable check;
    private volatile boolean isArmed;
    private volatile long dueAt;

    /** @param check runs when it is due, on the loop's thread, and perhaps too early: it looks at the time itself */
    ConnectionClock(EventLoop loop, Runnable check) {
        this.loop = loop;
        this.check = check;
    }

    /** Sees to it that {@code check} runs in so many nanoseconds, or earlier. Any thread. */
    void watch(long nanosLeft, long now) {
        if (nanosLeft == ExchangeLimits.NEVER || isArmedFor(now + nanosLeft)) {
            return;
        }
        synchronized (this) {
            if (isArmedFor(now + nanosLeft)) {
                return;
            }
            dueAt = now + nanosLeft;
            isArmed = true;
            try {
                loop.schedule(this, nanosLeft);
            } catch (RejectedExecutionException e) {
                // The loop is closed, and with it the connection: whoever waits hears of that.
            }
        }
    }

    private boolean isArmedFor(long due) {
        return isArmed && due - dueAt >= 0;
    }

    /** It is not needed any more. */
    void stop() {
        loop.cancel(this);
    }

    @Override
    protected void expired() {
        isArmed = false;
        check.run();
    }
}
