package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.ClientTimeout;
import io.martlet.error.ClientException;
import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.RawServer;
import io.martlet.fixture.Reply;
import io.martlet.http.ClientResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import kotlin.Unit;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
class CancellableFutureTest {
    /** Each door through which a caller can end a request, by name; the server must see the connection close. */
    static Stream<Named<Function<CompletableFuture<ClientResponse>, Object>>> doors() {
        return Stream.of(
                Named.of("cancel of the root", root -> root.cancel(true)),
                Named.of("cancel of thenApply", root -> root.thenApply(r -> r).cancel(true)),
                Named.of(
                        "cancel of thenApplyAsync",
                        root -> root.thenApplyAsync(r -> r).cancel(true)),
                Named.of(
                        "cancel of whenComplete",
                        root -> root.whenComplete((r, e) -> {}).cancel(true)),
                Named.of("cancel of handle", root -> root.handle((r, e) -> r).cancel(true)),
                Named.of(
                        "cancel of exceptionally",
                        root -> root.exceptionally(e -> null).cancel(true)),
                Named.of("cancel of copy", root -> root.copy().cancel(true)),
                Named.of(
                        "cancel of a third stage",
                        root -> root.thenApply(r -> r)
                                .thenApply(r -> r)
                                .thenAccept(r -> {})
                                .cancel(true)),
                Named.of(
                        "cancel of thenCompose before its second step",
                        root -> root.thenCompose(CompletableFuture::completedFuture)
                                .cancel(true)),
                Named.of(
                        "cancel of thenCombine",
                        root -> root.thenCombine(new CompletableFuture<String>(), (a, b) -> a)
                                .cancel(true)),
                Named.of(
                        "completeExceptionally of the root",
                        root -> root.completeExceptionally(new IllegalStateException("enough"))),
                Named.of(
                        "complete of a stage",
                        root -> root.thenApply(ClientResponse::status).complete(0)),
                Named.of("obtrudeException of the root", root -> {
                    root.obtrudeException(new IllegalStateException("enough"));
                    return root;
                }),
                Named.of("orTimeout of the root", root -> root.orTimeout(1, TimeUnit.MILLISECONDS)),
                Named.of(
                        "orTimeout of a stage",
                        root -> root.thenApply(ClientResponse::status).orTimeout(1, TimeUnit.MILLISECONDS)),
                Named.of(
                        "completeOnTimeout of a stage",
                        root -> root.thenApply(ClientResponse::status).completeOnTimeout(0, 1, TimeUnit.MILLISECONDS)));
    }

    /** Takes requests, and never answers them. */
    private static LocalServer silentServer() {
        LocalServer server = new LocalServer();
        server.holding("/", Reply.empty());
        return server;
    }

    @ParameterizedTest
    @MethodSource("doors")
    void endingAFutureFromOutsideClosesTheConnection(Function<CompletableFuture<ClientResponse>, Object> door) {
        try (LocalServer server = silentServer();
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<ClientResponse> root = session.get(server.url("/"));
            server.awaitRequests(1);
            door.apply(root);
            server.awaitAllEnded();
        }
    }

    @Test
    void cancellingAChainClosesTheConnectionOfItsSecondRequest() {
        try (RawServer first = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                LocalServer second = silentServer();
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<ClientResponse> chain =
                    session.get(first.url("/")).thenCompose(r -> session.get(second.url("/")));
            second.awaitRequests(1);
            assertTrue(chain.cancel(true));
            second.awaitAllEnded();
        }
    }

    @Test
    void cancellingARecoveryClosesTheConnectionOfItsSecondRequest() {
        try (LocalServer second = silentServer();
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<ClientResponse> chain =
                    session.get("http://127.0.0.1:0/").exceptionallyCompose(e -> session.get(second.url("/")));
            second.awaitRequests(1);
            assertTrue(chain.cancel(true));
            second.awaitAllEnded();
        }
    }

    @Test
    void cancellingAGatherClosesEveryConnection() {
        try (LocalServer server = silentServer();
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<List<ClientResponse>> all =
                    session.gather(List.of("/?1", "/?2", "/?3"), 3, path -> session.get(server.url(path)));
            server.awaitRequests(3);
            all.cancel(true);
            server.awaitAllEnded();
        }
    }

    @Test
    void aResponseThatArrivesAsItsFutureIsCancelledIsClosed() {
        Random random = new Random(1);
        Gate never = new Gate();
        Reply endless = Reply.streaming(sink -> {
            sink.write(new byte[4]);
            never.await();
            return Unit.INSTANCE;
        });
        try (LocalServer server = new LocalServer().on("/", endless);
                AsyncSession session = AsyncSession.create()) {
            for (int i = 0; i < 300; i++) {
                CompletableFuture<AsyncResponse> opened = session.open("GET", server.url("/"));
                CompletableFuture<Integer> derived = opened.thenApply(AsyncResponse::status);
                // Not before: stock CIO may lose a connection that opens as its request is cancelled.
                server.awaitRequests(i + 1);
                for (int spin = random.nextInt(20_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                CompletableFuture<?> ended = random.nextBoolean() ? opened : derived;
                if (!ended.cancel(true)) {
                    opened.join().close();
                }
            }
            server.awaitAllEnded();
        }
    }

    @Test
    void aCancelledFutureSaysSo() {
        try (RawServer server = RawServer.stalling("");
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<ClientResponse> future = session.get(server.url("/"));
            assertTrue(future.cancel(true));
            assertTrue(future.isCancelled());
            assertThrows(CancellationException.class, future::join);
        }
    }

    @Test
    void aTimeLimitIsAnErrorAndNoCancellation() {
        try (RawServer server = RawServer.stalling("");
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<ClientResponse> future =
                    session.get(server.url("/"), r -> r.timeout(ClientTimeout.ofTotal(Duration.ofMillis(50))));
            CompletionException error = assertThrows(CompletionException.class, future::join);
            assertInstanceOf(ClientException.TotalTimeoutException.class, error.getCause());
            assertFalse(future.isCancelled());
        }
    }

    @Test
    void aClosedSessionIsAnErrorAndNoCancellation() {
        try (RawServer server = RawServer.stalling("")) {
            AsyncSession session = AsyncSession.create();
            CompletableFuture<ClientResponse> future = session.get(server.url("/"));
            server.awaitAccepts(1);
            session.close();
            ExecutionException error = assertThrows(ExecutionException.class, future::get);
            assertInstanceOf(ClientException.SessionClosedException.class, error.getCause());
            assertFalse(future.isCancelled());
        }
    }

    @Test
    void orTimeoutOfTheCallerIsTheCallersError() {
        try (RawServer server = RawServer.stalling("");
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<ClientResponse> future =
                    session.get(server.url("/")).orTimeout(1, TimeUnit.MILLISECONDS);
            ExecutionException error = assertThrows(ExecutionException.class, future::get);
            assertEquals(TimeoutException.class, error.getCause().getClass());
        }
    }

    @Test
    void cancellingWhatIsDoneChangesNothing() {
        try (RawServer server = RawServer.answering("HTTP/1.1 204 Fine\r\n\r\n");
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<ClientResponse> future = session.get(server.url("/"));
            assertEquals(204, future.join().status());
            assertFalse(future.cancel(true));
            assertEquals(204, future.join().status());
        }
    }
}
