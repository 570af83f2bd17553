package io.martlet.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The book as a pool uses it: decisions under a lock, actions outside it, from threads that race. */
class SlotBookThreadsTest {
    private static final int THREADS = 8;
    private static final int REQUESTS = 3_000;
    private static final List<String> KEYS = List.of("A", "B", "C");

    private final SlotBook<String, Connection, CountDownLatch> book =
            new SlotBook<>(new SlotRules(4, 2, 6, Duration.ofSeconds(15), Duration.ZERO, false));
    private final Object lock = new Object();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicReference<Connection> seenLast = new AtomicReference<>(new Connection());

    private static final class Connection {
        final AtomicInteger users = new AtomicInteger();
        final AtomicInteger closings = new AtomicInteger();
    }

    @Test
    void noSlotIsLostAndNoConnectionSharedWhenThreadsRace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                runs.add(threads.submit(() -> {
                    for (int i = 0; i < REQUESTS; i++) {
                        request(random);
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
        SlotStats end = book.stats();
        assertEquals(0, end.active() + end.opening() + end.queued(), end.toString());
        assertEquals(opened.get(), closed.get() + end.idle());
        book.closeAll();
        assertEquals(0, book.stats().keys());
    }

    private void request(Random random) throws InterruptedException {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        CountDownLatch turn = new CountDownLatch(1);
        Decision<Connection> decision = decide(() -> book.ask(key, turn, System.nanoTime()));
        if (decision instanceof Decision.Queued) {
            if (random.nextInt(4) == 0) {
                // Perhaps another thread has named this waiter and is about to wake it.
                act(() -> book.cancel(turn, System.nanoTime()));
                return;
            }
            assertTrue(turn.await(30, TimeUnit.SECONDS), () -> "never woken: " + decide(book::toString));
            decision = decide(() -> book.take(turn, System.nanoTime()));
        }
        if (decision instanceof Decision.Reuse<Connection> reuse) {
            use(reuse.connection(), random);
        } else if (decision instanceof Decision.Open) {
            open(key, random);
        }
    }

    private void open(String key, Random random) {
        if (random.nextInt(8) == 0) {
            act(() -> book.openFailed(key));
            return;
        }
        Connection connection = new Connection();
        opened.incrementAndGet();
        act(() -> book.opened(key, connection, System.nanoTime()));
        use(connection, random);
    }

    private void use(Connection connection, Random random) {
        assertEquals(1, connection.users.incrementAndGet(), "users of one connection");
        assertEquals(0, connection.closings.get(), "used after it was closed");
        Connection other = seenLast.getAndSet(connection);
        if (random.nextInt(4) == 0) {
            act(() -> book.retire(other));
        }
        Thread.yield();
        connection.users.decrementAndGet();
        act(() -> random.nextInt(8) == 0 ? book.discard(connection) : book.release(connection, System.nanoTime()));
    }

    private <T> T decide(Supplier<T> call) {
        T answer;
        synchronized (lock) {
            answer = call.get();
        }
        if (answer instanceof Decision<?> decision) {
            decision.toClose().forEach(connection -> close((Connection) connection));
        }
        return answer;
    }

    private void act(Supplier<Actions<Connection, CountDownLatch>> call) {
        Actions<Connection, CountDownLatch> actions;
        synchronized (lock) {
            actions = call.get();
        }
        actions.toClose().forEach(this::close);
        if (actions.granted() != null) {
            actions.granted().countDown();
        }
    }

    private void close(Connection connection) {
        assertEquals(1, connection.closings.incrementAndGet(), "closings of one connection");
        assertEquals(0, connection.users.get(), "closed while in use");
        closed.incrementAndGet();
    }
}
