package io.martlet.internal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Who may run, where no more than so many may for each host: whoever has to wait for its host is put aside, and others go on.
 * Thread-safe.
 *
 * <p>An element is put aside only because its host is full, so that it is the end of one of this host's, and no other, that
 * lets it run.
 *
 * @param <E> what runs
 */
public final class HostWindow<E> {
    private final int concurrency;
    private final int perHost;
    private final int lookAhead;
    private final Map<String, Host<E>> hosts = new HashMap<>();
    private int running;
    private int aside;

    /**
     * Nothing runs yet.
     *
     * @param concurrency how many run at once
     * @param perHost     how many of these for one host
     * @param lookAhead   how many are put aside
     */
    public HostWindow(int concurrency, int perHost, int lookAhead) {
        this.concurrency = concurrency;
        this.perHost = perHost;
        this.lookAhead = lookAhead;
    }

    /** Whether another element may be taken. */
    public synchronized boolean hasRoom() {
        return running < concurrency && aside < lookAhead;
    }

    /** Takes an element; returns whether it runs now. If not, it is put aside. */
    public synchronized boolean take(String host, E element) {
        Host<E> its = hosts.computeIfAbsent(host, name -> new Host<>());
        if (its.running < perHost) {
            its.running++;
            running++;
            return true;
        }
        its.aside.add(element);
        aside++;
        return false;
    }

    /** One of {@code host} has ended. Returns the one that runs in its place; null: none, and there is a place more. */
    public synchronized @Nullable E next(String host) {
        Host<E> its = hosts.get(host);
        E next = its.aside.poll();
        if (next != null) {
            aside--;
            return next;
        }
        running--;
        its.running--;
        if (its.running == 0) {
            hosts.remove(host);
        }
        return null;
    }

    /** How many run and wait, of how many hosts. */
    @Override
    public synchronized String toString() {
        return running + " of " + concurrency + " running, " + aside + " of " + lookAhead + " aside, " + hosts.size()
                + " hosts";
    }

    private static final class Host<E> {
        final Queue<E> aside = new ArrayDeque<>();
        int running;
    }
}
