package io.martlet.internal.net;

import io.martlet.config.Resolver;
import io.martlet.internal.net.DnsTable.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks up hosts by a {@link Resolver}, once for all who ask at the same time, and remembers the answers for a while.
 *
 * <p>All methods may be called from any thread, and return at once.
 */
public final class DnsCache implements AutoCloseable {
    /** How long it is kept that a look-up failed: for the rest of a burst, no more. */
    private static final long NEGATIVE_TTL_NANOS = 1_000_000_000;

    /** How many hosts are kept. */
    public static final int MAX_ENTRIES = 1000;

    /** Longer than any process lives, and short enough to be calculated with. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private static final Answer CLOSED = new Answer(List.of(), new IOException("the session is closed"));

    private final Resolver resolver;
    private final Executor threads;
    private final LongSupplier clock;

    // Guarded by this.
    private final DnsTable table;
    private final Map<String, LookUp> underWay = new HashMap<>();
    private boolean closed;

    /** A cache that keeps addresses for {@code ttl}, zero for none; {@code resolver} is called on {@code threads}. */
    public DnsCache(Resolver resolver, Executor threads, Duration ttl) {
        this(resolver, threads, table(ttl), System::nanoTime);
    }

    private static DnsTable table(Duration ttl) {
        long nanos = ttl.compareTo(LONGEST) < 0 ? ttl.toNanos() : LONGEST.toNanos();
        return new DnsTable(nanos, Math.min(nanos, NEGATIVE_TTL_NANOS), MAX_ENTRIES);
    }

    DnsCache(Resolver resolver, Executor threads, DnsTable table, LongSupplier clock) {
        this.resolver = resolver;
        this.threads = threads;
        this.table = table;
        this.clock = clock;
    }

    /**
     * The addresses of {@code host}, at least one, best first; where there are several, each use begins with another.
     *
     * <p>IP addresses are returned as they are. The future fails with an {@link UnknownHostException} that names the host
     * and the reason. Cancelling it ends the waiting of this caller only: others still get their answer. A look-up that
     * nobody waits for any more is dropped if it has not begun; if it has, who asks next joins it.
     *
     * @param host as in a URL: an IPv6 address in brackets
     */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        try {
            InetAddress literal = HostLiteral.parse(host);
            return literal == null ? lookUp(host) : CompletableFuture.completedFuture(List.of(literal));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<List<InetAddress>> lookUp(String host) {
        CompletableFuture<List<InetAddress>> waiter = new CompletableFuture<>();
        LookUp lookUp;
        boolean isNew;
        synchronized (this) {
            Answer known = closed ? CLOSED : table.find(host, clock.getAsLong());
            if (known != null) {
                tell(waiter, host, known);
                return waiter;
            }
            isNew = !underWay.containsKey(host);
            lookUp = underWay.computeIfAbsent(host, LookUp::new);
            lookUp.waiters.add(waiter);
        }
        waiter.whenComplete((addresses, error) -> leave(lookUp, waiter));
        if (isNew) {
            begin(lookUp);
        }
        return waiter;
    }

    private synchronized void leave(LookUp lookUp, CompletableFuture<List<InetAddress>> waiter) {
        lookUp.waiters.remove(waiter);
    }

    private void begin(LookUp lookUp) {
        try {
            threads.execute(() -> ask(lookUp));
        } catch (RejectedExecutionException e) {
            done(lookUp, new Answer(List.of(), e));
        }
    }

    private void ask(LookUp lookUp) {
        synchronized (this) {
            if (lookUp.waiters.isEmpty()) {
                underWay.remove(lookUp.host, lookUp);
                return;
            }
        }
        try {
            CompletionStage<List<InetAddress>> stage = resolver.resolve(lookUp.host);
            stage.whenComplete((addresses, error) -> done(lookUp, answer(addresses, error)));
        } catch (Throwable e) {
            done(lookUp, new Answer(List.of(), e));
        }
    }

    private static Answer answer(@Nullable List<InetAddress> addresses, @Nullable Throwable error) {
        if (error != null) {
            return new Answer(List.of(), error);
        }
        if (addresses == null || addresses.isEmpty()) {
            return new Answer(List.of(), new UnknownHostException("it has no address"));
        }
        try {
            return new Answer(addresses, null);
        } catch (NullPointerException e) {
            return new Answer(List.of(), e);
        }
    }

    private void done(LookUp lookUp, Answer answer) {
        List<CompletableFuture<List<InetAddress>>> waiters;
        synchronized (this) {
            if (!underWay.remove(lookUp.host, lookUp)) {
                return;
            }
            waiters = List.copyOf(lookUp.waiters);
            if (!closed) {
                table.put(lookUp.host, answer, waiters.size(), clock.getAsLong());
            }
        }
        for (int i = 0; i < waiters.size(); i++) {
            tell(waiters.get(i), lookUp.host, answer.rotated(i));
        }
    }

    private static void tell(CompletableFuture<List<InetAddress>> waiter, String host, Answer answer) {
        Throwable failure = answer.failure();
        if (failure == null) {
            waiter.complete(answer.addresses());
        } else {
            waiter.completeExceptionally(unknown(host, failure));
        }
    }

    /** One for each who waits: exceptions can be changed by those who get them. */
    private static UnknownHostException unknown(String host, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        UnknownHostException result = new UnknownHostException(reason.startsWith(host) ? reason : host + ": " + reason);
        result.initCause(cause);
        return result;
    }

    /** Forgets all answers; look-ups under way go on. */
    public synchronized void clear() {
        table.clear();
    }

    /** Fails all who wait, and who ask from now on. Idempotent. The threads are not this cache's to close. */
    @Override
    public void close() {
        List<LookUp> left;
        synchronized (this) {
            closed = true;
            table.clear();
            left = List.copyOf(underWay.values());
        }
        left.forEach(lookUp -> done(lookUp, CLOSED));
    }

    /** What is known, and what is being looked up. */
    @Override
    public synchronized String toString() {
        return "known: " + table + "; under way: " + String.join(", ", underWay.keySet());
    }

    private static final class LookUp {
        private final String host;
        private final Set<CompletableFuture<List<InetAddress>>> waiters = new LinkedHashSet<>();

        LookUp(String host) {
            this.host = host;
        }
    }
}
