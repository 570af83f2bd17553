package io.martlet.samples.fetch.text;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Does something again and again, on a thread of its own. */
public final class Repeated {
    private Repeated() {}

    /** Calls {@code action} each {@code period}, for the first time after one, as long as it returns true. */
    public static void every(Duration period, BooleanSupplier action) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "martlet-progress");
            thread.setDaemon(true);
            return thread;
        });
        Runnable step = () -> {
            if (!action.getAsBoolean()) {
                timer.shutdownNow();
            }
        };
        timer.scheduleWithFixedDelay(step, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }
}
