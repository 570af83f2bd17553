package io.martlet.internal.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads for what may block or compute for long: look-ups of names, user code that is asked about addresses,
 * TLS handshakes.
 *
 * <p>A thread is started only when all others are busy, and ends when it has been idle for a while; their names are
 * {@code martlet-NAME-N}. Tasks beyond the limit wait in order. All methods may be called from any thread.
 */
public final class WorkerThreads implements Executor, AutoCloseable {
    /**
     * The usual limit for look-ups. One that gets no answer holds its thread for 10 s and longer, and cannot be interrupted; the
     * limit is how many such names it takes to stall the others. A waiting thread costs some 50 KiB.
     */
    public static final int MOST_LOOKUPS = 32;

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final int limit;
    private final long idleNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private int threads;
    private int idle;
    private int started;
    private final List<Thread> living = new ArrayList<>(); // and some that have ended
    private boolean closed;

    /**
     * Makes threads when they are needed, at most {@code limit} at once.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public WorkerThreads(String name, int limit) {
        this(name, limit, IDLE_NANOS);
    }

    WorkerThreads(String name, int limit, long idleNanos) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit of threads is " + limit);
        }
        this.name = name;
        this.limit = limit;
        this.idleNanos = idleNanos;
    }

    /**
     * Runs {@code task} as soon as a thread is free.
     *
     * @throws RejectedExecutionException if this is closed
     */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("The threads martlet-" + name + " are closed");
            }
            tasks.add(task);
            if (tasks.size() > idle && threads < limit) {
                startThread();
            } else {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void startThread() {
        Thread thread = new EngineThread(this::work, "martlet-" + name + "-" + ++started);
        thread.start();
        threads++;
        living.removeIf(other -> !other.isAlive());
        living.add(thread);
    }

    private void work() {
        for (Runnable task = take(); task != null; task = take()) {
            try {
                task.run();
            } catch (Throwable e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** The next task, or null if the thread is to end. */
    private @Nullable Runnable take() {
        lock.lock();
        try {
            long left = idleNanos;
            while (tasks.isEmpty() && !closed && left > 0) {
                left = awaitChange(left);
            }
            Runnable task = tasks.poll();
            if (task == null) {
                threads--;
            }
            return task;
        } finally {
            lock.unlock();
        }
    }

    private long awaitChange(long nanos) {
        idle++;
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // Nobody has reason to; a task may have left it behind.
            return nanos;
        } finally {
            idle--;
        }
    }

    /**
     * Drops what is waiting and ends the threads that are idle; those that are busy end after their task. Idempotent;
     * returns at once.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tasks.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the threads when all is done that was handed over before. Idempotent; returns at once. */
    public void closeAfterTasks() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, once this is closed, until every thread has ended: what one of them is at is not broken off. */
    public void awaitEnd() throws InterruptedException {
        List<Thread> left;
        lock.lock();
        try {
            left = List.copyOf(living);
        } finally {
            lock.unlock();
        }
        for (Thread thread : left) {
            thread.join();
        }
    }

    /** How it stands: {@code 3 threads (1 idle), 0 waiting}. */
    @Override
    public String toString() {
        lock.lock();
        try {
            return threads + (threads == 1 ? " thread (" : " threads (") + idle + " idle), " + tasks.size()
                    + " waiting";
        } finally {
            lock.unlock();
        }
    }
}
