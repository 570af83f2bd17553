package io.martlet.async;

import io.martlet.http.ClientRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A layer around the rest of the way, of a session ({@link AsyncSessionBuilder#use(AsyncMiddleware)}) or of one request
 * ({@link RequestSpec#use(AsyncMiddleware)}). It may change the request, call {@code next} any number of times or not at
 * all, and return another response ({@link AsyncResponse#of}, {@link AsyncResponse#withHeaders}).
 *
 * <pre>{@code
 * AsyncMiddleware onceMore = (request, next) -> next.send(request).thenCompose(response -> {
 *     if (response.status() != 503) {
 *         return CompletableFuture.completedFuture(response);
 *     }
 *     response.close();
 *     return next.send(request.toBuilder().attempt(request.attempt() + 1).build());
 * });
 * }</pre>
 *
 * <p><b>Responses.</b> The response that it returns is the caller's. One that it got from {@code next} and does not return
 * is its own to close, before it calls {@code next} again, as an open one keeps its connection. What is still open when its
 * stage completes is closed then, even if somebody reads it.
 *
 * <p><b>Cancellation.</b> When the caller cancels, the stage is cancelled, and so is every call of {@code next} that runs.
 * Calls that still run when the stage completes are cancelled, too: nothing outlives the request. A stage that is cancelled
 * by anybody else fails the request with an {@link IllegalStateException}.
 *
 * <p><b>Errors.</b> What it throws, and what its stage fails with, is what the request fails with.
 *
 * <p><b>Threads.</b> It is called on the thread that makes the request, or on the callback executor; for any number of
 * requests at once.
 */
@FunctionalInterface
public interface AsyncMiddleware {
    /**
     * Answers {@code request}, usually by calling {@code next}.
     *
     * @param request what the caller, or a middleware further out, wants to send
     * @param next the rest of the way; called any number of times, while the stage is not complete
     * @return a stage that completes with a response, never with null
     */
    CompletionStage<AsyncResponse> intercept(ClientRequest request, Next next);

    /** The rest of the way: the middlewares further in, and the engine. */
    @FunctionalInterface
    interface Next {
        /**
         * Sends {@code request}; the response arrives as soon as its head is there. Its stages run on the callback executor.
         * Cancelling the future gives up this call and its connection, and a response that arrives all the same is closed.
         * Once the stage of the middleware is complete, nothing is sent any more, and the future is cancelled.
         *
         * @param request the one that came in, or another one
         * @return a future of the response
         */
        CompletableFuture<AsyncResponse> send(ClientRequest request);
    }
}
