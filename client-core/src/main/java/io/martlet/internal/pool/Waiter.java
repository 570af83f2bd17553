package io.martlet.internal.pool;

import org.jspecify.annotations.Nullable;

/** A request that waits: queued, or granted a slot that it has not taken yet. */
final class Waiter<K, C, W> {
    final W token;
    final Host<K, C, W> host;
    final long arrival;
    final Chain.Link<Waiter<K, C, W>> inHost = new Chain.Link<>(this);

    /** The connection that it was granted; null while queued, and if it was granted a slot to open one. */
    @Nullable
    Slot<K, C, W> slot;

    Waiter(W token, Host<K, C, W> host, long arrival) {
        this.token = token;
        this.host = host;
        this.arrival = arrival;
    }

    boolean isQueued() {
        return inHost.isChained();
    }
}
