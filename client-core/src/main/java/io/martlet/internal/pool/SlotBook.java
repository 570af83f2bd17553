package io.martlet.internal.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may have a connection, who waits, and which connections are closed.
 *
 * <p><b>Use.</b> A plain state machine: it starts no thread, touches no socket, reads no clock. Every method is to be
 * called under one lock of the caller, and what it answers is to be done outside that lock. {@code now} is
 * System.nanoTime(); small steps backwards, as between threads, do no harm. Keys are compared by equals, connections
 * and waiters by identity.
 *
 * <p><b>A slot</b> is a connection in use, being opened or idle; their number never exceeds {@link SlotRules#limit},
 * nor those of one key {@link SlotRules#limitPerHost}. Each {@link Decision.Open} is answered once by {@link #opened}
 * or {@link #openFailed}; each connection got by {@link Decision.Reuse} or {@link #opened} once by {@link #release} or
 * {@link #discard}, whatever happens to it or to the book in between. Whoever else sees a connection end calls
 * {@link #retire}, at any time.
 *
 * <p><b>Order.</b> By arrival, over all keys: a slot goes to the first waiter who can use it, a newcomer passes nobody
 * who could. Waiters whose key is at limitPerHost hold up no other key. A released connection that the next in turn
 * cannot use, having another key, is closed, and the slot goes on. Idle ones are reused last used first, and evicted
 * the other way round.
 *
 * <p><b>Turns.</b> A waiter is named in {@link Actions#granted} when a slot is kept for it. Until it calls
 * {@link #take} it can be cancelled, and the slot goes to the next.
 *
 * <p><b>Cost.</b> With n idle connections and k keys that have waiters: release, ask, retire and cancel O(log n + log
 * k), openFailed, discard and take O(log k); each connection that ask or expire finds expired O(log n), once; closeAll
 * linear. How many wait does not matter. What is released last mostly expires last and is reused first: then log n is
 * 1. An ask that reuses and a release without waiters allocate nothing.
 *
 * @param <K> what connections must have in common to be interchangeable: origin, TLS settings, server name, proxy
 * @param <C> a connection
 * @param <W> a waiter; waits for one slot at a time
 */
public final class SlotBook<K, C, W> {
    private final SlotRules rules;
    private final long keepNanos;
    private final long maxAgeNanos;
    private final Ledger<K, C, W> ledger;
    private boolean isClosed;

    /** A book without connections. */
    public SlotBook(SlotRules rules) {
        this.rules = rules;
        keepNanos = rules.keepNanos();
        maxAgeNanos = rules.maxAgeNanos();
        ledger = new Ledger<>(rules);
    }

    /**
     * A request asks for a connection: Reuse, Open, Queued, QueueFull or Closed.
     *
     * @throws IllegalStateException if it waits already
     */
    public Decision<C> ask(K key, W waiter, long now) {
        if (isClosed) {
            return new Decision.Closed<>();
        }
        if (isWaiting(waiter)) {
            throw illegal("ask: the waiter waits already");
        }
        List<C> expired = ledger.dropExpired(now);
        Host<K, C, W> known = ledger.hostOf(key);
        Host<K, C, W> host = known == null ? new Host<>(key) : known;
        Slot<K, C, W> slot = host.idle.last();
        if (slot != null) {
            ledger.idle.remove(slot);
            return ledger.reuse(slot, expired);
        }
        // Nobody is passed: those who wait for this key have no room either, and nobody waits for a total that has
        // room.
        if (!ledger.line.hasRoom(host)) {
            return enqueue(host, waiter, expired);
        }
        if (!ledger.isFull()) {
            return ledger.open(host, expired);
        }
        // Nothing had expired, or there would be room now.
        Slot<K, C, W> victim = ledger.idle.leastRecentlyUsed();
        return victim == null ? enqueue(host, waiter, expired) : ledger.open(host, List.of(ledger.evict(victim)));
    }

    /**
     * The connection for this key that was used last, to be answered for as {@link Decision.Reuse}; null where none is
     * idle or it has expired: then {@link #ask}. Nobody waits in consequence, and nothing is closed.
     */
    public @Nullable C reuse(K key, long now) {
        Host<K, C, W> host = ledger.hostOf(key);
        Slot<K, C, W> slot = host == null ? null : host.idle.last();
        if (slot == null || slot.isExpired(now)) {
            return null;
        }
        ledger.idle.remove(slot);
        return ledger.reuse(slot);
    }

    private Decision<C> enqueue(Host<K, C, W> host, W waiter, List<C> expired) {
        if (rules.maxQueue() != 0 && ledger.line.queued() >= rules.maxQueue()) {
            return new Decision.QueueFull<>(expired);
        }
        ledger.enqueue(host, waiter);
        return new Decision.Queued<>(expired);
    }

    /**
     * A waiter named in {@link Actions#granted} takes its slot: Reuse or Open; Cancelled if it was cancelled meanwhile,
     * Closed if the book was closed meanwhile.
     *
     * @throws IllegalStateException if it is still queued
     */
    public Decision<C> take(W waiter, long now) {
        Waiter<K, C, W> entry = ledger.line.find(waiter);
        if (entry == null) {
            return isClosed ? new Decision.Closed<>() : new Decision.Cancelled<>();
        }
        if (entry.isQueued()) {
            throw illegal("take: the waiter is still queued");
        }
        return ledger.take(entry, now);
    }

    /**
     * The connection of a slot is open, and in use. If the book was closed meanwhile, the connection is to be closed.
     *
     * @throws IllegalStateException if nobody has taken a slot to open one for this key, or the connection is known
     *     already
     */
    public Actions<C, W> opened(K key, C connection, long now) {
        Host<K, C, W> host = openingHost("opened", key);
        if (ledger.slotOf(connection) != null) {
            throw illegal("opened: the connection is known already");
        }
        Slot<K, C, W> slot = new Slot<>(host, connection, now + maxAgeNanos);
        ledger.connect(slot);
        slot.isRetired = isClosed;
        return isClosed ? new Actions<>(null, List.of(connection)) : ledger.nothing;
    }

    /**
     * No connection came of a slot.
     *
     * @throws IllegalStateException if nobody has taken a slot to open one for this key
     */
    public Actions<C, W> openFailed(K key) {
        return ledger.freeOpening(openingHost("openFailed", key));
    }

    /** As {@link #release(Object, long, long)}, where the server does not say how long it keeps the connection. */
    public Actions<C, W> release(C connection, long now) {
        return release(connection, now, Long.MAX_VALUE);
    }

    /**
     * A request is done with its connection, and the next one may have it.
     *
     * @param keepAtMost nanoseconds for which the server keeps it idle, zero or less if it does not; the shorter of
     *     this and keepAlive counts
     * @throws IllegalStateException if the connection is not in use
     */
    public Actions<C, W> release(C connection, long now, long keepAtMost) {
        Slot<K, C, W> slot = slotInUse("release", connection);
        slot.keepFor(Math.min(keepNanos, keepAtMost), now);
        return slot.isRetired || slot.isExpired(now) ? ledger.free(slot) : ledger.makeIdle(slot);
    }

    /**
     * A request is done with its connection, and no other one may have it: it is dropped, and to be closed.
     *
     * @throws IllegalStateException if the connection is not in use
     */
    public Actions<C, W> discard(C connection) {
        return ledger.free(slotInUse("discard", connection));
    }

    /**
     * A connection must not carry another request: its end was seen, or bytes that nobody had asked for.
     *
     * <p>If idle it is dropped; if granted to a waiter, it will open one instead; if in use, it is dropped when its
     * request is done with it. A connection that the book does not know, or no longer, is none of its business.
     */
    public Actions<C, W> retire(C connection) {
        Slot<K, C, W> slot = ledger.slotOf(connection);
        if (slot == null) {
            return ledger.nothing;
        }
        if (slot.isIdle()) {
            ledger.idle.remove(slot);
            return ledger.free(slot);
        }
        if (slot.promisedTo != null) {
            return new Actions<>(null, List.of(ledger.openInstead(slot.promisedTo, slot)));
        }
        slot.isRetired = true;
        return ledger.nothing;
    }

    /**
     * A waiter gives up: it leaves the queue, or what it was granted and has not taken goes to the next one.
     *
     * <p>Does nothing if it does not wait, so that a time limit and a cancellation may both come, or come too late.
     * Whoever must know asks {@link #isWaiting} first.
     */
    public Actions<C, W> cancel(W waiter, long now) {
        Waiter<K, C, W> entry = ledger.line.find(waiter);
        return entry == null ? ledger.nothing : ledger.cancel(entry, now);
    }

    /** Whether it is queued, or was granted a slot that it has not taken. */
    public boolean isWaiting(W waiter) {
        return ledger.line.find(waiter) != null;
    }

    /** Drops the idle connections that have expired. */
    public Actions<C, W> expire(long now) {
        List<C> expired = ledger.dropExpired(now);
        return expired.isEmpty() ? ledger.nothing : new Actions<>(null, expired);
    }

    /** Nanoseconds until {@link #expire} has something to do: 0 if it has now, Long.MAX_VALUE if nothing is idle. */
    public long nanosToNextExpiry(long now) {
        return ledger.idle.nanosToNextExpiry(now);
    }

    /**
     * Ends the book: nothing is idle, nobody waits, and every {@link #ask} is answered with Closed.
     *
     * <p>Connections in use are to be closed as well, and count until their requests are done with them; those being
     * opened count until they are opened or failed. A second call finds nothing.
     */
    public Closing<C, W> closeAll() {
        if (isClosed) {
            return new Closing<>(List.of(), List.of());
        }
        isClosed = true;
        return ledger.closeAll();
    }

    /** The book in numbers, as they are now. */
    public SlotStats stats() {
        return ledger.stats();
    }

    /**
     * What a request that waits for {@code key} is waiting for, as errors say it: {@code 100 of 100 in use, 7 waiting},
     * or {@code 10 of 10 in use for this host, 7 waiting} if it is the limit of the host that holds it up.
     */
    public String usage(K key) {
        Host<K, C, W> host = ledger.hostOf(key);
        if (host != null && !ledger.line.hasRoom(host)) {
            return host.slots() + " of " + rules.limitPerHost() + " in use for this host, " + host.waiters.size()
                    + " waiting";
        }
        SlotStats now = stats();
        String limit = rules.limit() == 0 ? "unlimited" : Integer.toString(rules.limit());
        return now.active() + now.opening() + " of " + limit + " in use, " + now.queued() + " waiting";
    }

    /** As {@code Requests: 1 active, 0 queued | Connections: 1 active, 0 opening, 2 idle}. */
    @Override
    public String toString() {
        return stats().toString();
    }

    private Host<K, C, W> openingHost(String call, K key) {
        Host<K, C, W> host = ledger.hostOf(key);
        if (host == null || host.opening == host.untaken) {
            throw illegal(call + ": nobody has taken a slot to open a connection for this key");
        }
        return host;
    }

    private Slot<K, C, W> slotInUse(String call, C connection) {
        Slot<K, C, W> slot = ledger.slotOf(connection);
        if (slot == null) {
            throw illegal(call + ": the book does not know the connection, or no longer");
        }
        if (slot.isIdle()) {
            throw illegal(call + ": the connection is idle already");
        }
        if (slot.promisedTo != null) {
            throw illegal(call + ": the connection is granted to a waiter that has not taken it");
        }
        return slot;
    }

    private IllegalStateException illegal(String wrong) {
        return new IllegalStateException(wrong + " (" + this + ")");
    }
}
