// Prints:
//   InvalidUrlException in phase request
//   AuthenticationException in phase request
//   RequestBodyException in phase write
//   QueueFullException in phase queue
//   SessionClosedException in phase request
//   CircuitOpenException in phase request
package io.martlet.samples.guide.errors;

import io.martlet.async.AsyncSession;
import io.martlet.auth.BearerTokens;
import io.martlet.body.RequestBody;
import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException;
import io.martlet.http.MediaType;
import io.martlet.retry.CircuitBreaker;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Requests that cannot be sent, or may not be: each error knows the phase of the request in which it happened. */
public final class ErrorsOfRequests {
    public static void main(String[] args) throws Exception {
        BearerTokens noTokens =
                BearerTokens.refreshedBy(() -> CompletableFuture.failedFuture(new IOException("no token")));
        RequestBody missing = RequestBody.stream(InputStream.nullInputStream(), MediaType.TEXT, 5);
        ConnectorConfig one = ConnectorConfig.builder().limit(1).maxQueue(1).build();
        var session = AsyncSession.builder().baseUrl(args[0]).connector(one).build();
        var web = session.blocking();
        try (session) {
            provoke(() -> web.get("http://[/"));
            provoke(() -> web.get("get", r -> r.auth(noTokens)));
            provoke(() -> web.post("post", r -> r.body(missing)));

            var first = session.get("delay/5"); // takes the only connection
            var second = session.get("get"); // takes the only place to wait for it
            provoke(() -> web.get("get"));
            second.cancel(true);
            first.cancel(true);
        }
        provoke(() -> web.get("get"));

        // One failure is enough for it to leave the server alone.
        CircuitBreaker breaker = CircuitBreaker.builder(0.5).minCalls(1).build();
        try (AsyncSession careful =
                AsyncSession.builder().baseUrl(args[0]).use(breaker).build()) {
            careful.get("status/503").join();
            provoke(() -> careful.blocking().get("get"));
        }
    }

    private static void provoke(Callable<?> call) throws Exception {
        try {
            System.out.println("no error: " + call.call());
        } catch (ClientException e) {
            System.out.println(e.getClass().getSimpleName() + " in phase " + e.phase());
        }
    }
}
