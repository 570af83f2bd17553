package io.martlet.internal.pool;

/** What the book knows of one key. As a node it is ranked by the arrival of its first waiter. */
final class Host<K, C, W> extends Heap.Node {
    final K key;
    final Chain<Slot<K, C, W>> idle = new Chain<>();
    final Chain<Waiter<K, C, W>> waiters = new Chain<>();

    /** Open ones: in use, promised or idle. */
    int connections;

    /** Slots without a connection yet. */
    int opening;

    /** Those of {@link #opening} that are promised to a waiter that has not taken them. */
    int untaken;

    Host(K key) {
        this.key = key;
    }

    int slots() {
        return connections + opening;
    }

    boolean isUnused() {
        return slots() == 0 && waiters.isEmpty();
    }
}
