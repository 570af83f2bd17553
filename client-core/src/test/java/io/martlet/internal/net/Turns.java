package io.martlet.internal.net;

import java.util.concurrent.CompletableFuture;

/** Counts how busy a loop is while it should be idle. */
final class Turns {
    private Turns() {}

    /** How often {@code loop} turned in so many nanoseconds, which another loop measures. */
    static long during(EventLoop loop, long nanos) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (EventLoop clock = new EventLoop((thread, fault) -> over.completeExceptionally(fault))) {
            long before = loop.turns();
            clock.schedule(
                    new Timer() {
                        @Override
                        protected void expired() {
                            over.complete(null);
                        }
                    },
                    nanos);
            Await.result(over);
            return loop.turns() - before;
        }
    }
}
