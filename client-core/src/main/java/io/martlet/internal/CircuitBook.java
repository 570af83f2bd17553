package io.martlet.internal;

import io.martlet.error.ClientException;
import io.martlet.retry.CircuitBreaker;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The circuits of a {@link CircuitBreaker}, one for each key. Those that say nothing are forgotten. Thread-safe. */
public final class CircuitBook {
    private static final int FEWEST_TO_PRUNE = 1024;

    private final CircuitBreaker breaker;

    // Guarded by this, the circuits too.
    private final Map<String, Circuit> circuits = new HashMap<>();
    private int pruneAt = FEWEST_TO_PRUNE;

    /** All are closed. */
    public CircuitBook(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /** A call that goes, or does not. It ends once; what is told afterwards does not count. */
    public final class Call {
        private final String key;
        private final int epoch;
        private final long refusedNanos;
        private boolean isOver;

        private Call(String key, int epoch, long refusedNanos) {
            this.key = key;
            this.epoch = epoch;
            this.refusedNanos = refusedNanos;
            isOver = refusedNanos >= 0;
        }

        /** How long it would have to wait, 0 where nobody knows; negative: it goes. */
        public long refusedNanos() {
            return refusedNanos;
        }

        /** It was answered. */
        public void answered(int status) {
            end(breaker.statuses().contains(status) ? Circuit.Verdict.FAILED : Circuit.Verdict.SUCCEEDED);
        }

        /** It failed; perhaps the server is not the cause. */
        public void failed(ClientException cause) {
            end(breaker.failures().test(cause) ? Circuit.Verdict.FAILED : Circuit.Verdict.NONE);
        }

        /** Whatever came of it, it is over. */
        public void end() {
            end(Circuit.Verdict.NONE);
        }

        private void end(Circuit.Verdict verdict) {
            synchronized (CircuitBook.this) {
                Circuit circuit = isOver ? null : circuits.get(key);
                isOver = true;
                if (circuit != null) {
                    circuit.end(verdict, epoch, now());
                }
            }
        }
    }

    /** Asks for a call to what {@code key} names. */
    public synchronized Call enter(String key) {
        long now = now();
        Circuit circuit = circuitOf(key, now);
        long refused = circuit.enter(now);
        return new Call(key, circuit.epoch(), refused);
    }

    private long now() {
        return breaker.nanoClock().getAsLong();
    }

    private Circuit circuitOf(String key, long now) {
        Circuit known = circuits.get(key);
        if (known != null) {
            return known;
        }
        if (circuits.size() >= pruneAt) {
            circuits.values().removeIf(circuit -> circuit.isForgettable(now));
            pruneAt = Math.max(FEWEST_TO_PRUNE, 2 * circuits.size());
        }
        Circuit fresh = new Circuit(breaker, now);
        circuits.put(key, fresh);
        return fresh;
    }

    /** As {@code closed, 3 of 5 failed}; null if nothing is known of it. */
    public synchronized @Nullable String printed(String key) {
        Circuit circuit = circuits.get(key);
        return circuit == null ? null : circuit.printed(now());
    }

    /** How many circuits there are. */
    public synchronized int size() {
        return circuits.size();
    }
}
