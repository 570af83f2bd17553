package io.martlet.async;

import io.martlet.async.internal.SessionBridge;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How a closed session ends: first its calls, then its threads, and then who waits for it is told. */
final class SessionEnd {
    private final Executor callbacks;
    private final @Nullable CallbackThreads own;
    private final CompletableFuture<Void> callsEnded = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean isAwaited = new AtomicBoolean();

    /**
     * @param callbacks where who waits is told
     * @param own the same, if they are the session's own
     */
    SessionEnd(Executor callbacks, @Nullable CallbackThreads own) {
        this.callbacks = callbacks;
        this.own = own;
    }

    /** Every call of the session has told its end, and there will be no other. */
    void callsEnded() {
        if (own != null) {
            own.shutDown();
        }
        callsEnded.complete(null);
    }

    /** A future of its own for each caller, of the end of {@code bridge}, which is closed. */
    CompletableFuture<Void> of(SessionBridge bridge) {
        if (isAwaited.compareAndSet(false, true)) {
            callsEnded.thenRun(() -> bridge.closeAndJoin(this::joinOwn, this::tell));
        }
        return ended.copy();
    }

    private void joinOwn() throws InterruptedException {
        if (own != null) {
            own.awaitEnd();
        }
    }

    private void tell(@Nullable Throwable failure) {
        Runnable telling = failure == null ? () -> ended.complete(null) : () -> ended.completeExceptionally(failure);
        try {
            callbacks.execute(telling);
        } catch (RejectedExecutionException e) {
            // It is the session's own, or its owner has shut it down. This thread is for what blocks, so it will do.
            telling.run();
        }
    }
}
