package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.error.ClientException.TotalTimeoutException;
import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Headers;
import io.martlet.http.Url;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import kotlin.Unit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a middleware of Java's ends, no call outlives it, and no response is left open. */
@ExtendWith(LeakCheck.class)
class AsyncMiddlewareEndTest {
    private final LocalServer server = new LocalServer().on("/", Reply.text("here"));
    private final Gate never = new Gate();

    @AfterEach
    void close() {
        server.close();
    }

    private static AsyncSession session(AsyncMiddleware middleware) {
        return AsyncSession.builder().use(middleware).build();
    }

    private static AsyncResponse empty(ClientRequest request) {
        return AsyncResponse.of(request, 204, Headers.EMPTY, new byte[0]);
    }

    private void serveEndlessly(String path) {
        server.on(path, Reply.streaming(sink -> {
            sink.write(new byte[4]);
            never.await();
            return Unit.INSTANCE;
        }));
    }

    /** In what ways a middleware may hand on what it got. */
    static Stream<Named<AsyncMiddleware>> ways() {
        return Stream.of(
                Named.of("as it is", (request, next) -> next.send(request)),
                Named.of("derived", (request, next) -> next.send(request).thenApply(r -> r)),
                Named.of(
                        "derived on other threads",
                        (request, next) -> next.send(request)
                                .thenApplyAsync(r -> r)
                                .thenComposeAsync(CompletableFuture::completedFuture)),
                Named.of("behind a future of its own", (request, next) -> {
                    CompletableFuture<AsyncResponse> own = new CompletableFuture<>();
                    next.send(request).whenComplete((r, e) -> {
                        own.complete(r);
                        own.completeExceptionally(e == null ? new AssertionError() : e);
                    });
                    return own;
                }),
                Named.of("as a stage that cannot be cancelled", (request, next) -> {
                    CompletionStage<AsyncResponse> stage = next.send(request).minimalCompletionStage();
                    return stage;
                }));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void cancellingTheCallerClosesTheConnectionOfTheCallThatRuns(AsyncMiddleware middleware) {
        try (AsyncSession session = session(middleware)) {
            server.holding("/held");
            CompletableFuture<ClientResponse> future = session.get(server.url("/held"));
            server.awaitRequests(1);

            future.cancel(true);

            server.awaitAllEnded();
            assertTrue(future.isCancelled());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aResponseThatArrivesAsItsCallerCancelsIsClosed(AsyncMiddleware middleware) {
        Random random = new Random(1);
        serveEndlessly("/endless");
        try (AsyncSession session = session(middleware)) {
            for (int i = 0; i < 300; i++) {
                CompletableFuture<AsyncResponse> opened = session.open("GET", server.url("/endless"));
                server.awaitRequests(i + 1);
                for (int spin = random.nextInt(20_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                if (!opened.cancel(true)) {
                    opened.join().close();
                }
            }
            server.awaitAllEnded();
        }
    }

    @Test
    void aTimeLimitClosesTheConnectionOfTheCallThatRuns() {
        try (AsyncSession session = session((request, next) -> next.send(request))) {
            server.holding("/held");

            CompletionException error = assertThrows(
                    CompletionException.class,
                    () -> session.get(server.url("/held"), r -> r.totalTimeout(Duration.ofMillis(50)))
                            .join());

            assertInstanceOf(TotalTimeoutException.class, error.getCause());
            server.awaitAllEnded();
        }
    }

    @Test
    void aClosedSessionEndsTheStageOfAMiddleware() {
        server.holding("/held");
        AsyncSession session = session((request, next) -> next.send(request).thenApply(r -> r));
        CompletableFuture<ClientResponse> future = session.get(server.url("/held"));
        server.awaitRequests(1);

        session.close();

        CompletionException error = assertThrows(CompletionException.class, future::join);
        assertInstanceOf(SessionClosedException.class, error.getCause());
    }

    @Test
    void aCallThatStillRunsWhenTheStageCompletesIsCancelled() {
        CompletableFuture<Void> hasArrived = new CompletableFuture<>();
        server.holding("/held");
        try (AsyncSession session = session((request, next) -> {
            next.send(request);
            return hasArrived.thenApply(v -> empty(request));
        })) {
            CompletableFuture<ClientResponse> future = session.get(server.url("/held"));
            server.awaitRequests(1);

            hasArrived.complete(null);

            assertEquals(204, future.join().status());
            server.awaitAllEnded();
        }
    }

    @Test
    void aResponseThatIsNotReturnedIsClosedWhenTheStageCompletes() {
        serveEndlessly("/endless");
        try (AsyncSession session =
                session((request, next) -> next.send(request).thenApply(r -> empty(request)))) {
            assertEquals(204, session.get(server.url("/endless")).join().status());

            server.awaitAllEnded();
        }
    }

    @Test
    void aResponseIsClosedWhenTheStageFails() {
        serveEndlessly("/endless");
        try (AsyncSession session =
                session((request, next) -> next.send(request).thenApply(r -> {
                    throw new IllegalStateException("by a middleware");
                }))) {
            assertThrows(
                    CompletionException.class,
                    () -> session.get(server.url("/endless")).join());

            server.awaitAllEnded();
        }
    }

    @Test
    void aCallThatTheMiddlewareCancelsGivesItsConnectionUpAndTheRequestGoesOn() {
        LocalServer silent = new LocalServer();
        silent.holding("/");
        CompletableFuture<Void> hasArrived = new CompletableFuture<>();
        try (silent;
                AsyncSession session = session((request, next) -> {
                    CompletableFuture<AsyncResponse> slow = next.send(request);
                    return hasArrived.thenCompose(v -> {
                        slow.cancel(true);
                        return next.send(
                                request.toBuilder().url(Url.of(server.url("/"))).build());
                    });
                })) {
            CompletableFuture<ClientResponse> future = session.get(silent.url("/"));
            silent.awaitRequests(1);

            hasArrived.complete(null);

            assertEquals("here", future.join().text());
            silent.awaitAllEnded();
        }
    }

    @Test
    void theConnectionOfAResponseThatWasClosedServesTheNextTry() {
        server.on("/busy", Reply.empty().status(503, "Busy"));
        ConnectorConfig one = ConnectorConfig.builder().limit(1).build();
        AsyncMiddleware retry = (request, next) -> next.send(request).thenCompose(response -> {
            response.close();
            return next.send(request.toBuilder().url(Url.of(server.url("/"))).build());
        });
        try (AsyncSession session =
                AsyncSession.builder().connector(one).use(retry).build()) {
            assertEquals("here", session.get(server.url("/busy")).join().text());
            assertEquals(1, server.getAccepts());
        }
    }

    @Test
    void itsStagesRunOnTheCallbackExecutor() {
        ExecutorService own = Executors.newSingleThreadExecutor(task -> new Thread(task, "own-callbacks"));
        CompletableFuture<String> thread = new CompletableFuture<>();
        try (AsyncSession session = AsyncSession.builder()
                .callbackExecutor(own)
                .use((request, next) -> next.send(request)
                        .whenComplete(
                                (r, e) -> thread.complete(Thread.currentThread().getName())))
                .build()) {
            Gate gate = server.holding("/late");
            CompletableFuture<ClientResponse> future = session.get(server.url("/late"));
            server.awaitRequests(1);
            gate.open();
            future.join();
            assertTrue(thread.join().startsWith("own-callbacks"), thread::join);
        } finally {
            own.shutdown();
        }
    }

    @Test
    void manyRequestsGoThroughOneMiddleware() {
        try (AsyncSession session =
                session((request, next) -> next.send(request).thenApply(r -> r))) {
            List<CompletableFuture<ClientResponse>> all = Stream.generate(() -> session.get(server.url("/")))
                    .limit(500)
                    .toList();

            all.forEach(future -> assertEquals("here", future.join().text()));
        }
    }
}
