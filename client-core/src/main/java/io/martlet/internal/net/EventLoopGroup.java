package io.martlet.internal.net;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Some loops that share the connections of a session. All methods may be called from any thread. */
public final class EventLoopGroup implements AutoCloseable {
    private static final int MOST_BY_DEFAULT = 4;

    private final List<EventLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Makes {@code count} loops; none has a thread before it has something to do.
     *
     * @param faults hears what handlers, timers and tasks throw, on the loop's thread
     * @throws IllegalArgumentException if {@code count} is not positive
     */
    public EventLoopGroup(int count, BiConsumer<Thread, Throwable> faults) {
        if (count < 1) {
            throw new IllegalArgumentException("count of event loops is " + count);
        }
        loops = Stream.generate(() -> new EventLoop(faults)).limit(count).toList();
    }

    /**
     * How many loops to take: half the processors, at least 1, at most 4.
     *
     * <p>A loop only moves bytes and parses heads, and does so for tens of thousands of requests a second. The other half
     * of the processors is for those who wait for the answers: with more loops the two displace each other.
     */
    public static int defaultCount() {
        return Math.max(1, Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors() / 2));
    }

    /** The next loop in turn. */
    public EventLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    /** Closes every loop; see {@link EventLoop#close}. */
    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }

    /** Waits, once they are closed, until every loop has ended; see {@link EventLoop#awaitEnd}. */
    public void awaitEnd() throws InterruptedException {
        for (EventLoop loop : loops) {
            loop.awaitEnd();
        }
    }

    /** The loops, a line each. */
    @Override
    public String toString() {
        return String.join("\n", loops.stream().map(EventLoop::toString).toList());
    }
}
