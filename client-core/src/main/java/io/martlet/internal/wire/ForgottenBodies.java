package io.martlet.internal.wire;

import io.martlet.internal.net.EventLoop;
import io.martlet.internal.net.Timer;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds responses that nobody can read or close any more, because they were dropped, and gives up their connections: a
 * mistake in a program shall not use up the pool. How long that takes is for the garbage collector to say.
 */
final class ForgottenBodies extends Timer {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenBodies.class);
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final EventLoop home;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();
    private volatile boolean isArmed;
    private boolean hasWarned; // the loop's

    /** @param home has the timer that looks for them */
    ForgottenBodies(EventLoop home) {
        this.home = home;
    }

    private static final class Watch extends PhantomReference<Object> {
        private final Exchange exchange;

        Watch(Object body, Exchange exchange, ReferenceQueue<Object> dropped) {
            super(body, dropped);
            this.exchange = exchange;
        }
    }

    /** Sees to it that {@code exchange} is given up if {@code body}, its only reader, is dropped before it is over. */
    void watch(Object body, Exchange exchange) {
        watches.add(new Watch(body, exchange, dropped));
        if (!isArmed) {
            arm();
        }
    }

    private void arm() {
        isArmed = true;
        try {
            home.schedule(this, PERIOD_NANOS);
        } catch (RejectedExecutionException e) {
            // The engine is closed, and its connections with it.
        }
    }

    @Override
    protected void expired() {
        isArmed = false;
        for (Object watch = dropped.poll(); watch != null; watch = dropped.poll()) {
            giveUp(((Watch) watch).exchange);
        }
        watches.removeIf(watch -> watch.exchange.isOver());
        if (!watches.isEmpty()) {
            arm();
        }
    }

    private void giveUp(Exchange exchange) {
        if (exchange.isOver()) {
            return;
        }
        exchange.abandon();
        if (!hasWarned) {
            hasWarned = true;
            LOG.warn(
                    "A response from {} was dropped without being closed, and its connection is given up. Further ones"
                            + " are not reported",
                    exchange.request().url().origin());
        }
    }
}
