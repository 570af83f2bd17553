package io.martlet.async;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes what belongs to a thread along to the callbacks of the calls that the thread makes: SLF4J's {@code MDC}, a tenant
 * in a {@link ThreadLocal}, a trace.
 *
 * <pre>{@code
 * AsyncSession session = AsyncSession.builder()
 *         .contextCarrier(ContextCarrier.of(MDC::getCopyOfContextMap, MDC::setContextMap))
 *         .build();
 *
 * MDC.put("order", "4711");
 * session.get(url).thenAccept(response -> log.info("Got {}", response.status())); // logs with order=4711
 * }</pre>
 *
 * <p>Libraries that know how to wrap a task fit as they are: {@code () -> Context.current()::wrap} for OpenTelemetry,
 * {@code () -> snapshots.captureAll()::wrap} for Micrometer's {@code ContextSnapshotFactory}.
 */
@FunctionalInterface
public interface ContextCarrier {
    /**
     * Captures the context of the calling thread: of the one that calls a method of the session or of a response.
     *
     * @return what makes of a task one that runs it, once and at once, in the context captured, and leaves the thread as
     *     it was. It is asked for each task, on the thread that then runs it, for several at once
     */
    UnaryOperator<Runnable> capture();

    /**
     * Carries what {@code current} gives. For a task {@code set} is called with it, and afterwards with what the thread had
     * before; null where {@code current} gives null.
     *
     * @param current gives what the calling thread has; null for nothing
     * @param set gives the calling thread what it is called with, null among it
     * @param <C> what is carried
     * @return a carrier of it
     */
    static <C> ContextCarrier of(Supplier<? extends @Nullable C> current, Consumer<? super @Nullable C> set) {
        return () -> {
            C captured = current.get();
            return task -> () -> {
                C before = current.get();
                set.accept(captured);
                try {
                    task.run();
                } finally {
                    set.accept(before);
                }
            };
        };
    }

    /**
     * Carries what {@code inner} carries, too.
     *
     * @param inner captures after this one, and runs tasks inside of its context
     * @return a carrier of both
     */
    default ContextCarrier and(ContextCarrier inner) {
        return () -> {
            UnaryOperator<Runnable> outside = capture();
            UnaryOperator<Runnable> inside = inner.capture();
            return task -> outside.apply(inside.apply(task));
        };
    }
}
