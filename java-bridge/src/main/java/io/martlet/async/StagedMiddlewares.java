package io.martlet.async;

import io.martlet.async.internal.NextCall;
import io.martlet.async.internal.SessionBridge;
import io.martlet.async.internal.Staged;
import io.martlet.async.internal.StagedMiddleware;
import io.martlet.engine.Middleware;
import io.martlet.http.ClientRequest;
import io.martlet.http.StreamingResponse;
import java.util.concurrent.CompletionStage;

/** A middleware of this face as the core has them. */
final class StagedMiddlewares {
    private StagedMiddlewares() {}

    static Middleware of(AsyncMiddleware middleware) {
        return new StagedMiddleware<>(new Adapted(middleware));
    }

    private record Adapted(AsyncMiddleware middleware) implements Staged<AsyncResponse> {
        @Override
        public CompletionStage<AsyncResponse> intercept(SessionBridge bridge, ClientRequest request, NextCall next) {
            return middleware.intercept(
                    request, sent -> CancellableFuture.of(done -> next.send(sent, AsyncResponse.into(bridge, done))));
        }

        @Override
        public StreamingResponse streaming(AsyncResponse response) {
            return response.streaming();
        }

        @Override
        public String toString() {
            return middleware.toString();
        }
    }
}
