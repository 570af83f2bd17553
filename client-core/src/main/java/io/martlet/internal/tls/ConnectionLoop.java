package io.martlet.internal.tls;

import io.martlet.internal.net.EventLoop;
import io.martlet.internal.net.Timer;
import java.util.concurrent.RejectedExecutionException;

/** The loop of a connection, as far as its TLS uses it. In tests, the test itself. */
interface ConnectionLoop {
    /** Runs {@code step} on the loop's thread; on the calling one if the loop is closed, which runs nothing any more. */
    void run(Runnable step);

    /** As {@link EventLoop#schedule}. */
    void schedule(Timer timer, long delayNanos);

    static ConnectionLoop of(EventLoop loop) {
        return new ConnectionLoop() {
            @Override
            public void run(Runnable step) {
                try {
                    loop.execute(step);
                } catch (RejectedExecutionException e) {
                    step.run();
                }
            }

            @Override
            public void schedule(Timer timer, long delayNanos) {
                loop.schedule(timer, delayNanos);
            }
        };
    }
}
