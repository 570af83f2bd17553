package io.martlet.internal.pool;

import java.util.List;

/** The answer to a request that asks for a connection. */
public sealed interface Decision<C> {
    /** Connections that the book has dropped: close them, outside the lock. Mostly empty. */
    default List<C> toClose() {
        return List.of();
    }

    /** Use this connection; answer once with {@link SlotBook#release} or {@link SlotBook#discard}. */
    record Reuse<C>(C connection, List<C> toClose) implements Decision<C> {}

    /**
     * A slot is granted: open a connection, and answer once with {@link SlotBook#opened} or
     * {@link SlotBook#openFailed}.
     */
    record Open<C>(List<C> toClose) implements Decision<C> {}

    /** Wait: {@link Actions#granted} will name the waiter when its turn has come. */
    record Queued<C>(List<C> toClose) implements Decision<C> {}

    /** Fail: {@link SlotRules#maxQueue} requests wait already. */
    record QueueFull<C>(List<C> toClose) implements Decision<C> {}

    /** Fail: the waiter holds nothing; it was cancelled before it took its slot. */
    record Cancelled<C>() implements Decision<C> {}

    /** Fail: {@link SlotBook#closeAll} was called. */
    record Closed<C>() implements Decision<C> {}
}
