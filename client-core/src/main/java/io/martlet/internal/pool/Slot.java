package io.martlet.internal.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open connection: idle, promised to a waiter, or in use. As a node it is ranked by the time when it expires. */
final class Slot<K, C, W> extends Heap.Node {
    final Host<K, C, W> host;
    final C connection;

    /** The answer that gives it away; kept, so that reuse allocates nothing. */
    final Decision<C> reuse;

    final Chain.Link<Slot<K, C, W>> inHost = new Chain.Link<>(this);
    final Chain.Link<Slot<K, C, W>> inUseOrder = new Chain.Link<>(this);

    /** The waiter that was granted it and has not taken it yet. */
    @Nullable
    Waiter<K, C, W> promisedTo;

    /** True once it must not be given to another request. */
    boolean isRetired;

    private final long tooOldAt;

    Slot(Host<K, C, W> host, C connection, long tooOldAt) {
        this.host = host;
        this.connection = connection;
        this.tooOldAt = tooOldAt;
        reuse = new Decision.Reuse<>(connection, List.of());
    }

    boolean isIdle() {
        return inHost.isChained();
    }

    /** Sets when it expires, if it stays idle from now on. */
    void keepFor(long nanos, long now) {
        rank = tooOldAt - now < nanos ? tooOldAt : now + nanos;
    }

    boolean isExpired(long now) {
        return rank - now <= 0;
    }
}
