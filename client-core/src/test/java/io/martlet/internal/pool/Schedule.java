package io.martlet.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A random sequence of calls, made to a {@link SlotBook} and to a {@link NaiveBook}, before a {@link Witness}. */
final class Schedule {
    private static final List<String> KEYS = List.of("A", "B", "C", "D");

    private final Random random;
    private final SlotRules rules;
    private final SlotBook<String, String, String> book;
    private final NaiveBook naive;
    private final Witness witness;
    private final List<String> connections = new ArrayList<>();
    private final List<String> waiters = new ArrayList<>();
    private final int keys;
    private long now;
    private String call = "";

    Schedule(long seed) {
        random = new Random(seed);
        keys = 1 + random.nextInt(KEYS.size());
        now = Long.MAX_VALUE - random.nextInt(400);
        rules = new SlotRules(
                random.nextInt(6),
                random.nextInt(4),
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(9),
                Duration.ofNanos(random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(40)),
                Duration.ofNanos(random.nextInt(3) == 0 ? 1 + random.nextInt(80) : 0),
                random.nextInt(20) == 0);
        book = new SlotBook<>(rules);
        naive = new NaiveBook(rules);
        witness = new Witness(rules);
    }

    /** Makes so many random calls, then brings everything to its end. */
    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            now += random.nextInt(3) == 0 ? random.nextInt(12) - 1 : 0;
            step();
            check();
        }
        drain();
    }

    private void step() {
        int dice = random.nextInt(1_000);
        if (dice < 170) {
            ask(anyKey());
        } else if (dice < 370) {
            open(any(witness.opening));
        } else if (dice < 590) {
            release(any(witness.inUse));
        } else if (dice < 630) {
            discard(any(witness.inUse));
        } else if (dice < 690) {
            retire(any(connections));
        } else if (dice < 830) {
            take(any(random.nextInt(9) == 0 ? waiters : witness.granted.keySet()));
        } else if (dice < 950) {
            cancel(any(random.nextInt(3) == 0 ? witness.granted.keySet() : waiters));
        } else if (dice < 998) {
            expire();
        } else if (dice < 999) {
            callWrongly();
        } else {
            closeAll();
        }
    }

    private void ask(String key) {
        String waiter = "w" + waiters.size();
        call = "ask " + key + " " + waiter;
        waiters.add(waiter);
        Decision<String> decision = random.nextBoolean() ? reuse(key) : null;
        if (decision == null) {
            decision = book.ask(key, waiter, now);
            same(naive.ask(key, waiter, now), decision);
        }
        witness.asked(key, waiter, decision, now);
    }

    private @Nullable Decision<String> reuse(String key) {
        String kept = book.reuse(key, now);
        assertEquals(naive.reuse(key, now), kept, call);
        return kept == null ? null : new Decision.Reuse<>(kept, List.of());
    }

    private void open(String key) {
        if (key.isEmpty()) {
            ask(anyKey());
        } else if (random.nextInt(5) == 0) {
            openFailed(key);
        } else {
            opened(key);
        }
    }

    private void opened(String key) {
        String connection = "c" + connections.size();
        call = "opened " + key + " " + connection;
        connections.add(connection);
        Actions<String, String> actions = book.opened(key, connection, now);
        same(naive.opened(key, connection, now), actions);
        witness.opened(key, connection, actions, now);
    }

    private void openFailed(String key) {
        call = "openFailed " + key;
        Actions<String, String> actions = book.openFailed(key);
        same(naive.openFailed(key), actions);
        witness.openFailed(key, actions);
    }

    private void release(String connection) {
        if (connection.isEmpty()) {
            ask(anyKey());
            return;
        }
        long keepAtMost = random.nextInt(4) == 0 ? random.nextInt(10) - 1 : Long.MAX_VALUE;
        call = "release " + connection + " " + keepAtMost;
        Actions<String, String> actions = book.release(connection, now, keepAtMost);
        same(naive.release(connection, now, keepAtMost), actions);
        witness.released(connection, actions, now, keepAtMost);
    }

    private void discard(String connection) {
        if (connection.isEmpty()) {
            return;
        }
        call = "discard " + connection;
        Actions<String, String> actions = book.discard(connection);
        same(naive.discard(connection), actions);
        witness.discarded(connection, actions);
    }

    /** What is not in use is not released, what is not opening does not open, who is queued does not take. */
    private void callWrongly() {
        call = "wrong";
        for (String connection : connections) {
            if (!witness.inUse.contains(connection)) {
                refused(() -> book.release(connection, now), () -> naive.release(connection, now, 1));
                refused(() -> book.discard(connection), () -> naive.discard(connection));
            }
        }
        for (String key : KEYS) {
            if (!witness.opening.contains(key)) {
                refused(() -> book.openFailed(key), () -> naive.openFailed(key));
                refused(() -> book.opened(key, "new", now), () -> naive.opened(key, "new", now));
            }
        }
        for (String waiter : witness.queued.keySet()) {
            refused(() -> book.take(waiter, now), () -> naive.take(waiter, now));
            refused(() -> book.ask("A", waiter, now), () -> naive.ask("A", waiter, now));
        }
    }

    private void retire(String connection) {
        call = "retire " + connection;
        Actions<String, String> actions = book.retire(connection);
        same(naive.retire(connection), actions);
        witness.retired(connection, actions);
    }

    private void take(String waiter) {
        call = "take " + waiter;
        if (witness.queued.containsKey(waiter)) {
            return;
        }
        Decision<String> decision = book.take(waiter, now);
        same(naive.take(waiter, now), decision);
        witness.took(waiter, decision, now);
    }

    private void cancel(String waiter) {
        call = "cancel " + waiter;
        boolean waits = witness.queued.containsKey(waiter) || witness.granted.containsKey(waiter);
        assertEquals(waits, book.isWaiting(waiter));
        Actions<String, String> actions = book.cancel(waiter, now);
        same(naive.cancel(waiter, now), actions);
        witness.cancelled(waiter, actions);
    }

    private void expire() {
        call = "expire";
        Actions<String, String> actions = book.expire(now);
        same(naive.expire(now), actions);
        witness.expired(actions, now);
    }

    private void closeAll() {
        call = "closeAll";
        Closing<String, String> expected = naive.closeAll();
        Closing<String, String> closing = book.closeAll();
        assertEquals(expected.waiters(), closing.waiters());
        assertEquals(Set.copyOf(expected.connections()), Set.copyOf(closing.connections()));
        if (!expected.equals(new Closing<>(List.of(), List.of()))) {
            witness.closedAll(closing);
        }
    }

    /** Each waiter gets his turn once all who hold something give it back; then nothing is left. */
    private void drain() {
        while (!witness.opening.isEmpty() || !witness.inUse.isEmpty() || !witness.granted.isEmpty()) {
            if (!witness.granted.isEmpty()) {
                take(any(witness.granted.keySet()));
            } else if (!witness.opening.isEmpty()) {
                openFailed(any(witness.opening));
            } else {
                release(any(witness.inUse));
            }
            check();
        }
        assertTrue(witness.queued.isEmpty(), () -> "forgotten: " + witness.queued);
        now += rules.keepNanos() + 10;
        expire();
        check();
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 0 idle", book.toString());
    }

    private void check() {
        SlotStats stats = book.stats();
        assertEquals(naive.stats(), stats);
        assertEquals(naive.nanosToNextExpiry(now), book.nanosToNextExpiry(now));
        witness.check(stats);
    }

    private static void refused(Runnable call, Runnable naiveCall) {
        assertThrows(IllegalStateException.class, call::run);
        assertThrows(IllegalStateException.class, naiveCall::run);
    }

    private static void same(Decision<String> expected, Decision<String> actual) {
        if (!expected.equals(actual)) {
            assertEquals(expected.getClass(), actual.getClass());
            assertEquals(connection(expected), connection(actual));
            assertEquals(Set.copyOf(expected.toClose()), Set.copyOf(actual.toClose()));
        }
    }

    private static String connection(Decision<String> decision) {
        return decision instanceof Decision.Reuse<String> reuse ? reuse.connection() : "none";
    }

    private static void same(Actions<String, String> expected, Actions<String, String> actual) {
        if (!expected.equals(actual)) {
            assertEquals(expected.granted(), actual.granted());
            assertEquals(Set.copyOf(expected.toClose()), Set.copyOf(actual.toClose()));
        }
    }

    private String anyKey() {
        return KEYS.get(random.nextInt(keys));
    }

    /** One of them; the empty text if there is none. */
    private String any(Collection<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        int index = random.nextInt(names.size());
        return names instanceof List<String> list
                ? list.get(index)
                : List.copyOf(names).get(index);
    }

    @Override
    public String toString() {
        return rules + " | " + call + " at " + now + " | " + book;
    }
}
