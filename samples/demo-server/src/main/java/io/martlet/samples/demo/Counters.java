package io.martlet.samples.demo;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests over all event loops. Safe from any thread. */
final class Counters {
    private final LongAdder requests = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger maxInFlight = new AtomicInteger();

    void requestCame() {
        requests.increment();
        maxInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    }

    void requestLeft() {
        inFlight.decrementAndGet();
    }

    long requests() {
        return requests.sum();
    }

    int inFlight() {
        return inFlight.get();
    }

    int maxInFlight() {
        return maxInFlight.get();
    }

    /** What is in flight stays in flight, and so is where the new maximum starts. */
    void reset() {
        requests.reset();
        maxInFlight.set(inFlight.get());
    }
}
