package io.martlet.internal.pool;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A book in Strings, with a clock that stands still unless told. Answers print as {@code reuse a1}, {@code open},
 * {@code queued}, {@code grant w1}, {@code -}, and each with {@code , close [a1]} where something is to be closed.
 */
final class Desk {
    final SlotBook<String, String, String> book;

    /** System.nanoTime() may overflow at any moment. */
    long now = Long.MAX_VALUE - 5;

    Desk(SlotRules rules) {
        book = new SlotBook<>(rules);
    }

    /** Keeps connections for 15 s, at any age, and lets any number wait. */
    static Desk limited(int limit, int limitPerHost) {
        return new Desk(new SlotRules(limit, limitPerHost, 0, Duration.ofSeconds(15), Duration.ZERO, false));
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    String ask(String key, String waiter) {
        return print(book.ask(key, waiter, now));
    }

    String take(String waiter) {
        return print(book.take(waiter, now));
    }

    String opened(String key, String connection) {
        return print(book.opened(key, connection, now));
    }

    String openFailed(String key) {
        return print(book.openFailed(key));
    }

    String release(String connection) {
        return print(book.release(connection, now));
    }

    String release(String connection, Duration keepAtMost) {
        return print(book.release(connection, now, keepAtMost.toNanos()));
    }

    String discard(String connection) {
        return print(book.discard(connection));
    }

    String retire(String connection) {
        return print(book.retire(connection));
    }

    String cancel(String waiter) {
        return print(book.cancel(waiter, now));
    }

    String expire() {
        return print(book.expire(now));
    }

    /** Milliseconds; -1 if nothing is idle. */
    long millisToNextExpiry() {
        long nanos = book.nanosToNextExpiry(now);
        return nanos == Long.MAX_VALUE ? -1 : nanos / 1_000_000;
    }

    /** Opens a connection for each name, whose first letter names its key. */
    void use(String... connections) {
        for (String connection : connections) {
            String asked = ask(keyOf(connection), "user of " + connection);
            if (!asked.startsWith("open")) {
                throw new AssertionError("no slot for " + connection + ": " + asked + " | " + book);
            }
            opened(keyOf(connection), connection);
        }
    }

    /** Opens a connection for each name, then releases them in this order. */
    void idle(String... connections) {
        use(connections);
        for (String connection : connections) {
            release(connection);
        }
    }

    /** Queues each waiter, whose first letter names its key. */
    void queue(String... waiters) {
        for (String waiter : waiters) {
            String asked = ask(keyOf(waiter), waiter);
            if (!asked.equals("queued")) {
                throw new AssertionError(waiter + " did not have to wait: " + asked + " | " + book);
            }
        }
    }

    @Override
    public String toString() {
        return book.toString();
    }

    private static String keyOf(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT);
    }

    private static String print(Decision<String> decision) {
        String connection = decision instanceof Decision.Reuse<String> reuse ? " " + reuse.connection() : "";
        return decision.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                + connection
                + printClose(decision.toClose());
    }

    private static String print(Actions<String, String> actions) {
        return (actions.granted() == null ? "-" : "grant " + actions.granted()) + printClose(actions.toClose());
    }

    private static String printClose(List<String> close) {
        return close.isEmpty() ? "" : ", close " + close;
    }
}
