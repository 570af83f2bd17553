/**
 * Martlet for Java: the asynchronous HTTP client as {@link java.util.concurrent.CompletableFuture} methods.
 *
 * <p>{@link io.martlet.async.AsyncSession} is where to start. Nothing here takes or returns null unless it says so.
 *
 * <p><b>Threads.</b> Sessions are used by any number of threads at once; builders and specs by one. Futures complete on
 * the session's callback executor, never on a thread that moves bytes: a callback may block. Threads that would rather
 * wait, such as virtual ones, have {@link io.martlet.async.BlockingSession}. A
 * {@link io.martlet.async.ContextCarrier} takes what belongs to a thread, such as SLF4J's MDC, along to its callbacks.
 *
 * <p><b>Errors.</b> A future fails with a {@link io.martlet.error.ClientException}; as always with futures, {@code get}
 * wraps it in an {@code ExecutionException}, {@code join} and derived stages in a {@code CompletionException}, and
 * {@link io.martlet.async.Errors#unwrap} takes it out. {@link io.martlet.async.AsyncSessionBuilder#showCallers} lets its stack
 * trace say where the call was made. Invalid arguments are refused at once, with an
 * {@code IllegalArgumentException} from the method that was called.
 *
 * <p><b>Cancellation.</b> Whoever cancels a future, or completes it from outside, ends its request and closes its connection;
 * see {@link io.martlet.async.CancellableFuture}.
 *
 * <p><b>Publishers</b> ({@link java.util.concurrent.Flow}) follow the rules of reactive streams. Each subscriber is called
 * on the callback executor, gets no more than it requests, and is told of failures as futures are; cancelling its
 * subscription ends what runs for it.
 *
 * <p><b>Closing.</b> Close sessions, and the responses of {@code open}. All other responses are values.
 */
@NullMarked
package io.martlet.async;

import org.jspecify.annotations.NullMarked;
