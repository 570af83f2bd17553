package io.martlet.samples.fetch.trace;

import io.martlet.http.Attribute;
import io.martlet.http.ClientRequest;
import io.martlet.trace.TraceEvent;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is heard of the requests for one URL: redirects, retries and answers to challenges are requests of their own. The
 * listener hears of them a little after they happened, so whoever wants to know waits until it has. Thread-safe.
 */
public final class CallTrace {
    /** What the requests for one URL carry along. */
    public static final Attribute<CallTrace> OF_REQUEST = new Attribute<>("martlet.fetch.trace");

    /** The listener is late by less than this; where its session is closed it may hear nothing any more. */
    private static final long MAX_WAIT_MILLIS = 2_000;

    private final long index;

    // All guarded by this.
    private final List<Hop> hops = new ArrayList<>();
    private @Nullable Predicate<? super Hop> awaited;
    private @Nullable CompletableFuture<Void> waiting;

    /** Of the URL with that place among all, from 0. */
    public CallTrace(long index) {
        this.index = index;
    }

    public long index() {
        return index;
    }

    /** Hears of an event; {@code tls} is that of the connection, null if there is none or that is not known yet. */
    synchronized void on(ClientRequest request, TraceEvent event, TraceEvent.@Nullable Secured tls) {
        if (event instanceof TraceEvent.Started) {
            hops.add(new Hop(request, event.nanos()));
        }
        if (hops.isEmpty()) {
            return;
        }
        Hop hop = hops.get(hops.size() - 1);
        hop.on(event, tls);
        if (waiting != null && awaited != null && hop.hasEnded() && awaited.test(hop)) {
            waiting.complete(null);
        }
    }

    /** Completes when the last of a request for which {@code isLast} holds was heard, or after a moment. */
    public synchronized CompletableFuture<Void> heard(Predicate<? super Hop> isLast) {
        Hop last = last();
        if (last != null && last.hasEnded() && isLast.test(last)) {
            return CompletableFuture.completedFuture(null);
        }
        awaited = isLast;
        waiting = new CompletableFuture<Void>().completeOnTimeout(null, MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        return waiting;
    }

    /** Which address here the last request has; null if it has no connection. */
    synchronized @Nullable InetSocketAddress local() {
        Hop last = last();
        return last == null ? null : last.local();
    }

    /** All requests whose end was heard, in their order. */
    public synchronized List<Hop> hops() {
        return hops.stream().filter(Hop::hasEnded).toList();
    }

    private @Nullable Hop last() {
        return hops.isEmpty() ? null : hops.get(hops.size() - 1);
    }
}
