package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.engine.Engine;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.StreamingResponse;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class CloseAsyncTest {
    @Test
    void itIsDoneWhenEveryCallHasEnded() {
        try (LocalServer server = new LocalServer()) {
            server.holding("/");
            AsyncSession session = AsyncSession.create();
            List<CompletableFuture<ClientResponse>> calls = Stream.generate(() -> session.get(server.url("/")))
                    .limit(10)
                    .toList();
            server.awaitRequests(10);

            session.closeAsync().join();

            assertTrue(calls.stream().allMatch(CompletableFuture::isCompletedExceptionally));
            assertTrue(session.isClosed());
        }
    }

    @Test
    void itIsNotDoneBeforeACallbackHasBeenTold() {
        Queue<Runnable> callbacks = new ArrayDeque<>();
        try (LocalServer server = new LocalServer()) {
            server.holding("/");
            AsyncSession session =
                    AsyncSession.builder().callbackExecutor(callbacks::add).build();
            CompletableFuture<List<Object>> call =
                    session.gather(List.of(1), 1, one -> new CompletableFuture<Object>());

            CompletableFuture<Void> closed = session.closeAsync();
            assertFalse(closed.isDone());
            call.cancel(true);
            for (Runnable task = callbacks.poll(); task != null; task = callbacks.poll()) {
                task.run();
            }

            assertNull(closed.join());
        }
    }

    @Test
    void itMayBeCalledAgainAndAfterClose() {
        AsyncSession session = AsyncSession.create();
        session.close();

        session.closeAsync().join();
        session.closeAsync().join();
    }

    @Test
    void whoEndsItsFutureEndsNobodyElses() {
        Queue<Runnable> callbacks = new ArrayDeque<>();
        AsyncSession session =
                AsyncSession.builder().callbackExecutor(callbacks::add).build();

        session.closeAsync().completeExceptionally(new IllegalStateException("by a caller"));
        CompletableFuture<Void> other = session.closeAsync();
        callbacks.remove().run();

        assertNull(other.join());
    }

    @Test
    void itIsDoneEvenIfTheExecutorIsShutDown() {
        ExecutorService gone = Executors.newSingleThreadExecutor();
        gone.shutdown();

        AsyncSession.builder().callbackExecutor(gone).build().closeAsync().join();
    }

    @Test
    void anEngineThatFailsToCloseFailsIt() {
        Engine unclosable = new Engine() {
            @Override
            public Object execute(ClientRequest request, Continuation<? super StreamingResponse> caller) {
                throw new AssertionError("Nobody asked for " + request);
            }

            @Override
            public void close() {
                throw new IllegalStateException("by a test");
            }
        };
        AsyncSession session =
                AsyncSession.builder().engine(connector -> unclosable).build();

        CompletionException error = assertThrows(
                CompletionException.class, () -> session.closeAsync().join());

        assertEquals("by a test", error.getCause().getMessage());
    }
}
