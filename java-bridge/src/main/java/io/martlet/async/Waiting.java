package io.martlet.async;

import io.martlet.error.ClientException;
import io.martlet.internal.net.EngineThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** How a thread waits for a future: not where others wait for the thread, until it is interrupted, and with its own frames. */
final class Waiting {
    private Waiting() {}

    /** Starts {@code call} and waits for it. */
    static <T> T on(Supplier<? extends CompletableFuture<T>> call) throws ClientException, InterruptedException {
        refuseWhereItCouldDeadlock();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        CompletableFuture<T> future = call.get();
        try {
            return future.get();
        } catch (InterruptedException e) {
            if (!future.cancel(true)) {
                future.thenAccept(Waiting::close);
            }
            throw e;
        } catch (ExecutionException e) {
            throw Waiting.<RuntimeException>undeclared(CallSite.addTo(Errors.unwrap(e)));
        }
    }

    /** What has arrived for a thread that does not take it any more. */
    private static void close(Object lost) {
        if (lost instanceof AsyncResponse response) {
            response.close();
        }
    }

    private static void refuseWhereItCouldDeadlock() {
        if (EngineThread.isCurrent()) {
            throw new IllegalStateException(
                    "A blocking call on " + Thread.currentThread().getName()
                            + ", a thread that requests wait for: it could wait for itself for ever");
        }
        if (CallbackThreads.isOnExecutorOfUser()) {
            throw new IllegalStateException(
                    "A blocking call on " + Thread.currentThread().getName()
                            + ", in a callback on the executor that the session was given (callbackExecutor): callbacks"
                            + " that wait for each other could take all of its threads; use futures here, or the default"
                            + " executor");
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
