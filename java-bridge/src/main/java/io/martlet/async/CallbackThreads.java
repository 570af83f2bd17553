package io.martlet.async;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which a session's futures complete unless it was given others: virtual ones where the JVM has them. */
final class CallbackThreads implements Executor {
    /** With so many that wait, further ones wait for them. */
    private static final int MOST_THREADS = 1024;

    /** Set while the thread runs what was handed to an executor of the user's. */
    private static final ThreadLocal<Boolean> ON_EXECUTOR_OF_USER = new ThreadLocal<>();

    private final ExecutorService executor;
    private final Set<Thread> living = ConcurrentHashMap.newKeySet(); // and some that have ended

    CallbackThreads() {
        executor = create();
    }

    /** The user's {@code executor}, whose threads are known by what they run: nobody knows how many it has. */
    static Executor marking(Executor executor) {
        return task -> executor.execute(() -> runMarked(task));
    }

    private static void runMarked(Runnable task) {
        boolean isWithin = isOnExecutorOfUser();
        ON_EXECUTOR_OF_USER.set(true);
        try {
            task.run();
        } finally {
            if (!isWithin) {
                ON_EXECUTOR_OF_USER.remove();
            }
        }
    }

    static boolean isOnExecutorOfUser() {
        return ON_EXECUTOR_OF_USER.get() != null;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Ends the threads when all is done that was handed over before; returns at once. */
    void shutDown() {
        executor.shutdown();
    }

    /** Waits, once they are shut down, until the threads have ended. */
    void awaitEnd() throws InterruptedException {
        boolean isEmpty = false;
        while (!isEmpty) {
            isEmpty = executor.awaitTermination(1, TimeUnit.DAYS);
        }
        // The pool counts a thread out a little before it ends.
        for (Thread thread : living) {
            thread.join();
        }
    }

    private ExecutorService create() {
        try {
            // Since JDK 21; this is compiled for 17.
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException beforeJdk21) {
            return daemonPool();
        }
    }

    /** A pool that starts another thread while one waits for a future: callbacks that do so do not wait for each other. */
    private ExecutorService daemonPool() {
        AtomicInteger number = new AtomicInteger();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ForkJoinWorkerThreadFactory named = pool -> {
            ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
            thread.setName("martlet-callback-" + number.incrementAndGet());
            // The pool's own would be the system's, which in a container knows no library of the application's.
            thread.setContextClassLoader(loader);
            living.removeIf(other -> other.getState() == Thread.State.TERMINATED);
            living.add(thread);
            return thread;
        };
        int threads = Math.max(4, Runtime.getRuntime().availableProcessors());
        boolean firstComeFirstServed = true;
        return new ForkJoinPool(
                threads, named, null, firstComeFirstServed, 0, MOST_THREADS, 1, pool -> true, 5, TimeUnit.SECONDS);
    }
}
