package io.martlet.internal.tls;

import io.martlet.internal.net.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Collects tasks and timers, and runs them when the test says so. */
final class ManualExecutor implements Executor, ConnectionLoop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private boolean rejecting;
    private int ran;

    @Override
    public void execute(Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException("shut down");
        }
        tasks.add(task);
    }

    @Override
    public void run(Runnable step) {
        if (rejecting) {
            step.run();
        } else {
            execute(step);
        }
    }

    @Override
    public void schedule(Timer timer, long delayNanos) {
        timers.add(timer);
    }

    /** The time of every timer has come. */
    void expireAll() {
        for (Timer timer : timers) {
            ((OpenPhase.Linger) timer).expired();
        }
        timers.clear();
    }

    /** Runs all tasks, those added meanwhile included; says whether there were any. */
    boolean runAll() {
        boolean any = false;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            ran++;
            any = true;
        }
        return any;
    }

    /** From now on nothing is taken. */
    void reject() {
        rejecting = true;
    }

    /** How many tasks were run so far. */
    int ran() {
        return ran;
    }
}
