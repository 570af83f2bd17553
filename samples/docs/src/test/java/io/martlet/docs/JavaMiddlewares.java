package io.martlet.docs;

import io.martlet.async.AsyncMiddleware;
import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.retry.CircuitBreaker;
import io.martlet.retry.Hedging;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Stages around a request. */
final class JavaMiddlewares {
    private JavaMiddlewares() {}

    static List<AsyncMiddleware> all() {
        return List.of(
                // row: middleware
                (request, next) -> next.send(request),
                // row: middleware-again
                (request, next) -> next.send(request).thenCompose(first -> {
                    if (first.status() != 503) {
                        return CompletableFuture.completedFuture(first);
                    }
                    first.close();
                    return next.send(request);
                }),
                // row: middleware-change
                (request, next) -> {
                    ClientRequest.Builder signed = request.toBuilder();
                    signed.headers().set("X-Signature", "…");
                    return next.send(signed.build());
                },
                // row: middleware-answer
                (request, next) -> {
                    byte[] body = "cached".getBytes(StandardCharsets.UTF_8);
                    return CompletableFuture.completedFuture(AsyncResponse.of(request, 200, Headers.EMPTY, body));
                }
                // end
                );
    }

    static AsyncSession policies() {
        return AsyncSession.builder()
                // row: middleware-policies
                .use(CircuitBreaker.of(0.5))
                .use(Hedging.after(Duration.ofMillis(300)))
                // end
                .build();
    }

    static AsyncMiddleware asking(Supplier<AsyncSession> session) {
        // row: middleware-session
        return (request, next) -> session.get()
                .get("token", r -> r.withoutMiddlewares())
                .thenCompose(
                        token -> next.send(request.withHeaders(request.headers().plus("X-Token", token.text()))));
        // end
    }
}
