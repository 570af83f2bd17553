package io.martlet.samples.bench.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How much is to be done: a number of requests, or for a time as many as can be. Used by any number of threads, once. */
public final class Load {
    private final int inFlight;
    private final AtomicLong left;
    private final long deadline;
    private final boolean isTimed;

    private Load(int inFlight, long requests, boolean isTimed, long deadline) {
        this.inFlight = inFlight;
        this.left = new AtomicLong(requests);
        this.isTimed = isTimed;
        this.deadline = deadline;
    }

    /** So many requests. */
    public static Load ofRequests(int inFlight, long requests) {
        return new Load(inFlight, requests, false, 0);
    }

    /** Requests that begin within that time from now, but so many as there may be in flight in any case. */
    public static Load ofTime(int inFlight, Duration time) {
        return new Load(inFlight, inFlight, true, System.nanoTime() + time.toNanos());
    }

    /** Most requests at once. */
    public int inFlight() {
        return inFlight;
    }

    /** Whether one more request may begin; who is told so begins it. */
    public boolean mayStart() {
        return isTimed && System.nanoTime() - deadline < 0 || left.getAndDecrement() > 0;
    }
}
