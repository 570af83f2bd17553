package io.martlet.samples.fetch.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C, or any other signal that ends the JVM, end the work in order: it is told to stop, and the JVM waits a
 * moment for it to print what it has.
 */
public final class Interruption implements AutoCloseable {
    /** 128 + SIGINT, as shells have it. */
    public static final int EXIT_CODE = 130;

    /** Whoever pressed Ctrl-C gets the prompt back within a second. */
    public static final Duration MAX_WAIT = Duration.ofMillis(800);

    /** What a page of a hundred thousand requests may take on a busy machine. */
    static final Duration MAX_WAIT_FOR_A_PAGE = Duration.ofSeconds(10);

    private final CountDownLatch workDone = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean hasCome;

    /** Waits so long for the work to be done once it was told to stop. */
    public Interruption(Runnable stopWork, Duration maxWait) {
        hook = new Thread(() -> endInOrder(stopWork, maxWait), "martlet-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public boolean hasCome() {
        return hasCome;
    }

    /** The work is done, and everything is printed. */
    @Override
    public void close() {
        workDone.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            hasCome = true;
        }
    }

    private void endInOrder(Runnable stopWork, Duration maxWait) {
        hasCome = true;
        stopWork.run();
        try {
            workDone.await(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Otherwise the JVM would exit with 143 after SIGTERM, and wait for hooks that wait for this one.
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
