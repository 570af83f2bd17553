package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.body.RequestBody;
import io.martlet.error.ClientException.ConnectorException;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.testing.Answer;
import io.martlet.testing.ScriptedEngine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a middleware of Java's may do; {@link AsyncMiddlewareEndTest} has how it ends. */
class AsyncMiddlewareTest {
    /** The example of the documentation. */
    private static final AsyncMiddleware ONCE_MORE =
            (request, next) -> next.send(request).thenCompose(response -> {
                if (response.status() != 503) {
                    return CompletableFuture.completedFuture(response);
                }
                response.close();
                return next.send(
                        request.toBuilder().attempt(request.attempt() + 1).build());
            });

    private final ScriptedEngine engine = new ScriptedEngine(asked -> Answer.text("of the engine"));
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private AsyncSession session = AsyncSession.create();

    @AfterEach
    void close() {
        session.close();
    }

    private AsyncSession over(ScriptedEngine engine, AsyncMiddleware... middlewares) {
        session.close();
        AsyncSessionBuilder builder = AsyncSession.builder().engine(connector -> engine);
        for (AsyncMiddleware middleware : middlewares) {
            builder.use(middleware);
        }
        session = builder.build();
        return session;
    }

    private AsyncMiddleware seeing(String name) {
        return (request, next) -> {
            seen.add(name + " " + request.url().path());
            return next.send(request);
        };
    }

    private static ClientRequest request() {
        return ClientRequest.builder(Method.GET, Url.of("http://h/")).build();
    }

    @Test
    void itChangesRequestAndBody() {
        over(engine, (request, next) -> {
            ClientRequest.Builder changed = request.toBuilder().withoutBody().body(RequestBody.text("other"));
            changed.headers().set("X-Tenant", "a");
            return next.send(changed.build());
        });

        session.post("http://h/", r -> r.text("mine")).join();

        assertEquals("other", engine.request().text());
        assertEquals("a", engine.request().request().headers().get("X-Tenant"));
    }

    @Test
    void itTriesAgain() {
        ScriptedEngine busy = new ScriptedEngine(Answer.status(503), Answer.text("hello"));
        over(busy, ONCE_MORE);

        ClientResponse response = session.get("http://h/").join();

        assertEquals("hello", response.text());
        assertEquals(2, response.request().attempt());
        assertEquals(2, busy.requests().size());
    }

    @Test
    void itAnswersWithoutTheNetwork() {
        over(
                engine,
                (request, next) -> CompletableFuture.completedFuture(
                        AsyncResponse.of(request, 203, Headers.of("X-From", "memory"), "kept".getBytes())));

        ClientResponse response = session.get("http://h/").join();

        assertEquals("203 GET http://h/ (4 bytes of application/octet-stream)", response.toString());
        assertEquals("Non-Authoritative Information", response.reason());
        assertEquals("memory", response.headers().get("X-From"));
        assertEquals("kept", response.text());
        assertEquals(List.of(), engine.requests());
    }

    @Test
    void itReadsABodyAndAnswersAnother() {
        over(
                engine,
                (request, next) -> next.send(request)
                        .thenCompose(response -> response.bytes()
                                .thenApply(bytes -> AsyncResponse.of(
                                        request,
                                        response.status(),
                                        response.headers(),
                                        new String(bytes)
                                                .toUpperCase(Locale.ROOT)
                                                .getBytes()))));

        assertEquals("OF THE ENGINE", session.get("http://h/").join().text());
    }

    @Test
    void itChangesTheFieldsOfAResponseWhoseBodyGoesOn() {
        over(
                engine,
                (request, next) -> next.send(request)
                        .thenApply(response -> response.withHeaders(response.headers().toBuilder()
                                .set("X-More", "yes")
                                .build())));

        ClientResponse response = session.get("http://h/").join();

        assertEquals("of the engine", response.text());
        assertEquals("yes", response.headers().get("X-More"));
    }

    @Test
    void theyAreAroundEachOtherAndThoseOfTheRequestInside() {
        over(engine, seeing("outer"), seeing("inner"));

        session.get("http://h/a", r -> r.use(seeing("own"))).join();
        session.get("http://h/b").join();
        session.get("http://h/c", r -> r.withoutMiddlewares().use(seeing("only")))
                .join();
        session.get("http://h/d", RequestSpec::withoutMiddlewares).join();

        assertEquals(List.of("outer /a", "inner /a", "own /a", "outer /b", "inner /b", "only /c"), seen);
    }

    @Test
    void theySeeEachHop() {
        ScriptedEngine redirecting =
                new ScriptedEngine(Answer.status(302).withHeader("Location", "/b"), Answer.text("there"));
        over(redirecting, seeing("each"));

        assertEquals("there", session.get("http://h/a").join().text());
        assertEquals(List.of("each /a", "each /b"), seen);
    }

    @Test
    void whatItFailsWithIsWhatTheRequestFailsWith() {
        over(engine, (request, next) -> {
            if (request.url().path().equals("/stage")) {
                return CompletableFuture.failedFuture(new IOException("by a stage"));
            }
            throw new IllegalStateException("thrown");
        });

        assertEquals(
                "java.io.IOException: by a stage",
                failureOf(session.get("http://h/stage")).toString());
        assertEquals(
                "java.lang.IllegalStateException: thrown",
                failureOf(session.get("http://h/throw")).toString());
    }

    @Test
    void aFailureOfTheEngineIsWhatTheStageFailsWith() {
        IOException broken = new IOException("broken");
        ScriptedEngine failing = new ScriptedEngine(Answer.failing(r -> new ConnectorException(r, broken)));
        over(
                failing,
                (request, next) -> next.send(request)
                        .exceptionally(e -> AsyncResponse.of(
                                request,
                                502,
                                Headers.EMPTY,
                                Errors.unwrap(e).toString().getBytes())));

        assertEquals(
                "io.martlet.error.ClientException$ConnectorException: Cannot connect to h:80: broken",
                session.get("http://h/").join().text());
    }

    @Test
    void noStageAndNoResponseAreErrorsThatNameTheMiddleware() {
        AsyncMiddleware noStage = new AsyncMiddleware() {
            @Override
            @SuppressWarnings("NullAway")
            public CompletableFuture<AsyncResponse> intercept(ClientRequest request, Next next) {
                return request.url().path().equals("/") ? null : CompletableFuture.completedFuture(null);
            }

            @Override
            public String toString() {
                return "Forgetful";
            }
        };
        over(engine, noStage);

        assertEquals(
                "The middleware Forgetful returned null for GET http://h/",
                failureOf(session.get("http://h/")).getMessage());
        assertEquals(
                "The stage of the middleware Forgetful held null for GET http://h/x",
                failureOf(session.get("http://h/x")).getMessage());
    }

    @Test
    void aStageThatTheMiddlewareCancelsIsAnErrorAndNoCancellation() {
        over(engine, (request, next) -> {
            CompletableFuture<AsyncResponse> sent = next.send(request).thenApply(r -> r);
            CompletableFuture<AsyncResponse> never = new CompletableFuture<>();
            sent.thenRun(() -> never.cancel(true));
            return never;
        });

        CompletableFuture<ClientResponse> future = session.get("http://h/");

        assertTrue(failureOf(future).getMessage().endsWith("was cancelled, and GET http://h/ was not"));
        assertFalse(future.isCancelled());
    }

    @Test
    void nothingIsSentOnceItHasAnswered() {
        List<AsyncMiddleware.Next> kept = new CopyOnWriteArrayList<>();
        over(engine, (request, next) -> {
            kept.add(next);
            return next.send(request);
        });
        session.get("http://h/").join();

        CompletableFuture<AsyncResponse> late = kept.get(0).send(request());

        assertTrue(late.isCancelled());
        assertEquals(1, engine.requests().size());
    }

    @Test
    void itIsTestedWithoutASession() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        AsyncMiddleware.Next busy = sent -> {
            attempts.add(sent.attempt());
            return CompletableFuture.completedFuture(
                    AsyncResponse.of(sent, attempts.size() == 1 ? 503 : 200, Headers.EMPTY, "body".getBytes()));
        };

        AsyncResponse response =
                ONCE_MORE.intercept(request(), busy).toCompletableFuture().join();

        assertEquals("body", new String(response.bytes().join()));
        assertEquals(List.of(1, 2), attempts);
        assertThrows(IllegalArgumentException.class, () -> AsyncResponse.of(request(), 99, Headers.EMPTY, new byte[0]));
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        return assertThrows(CompletionException.class, future::join).getCause();
    }
}
