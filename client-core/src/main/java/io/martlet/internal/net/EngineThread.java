package io.martlet.internal.net;

/** A daemon thread that requests wait for: what runs on it must not wait for a request. */
public final class EngineThread extends Thread {
    EngineThread(Runnable task, String name) {
        super(null, task, name, 0, false);
        setDaemon(true);
    }

    /** Whether the calling thread is one. */
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof EngineThread;
    }
}
