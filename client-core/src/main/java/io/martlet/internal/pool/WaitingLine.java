package io.martlet.internal.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, in order of arrival.
 *
 * <p>Each host has a queue of its own; those hosts whose first waiter could go if there were room in the total are kept
 * in a heap by its arrival. So the next in turn is found without passing those whose hosts are at their limit.
 */
final class WaitingLine<K, C, W> {
    /** A table that a burst has made larger than this is dropped when the burst is over. */
    private static final int SMALL = 1_000;

    private final int limitPerHost;
    private final Heap<Host<K, C, W>> ready = new Heap<>();
    private Map<W, Waiter<K, C, W>> waiters = new IdentityHashMap<>();
    private int mostWaiters;
    private int queued;
    private long arrivals;

    WaitingLine(int limitPerHost) {
        this.limitPerHost = limitPerHost;
    }

    int queued() {
        return queued;
    }

    /** Null if it is neither queued nor granted something that it has not taken. */
    @Nullable
    Waiter<K, C, W> find(W token) {
        // The identity hash of a fresh token is not free.
        return waiters.isEmpty() ? null : waiters.get(token);
    }

    void join(Host<K, C, W> host, W token) {
        Waiter<K, C, W> waiter = new Waiter<>(token, host, arrivals++);
        waiters.put(token, waiter);
        mostWaiters = Math.max(mostWaiters, waiters.size());
        host.waiters.addLast(waiter.inHost);
        queued++;
        update(host);
    }

    /** Who goes next if there is room in the total; null if nobody could. */
    @Nullable
    Waiter<K, C, W> next() {
        Host<K, C, W> host = ready.first();
        return host == null ? null : host.waiters.first();
    }

    /** Takes a waiter out of the queue; it stays known until {@link #forget}. */
    void dequeue(Waiter<K, C, W> waiter) {
        waiter.host.waiters.remove(waiter.inHost);
        queued--;
        update(waiter.host);
    }

    void forget(Waiter<K, C, W> waiter) {
        waiters.remove(waiter.token);
        if (waiters.isEmpty() && mostWaiters > SMALL) {
            waiters = new IdentityHashMap<>();
            mostWaiters = 0;
        }
    }

    /** To be called when the slots or the idle connections of the host have changed. */
    void update(Host<K, C, W> host) {
        Waiter<K, C, W> first = host.waiters.first();
        boolean isReady = first != null && hasRoom(host);
        if (host.isInHeap() && !(isReady && host.rank == first.arrival)) {
            ready.remove(host);
        }
        if (isReady && !host.isInHeap()) {
            host.rank = first.arrival;
            ready.insert(host);
        }
    }

    boolean hasRoom(Host<K, C, W> host) {
        return limitPerHost == 0 || host.slots() < limitPerHost || !host.idle.isEmpty();
    }

    /** All who are known, in order of arrival. */
    List<Waiter<K, C, W>> all() {
        List<Waiter<K, C, W>> all = new ArrayList<>(waiters.values());
        all.sort(Comparator.comparingLong(waiter -> waiter.arrival));
        return all;
    }
}
