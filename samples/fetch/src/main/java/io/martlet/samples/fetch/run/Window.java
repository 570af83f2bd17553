package io.martlet.samples.fetch.run;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may start, and what can be handed out, when work finishes in any order and its results are wanted in the
 * order in which it was started.
 *
 * <p>A result waits until all before it were handed out. So that not many more than {@code maxWaiting} of them ever
 * wait, nothing starts that is too far ahead of the slowest: memory is bounded, whatever the number of inputs. Not
 * thread-safe; prints itself as {@code 2 running, 3 waiting for number 7}.
 *
 * @param <R> what the work results in
 */
final class Window<R> {
    private final int maxRunning;
    private final int maxWaiting;

    private final TreeMap<Long, R> finished = new TreeMap<>();
    private long started;
    private long handedOut;

    Window(int maxRunning, int maxWaiting) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
    }

    boolean mayStart() {
        return running() < maxRunning && started - handedOut < (long) maxRunning + maxWaiting;
    }

    /** The number of what starts now, from 0. */
    long start() {
        return started++;
    }

    void finish(long number, R result) {
        finished.put(number, result);
    }

    /** The next result in order; null while it is not finished. */
    @Nullable
    R poll() {
        R next = finished.remove(handedOut);
        if (next != null) {
            handedOut++;
        }
        return next;
    }

    /** Whether the next result in order is finished. */
    boolean hasNext() {
        return finished.containsKey(handedOut);
    }

    /** The first result that is finished, whether those before it are or not; null if there is none. Replaces poll. */
    @Nullable
    R pollAny() {
        Map.Entry<Long, R> first = finished.pollFirstEntry();
        if (first == null) {
            return null;
        }
        handedOut++;
        return first.getValue();
    }

    /** How many were started and are not finished. */
    long running() {
        return started - handedOut - finished.size();
    }

    /** Whether everything that was started was handed out. */
    boolean isEmpty() {
        return started == handedOut;
    }

    @Override
    public String toString() {
        return running() + " running, " + finished.size() + " waiting for number " + handedOut;
    }
}
