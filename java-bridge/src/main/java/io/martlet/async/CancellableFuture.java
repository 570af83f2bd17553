package io.martlet.async;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A future that ends its request when it is cancelled, or completed from outside.
 *
 * <p>{@code cancel}, {@code orTimeout}, {@code completeOnTimeout}, {@code complete} and {@code completeExceptionally} give
 * up the request and close its connection, whether they are called on the future that a session returned or on any stage
 * derived from it. In a chain of {@code thenCompose} they end the request that is running just then.
 *
 * <p>{@link #isCancelled()} means that the caller cancelled: time limits and closed sessions end a future with a
 * {@link io.martlet.error.ClientException}.
 *
 * @param <T> what the future holds in the end
 */
public final class CancellableFuture<T> extends CompletableFuture<T> {
    private final Cancellation cancellation;

    private CancellableFuture(@Nullable Cancellation upstream) {
        this.cancellation = new Cancellation(upstream);
    }

    /** A call that is under way once it was started, and tells its end to a consumer of result and error. */
    @FunctionalInterface
    interface Call<T> {
        /** Starts the call; returns what cancels it. */
        Runnable start(BiConsumer<@Nullable T, @Nullable Throwable> done);
    }

    /** Starts {@code call} and returns its future. */
    static <T> CancellableFuture<T> of(Call<T> call) {
        CancellableFuture<T> future = new CancellableFuture<>(null);
        future.cancellation.onCancel(call.start(future::endFromInside));
        return future;
    }

    private void endFromInside(@Nullable T result, @Nullable Throwable error) {
        if (error == null) {
            super.complete(result);
        } else if (error instanceof CancellationException) {
            super.cancel(false);
        } else {
            super.completeExceptionally(error);
        }
    }

    private boolean endFromOutside(boolean ended) {
        if (ended) {
            cancellation.cancel();
        }
        return ended;
    }

    /** Called for every derived stage, which so inherits the way back to the request. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CancellableFuture<>(cancellation);
    }

    /** The stack trace of what it throws continues with the frames of the thread that waited. */
    @Override
    public T join() {
        try {
            return super.join();
        } catch (CompletionException e) {
            throw CallSite.addTo(e);
        }
    }

    /** The stack trace of what it throws continues with the frames of the calling thread. */
    @Override
    public T getNow(T otherwise) {
        try {
            return super.getNow(otherwise);
        } catch (CompletionException e) {
            throw CallSite.addTo(e);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return endFromOutside(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public boolean complete(T value) {
        return endFromOutside(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        return endFromOutside(super.completeExceptionally(error));
    }

    @Override
    public void obtrudeValue(T value) {
        super.obtrudeValue(value);
        endFromOutside(true);
    }

    @Override
    public void obtrudeException(Throwable error) {
        super.obtrudeException(error);
        endFromOutside(true);
    }

    @Override
    public <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> next) {
        return new Composition<T, U>(next).into(super::thenCompose);
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> next) {
        return new Composition<T, U>(next).into(super::thenComposeAsync);
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> next, Executor executor) {
        return new Composition<T, U>(next).into(step -> super.thenComposeAsync(step, executor));
    }

    @Override
    public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> next) {
        return new Composition<Throwable, T>(next).into(super::exceptionallyCompose);
    }

    /** The second step of a chain; remembers the stage it led to, so that the chain's cancellation reaches it. */
    private static final class Composition<T, U> implements Function<T, CompletionStage<U>> {
        private final Function<? super T, ? extends CompletionStage<U>> next;
        private final Cancellation second = new Cancellation(null);

        Composition(Function<? super T, ? extends CompletionStage<U>> next) {
            this.next = next;
        }

        CompletableFuture<U> into(Function<Function<T, CompletionStage<U>>, CompletableFuture<U>> compose) {
            CompletableFuture<U> chain = compose.apply(this);
            ((CancellableFuture<U>) chain).cancellation.onCancel(second::cancel);
            return chain;
        }

        @Override
        public CompletionStage<U> apply(T value) {
            CompletionStage<U> stage = next.apply(value);
            if (stage instanceof CompletableFuture<U> future) {
                second.onCancel(() -> future.cancel(true));
            }
            return stage;
        }
    }
}
