package io.martlet.async;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Runs the tasks of one call in the context that was captured when it was made. */
final class CarryingExecutor implements Executor {
    private final UnaryOperator<Runnable> context;
    private final Executor callbacks;

    /** Captures the context of the calling thread. */
    CarryingExecutor(ContextCarrier carrier, Executor callbacks) {
        this.context = carrier.capture();
        this.callbacks = callbacks;
    }

    @Override
    public void execute(Runnable task) {
        callbacks.execute(() -> runInContext(task));
    }

    private void runInContext(Runnable task) {
        AtomicBoolean hasRun = new AtomicBoolean();
        Runnable once = () -> {
            if (hasRun.compareAndSet(false, true)) {
                task.run();
            }
        };
        try {
            context.apply(once).run();
        } finally {
            // A context that fails must not leave a future waiting for ever.
            once.run();
        }
    }
}
