package io.martlet.internal.pool;

import org.jspecify.annotations.Nullable;

/** The idle connections: of each host, in the order of their last use, and in the order in which they expire. */
final class IdleSlots<K, C, W> {
    private final Chain<Slot<K, C, W>> byUse = new Chain<>();
    private final Heap<Slot<K, C, W>> byExpiry = new Heap<>();

    int size() {
        return byUse.size();
    }

    void add(Slot<K, C, W> slot) {
        slot.host.idle.addLast(slot.inHost);
        byUse.addLast(slot.inUseOrder);
        byExpiry.insert(slot);
    }

    void remove(Slot<K, C, W> slot) {
        slot.host.idle.remove(slot.inHost);
        byUse.remove(slot.inUseOrder);
        byExpiry.remove(slot);
    }

    @Nullable
    Slot<K, C, W> leastRecentlyUsed() {
        return byUse.first();
    }

    @Nullable
    Slot<K, C, W> firstExpired(long now) {
        Slot<K, C, W> first = byExpiry.first();
        return first != null && first.isExpired(now) ? first : null;
    }

    /** 0 if one is due, Long.MAX_VALUE if there is none. */
    long nanosToNextExpiry(long now) {
        Slot<K, C, W> first = byExpiry.first();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.rank - now);
    }
}
