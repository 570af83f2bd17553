package io.martlet.internal.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link SlotBook}, and the steps in which they change; which step when is for the book to say.
 *
 * <p>Between two calls of the book no waiter could go: either its key has no room, or the total has none and nothing is
 * idle. So one slot that becomes free lets at most one waiter go, and while anything is idle only keys without room
 * wait.
 */
final class Ledger<K, C, W> {
    final IdleSlots<K, C, W> idle = new IdleSlots<>();
    final WaitingLine<K, C, W> line;
    final Actions<C, W> nothing = new Actions<>(null, List.of());

    private final int limit;
    private final Map<K, Host<K, C, W>> hosts = new HashMap<>();
    private final Map<C, Slot<K, C, W>> slots = new IdentityHashMap<>();
    private final Decision<C> open = new Decision.Open<>(List.of());
    private int opening;

    private long opened;
    private long reused;
    private long evicted;
    private long expired;

    Ledger(SlotRules rules) {
        limit = rules.limit();
        line = new WaitingLine<>(rules.limitPerHost());
    }

    @Nullable
    Host<K, C, W> hostOf(K key) {
        return hosts.get(key);
    }

    @Nullable
    Slot<K, C, W> slotOf(C connection) {
        return slots.get(connection);
    }

    boolean isFull() {
        return limit != 0 && slots.size() + opening >= limit;
    }

    /** One more request waits. */
    void enqueue(Host<K, C, W> host, W token) {
        hosts.put(host.key, host);
        line.join(host, token);
    }

    /** A connection that nobody uses is taken. */
    C reuse(Slot<K, C, W> slot) {
        reused++;
        return slot.connection;
    }

    /** The same, as a decision. */
    Decision<C> reuse(Slot<K, C, W> slot, List<C> close) {
        reuse(slot);
        return close.isEmpty() ? slot.reuse : new Decision.Reuse<>(slot.connection, close);
    }

    /** A free slot is taken, to open a connection. */
    Decision<C> open(Host<K, C, W> host, List<C> close) {
        addOpening(host);
        return close.isEmpty() ? open : new Decision.Open<>(close);
    }

    /** The connection of an opening slot is there. */
    void connect(Slot<K, C, W> slot) {
        removeOpening(slot.host);
        slot.host.connections++;
        slots.put(slot.connection, slot);
        opened++;
    }

    /** An opening slot is free again. */
    Actions<C, W> freeOpening(Host<K, C, W> host) {
        removeOpening(host);
        settle(host);
        return grantFree(List.of());
    }

    /** A connection is gone, and its slot free again. */
    Actions<C, W> free(Slot<K, C, W> slot) {
        return grantFree(List.of(forget(slot)));
    }

    /** A connection that nobody uses is granted to the next in turn; or its slot is; or it becomes idle. */
    Actions<C, W> makeIdle(Slot<K, C, W> slot) {
        idle.add(slot);
        line.update(slot.host);
        Waiter<K, C, W> next = line.next();
        if (next == null) {
            return nothing;
        }
        if (next.host != slot.host) {
            // All slots are taken, or the next in turn would not be waiting.
            return grantFree(List.of(evict(slot)));
        }
        idle.remove(slot);
        slot.promisedTo = next;
        next.slot = slot;
        line.dequeue(next);
        return new Actions<>(next.token, List.of());
    }

    /** An idle connection has to go for the sake of another key. */
    C evict(Slot<K, C, W> slot) {
        evicted++;
        idle.remove(slot);
        return forget(slot);
    }

    /** Idle connections that have expired are gone. No waiter has a use for their slots. */
    List<C> dropExpired(long now) {
        Slot<K, C, W> slot = idle.firstExpired(now);
        if (slot == null) {
            return List.of();
        }
        List<C> dropped = new ArrayList<>();
        for (; slot != null; slot = idle.firstExpired(now)) {
            expired++;
            idle.remove(slot);
            dropped.add(forget(slot));
        }
        return dropped;
    }

    /** A waiter takes what was granted to it. */
    Decision<C> take(Waiter<K, C, W> waiter, long now) {
        List<C> close = List.of();
        if (waiter.slot != null && waiter.slot.isExpired(now)) {
            expired++;
            close = List.of(openInstead(waiter, waiter.slot));
        }
        line.forget(waiter);
        if (waiter.slot == null) {
            waiter.host.untaken--;
            return close.isEmpty() ? open : new Decision.Open<>(close);
        }
        waiter.slot.promisedTo = null;
        return reuse(waiter.slot, close);
    }

    /** The connection granted to a waiter is gone: it is granted the slot, to open another. */
    C openInstead(Waiter<K, C, W> waiter, Slot<K, C, W> slot) {
        waiter.slot = null;
        waiter.host.untaken++;
        addOpening(waiter.host);
        return forget(slot);
    }

    /** A waiter gives up. */
    Actions<C, W> cancel(Waiter<K, C, W> waiter, long now) {
        line.forget(waiter);
        if (waiter.isQueued()) {
            line.dequeue(waiter);
            settle(waiter.host);
            return nothing;
        }
        Slot<K, C, W> slot = waiter.slot;
        if (slot == null) {
            waiter.host.untaken--;
            return freeOpening(waiter.host);
        }
        slot.promisedTo = null;
        if (!slot.isExpired(now)) {
            return makeIdle(slot);
        }
        expired++;
        return free(slot);
    }

    /** Nobody waits any more, nothing is idle, and what is in use will not be. */
    Closing<C, W> closeAll() {
        List<C> connections = new ArrayList<>(slots.keySet());
        List<W> waiters = new ArrayList<>();
        for (Waiter<K, C, W> waiter : line.all()) {
            waiters.add(waiter.token);
            fail(waiter);
        }
        for (Slot<K, C, W> slot = idle.leastRecentlyUsed(); slot != null; slot = idle.leastRecentlyUsed()) {
            idle.remove(slot);
            forget(slot);
        }
        slots.values().forEach(slot -> slot.isRetired = true);
        return new Closing<>(connections, waiters);
    }

    private void fail(Waiter<K, C, W> waiter) {
        line.forget(waiter);
        if (waiter.isQueued()) {
            line.dequeue(waiter);
        } else if (waiter.slot != null) {
            forget(waiter.slot);
        } else {
            waiter.host.untaken--;
            removeOpening(waiter.host);
        }
        settle(waiter.host);
    }

    /** A slot is free: it is for the next in turn, to open a connection. */
    private Actions<C, W> grantFree(List<C> close) {
        Waiter<K, C, W> next = line.next();
        if (next == null) {
            return close.isEmpty() ? nothing : new Actions<>(null, close);
        }
        addOpening(next.host);
        next.host.untaken++;
        line.dequeue(next);
        return new Actions<>(next.token, close);
    }

    private void addOpening(Host<K, C, W> host) {
        hosts.put(host.key, host);
        host.opening++;
        opening++;
    }

    private void removeOpening(Host<K, C, W> host) {
        host.opening--;
        opening--;
    }

    private C forget(Slot<K, C, W> slot) {
        slots.remove(slot.connection);
        slot.host.connections--;
        settle(slot.host);
        return slot.connection;
    }

    /** The host has less than before: perhaps room for a waiter, perhaps nothing at all. */
    private void settle(Host<K, C, W> host) {
        line.update(host);
        if (host.isUnused()) {
            hosts.remove(host.key);
        }
    }

    SlotStats stats() {
        int active = slots.size() - idle.size();
        return new SlotStats(
                active, opening, idle.size(), line.queued(), hosts.size(), opened, reused, evicted, expired);
    }
}
