package io.martlet.samples.fetch.run;

import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action for each input, so many at once, and hands out the results in the order of the inputs as soon as that
 * is possible.
 *
 * <p>Inputs are taken, and actions started, on a thread of its own: an input that keeps one waiting does not hold back
 * the results of those before it. Inputs and results are never held all at once, see {@link Window}; so an action that
 * never ends would hold up those far behind it, and needs a time limit. Any thread may stop the run.
 *
 * @param <T> an input
 * @param <R> what the action makes of it
 */
public final class OrderedRun<T, R> implements AutoCloseable {
    /** How many results may wait for a slower one before them. */
    static final int MAX_WAITING = 1_000;

    /** Starts the work for one input; whatever goes wrong is a result, so that the stage never fails. */
    @FunctionalInterface
    public interface Action<T, R> {
        public CompletionStage<R> start(long index, T input);
    }

    private static final long MAX_CLOSE_MILLIS = 200;

    private final Predicate<? super R> isLast;

    // All guarded by this.
    private final Window<R> window;
    private boolean isInputOver;
    private boolean isStopped;
    private @Nullable Throwable failure;

    public OrderedRun(int maxRunning) {
        this(maxRunning, result -> false);
    }

    /** A run that stops by itself at the first result for which {@code isLast} holds. */
    public OrderedRun(int maxRunning, Predicate<? super R> isLast) {
        this.window = new Window<>(maxRunning, MAX_WAITING);
        this.isLast = isLast;
    }

    /** Begins to take {@code inputs}. Called once. */
    public void start(Iterator<T> inputs, Action<? super T, R> action) {
        Thread feeder = new Thread(() -> feed(inputs, action), "martlet-input");
        feeder.setDaemon(true);
        feeder.start();
    }

    /**
     * Waits for the next result in order; null after the last. Once stopped, gives what is finished without waiting for
     * what is not.
     */
    public synchronized @Nullable R next() throws InterruptedException {
        while (true) {
            R next = isStopped ? window.pollAny() : window.poll();
            if (next != null || isStopped || isInputOver && window.isEmpty()) {
                notifyAll();
                return next;
            }
            wait();
        }
    }

    /** Whether {@link #next} would give a result without waiting. */
    synchronized boolean hasNext() {
        return window.hasNext();
    }

    /** Starts nothing more, and lets {@link #next} come to an end. What is running runs on. */
    public synchronized void stop() {
        isStopped = true;
        notifyAll();
    }

    /** How many were started and then given up; 0 unless it was stopped. */
    public synchronized long givenUp() {
        return isStopped ? window.running() : 0;
    }

    /** Why the inputs came to an end before their time; null if they did not. */
    public synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Stops, and waits a moment for what is running, which somebody else has to cancel. */
    @Override
    public synchronized void close() {
        stop();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_CLOSE_MILLIS);
        long left = MAX_CLOSE_MILLIS;
        try {
            while (window.running() > 0 && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized String toString() {
        return window.toString();
    }

    private void feed(Iterator<T> inputs, Action<? super T, R> action) {
        try {
            while (awaitRoom() && inputs.hasNext()) {
                startNext(inputs.next(), action);
            }
            endInput(null);
        } catch (InterruptedException | RuntimeException | Error e) {
            endInput(e);
        }
    }

    private synchronized boolean awaitRoom() throws InterruptedException {
        while (!isStopped && !window.mayStart()) {
            wait();
        }
        return !isStopped;
    }

    private void startNext(T input, Action<? super T, R> action) {
        long index;
        synchronized (this) {
            if (isStopped) {
                return;
            }
            index = window.start();
        }
        try {
            action.start(index, input).whenComplete((result, error) -> finish(index, result, error));
        } catch (RuntimeException | Error e) {
            // It has no result: who waits for it would wait for ever.
            finish(index, null, e);
        }
    }

    private synchronized void finish(long index, @Nullable R result, @Nullable Throwable error) {
        if (result == null) {
            endInput(error);
            isStopped = true;
        } else {
            window.finish(index, result);
            isStopped |= isLast.test(result);
            notifyAll();
        }
    }

    private synchronized void endInput(@Nullable Throwable reason) {
        isInputOver = true;
        failure = failure == null ? reason : failure;
        notifyAll();
    }
}
