package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.ConnectorConfig;
import io.martlet.config.Resolver;
import io.martlet.engine.Engine;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.StreamingResponse;
import io.martlet.internal.net.Descriptors;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
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
    void itIsNotDoneBeforeACallbackHasBeenTold() throws InterruptedException {
        BlockingQueue<Runnable> callbacks = new LinkedBlockingQueue<>();
        try (LocalServer server = new LocalServer()) {
            server.holding("/");
            AsyncSession session =
                    AsyncSession.builder().callbackExecutor(callbacks::add).build();
            CompletableFuture<List<Object>> call =
                    session.gather(List.of(1), 1, one -> new CompletableFuture<Object>());

            CompletableFuture<Void> closed = session.closeAsync();
            assertFalse(closed.isDone());
            call.cancel(true);
            while (!closed.isDone()) {
                callbacks.take().run();
            }

            assertNull(closed.join());
        }
    }

    @Test
    void itIsDoneWhenEveryThreadHasEndedAndEverySocketIsClosed() {
        try (LocalServer server = new LocalServer()) {
            server.holding("/");
            int open = Descriptors.open();
            AsyncSession session = AsyncSession.create();
            List<CompletableFuture<String>> calls = Stream.generate(
                            () -> session.get(server.url("/")).thenApply(ClientResponse::text))
                    .limit(10)
                    .toList();
            server.awaitRequests(10);
            int ofServer = server.getAccepts();

            session.closeAsync().join();

            assertEquals(List.of(), living("martlet"));
            assertTrue(Descriptors.open() <= open + ofServer, () -> Descriptors.open() + " are open");
            assertTrue(calls.stream().allMatch(CompletableFuture::isCompletedExceptionally));
        }
    }

    @Test
    void aLookUpThatIsStillAtItIsWaitedFor() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Resolver slow = host -> {
            asked.countDown();
            awaitThrough(answer);
            return CompletableFuture.failedFuture(new UnknownHostException(host));
        };
        AsyncSession session = AsyncSession.builder()
                .connector(ConnectorConfig.builder().resolver(slow).build())
                .build();
        session.get("http://a.test/");
        awaitThrough(asked);

        CompletableFuture<Void> closed = session.closeAsync();

        assertFalse(closed.isDone());
        answer.countDown();
        closed.join();
        assertEquals(List.of(), living("martlet"));
    }

    private static void awaitThrough(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> living(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    @Test
    void itMayBeCalledAgainAndAfterClose() {
        AsyncSession session = AsyncSession.create();
        session.close();

        session.closeAsync().join();
        session.closeAsync().join();
    }

    @Test
    void whoEndsItsFutureEndsNobodyElses() throws InterruptedException {
        BlockingQueue<Runnable> callbacks = new LinkedBlockingQueue<>();
        AsyncSession session =
                AsyncSession.builder().callbackExecutor(callbacks::add).build();

        session.closeAsync().completeExceptionally(new IllegalStateException("by a caller"));
        CompletableFuture<Void> other = session.closeAsync();
        callbacks.take().run();

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
                throw CloseAsyncTest.<RuntimeException>undeclared(new IOException("by a test"));
            }
        };
        AsyncSession session =
                AsyncSession.builder().engine(connector -> unclosable).build();

        CompletionException error = assertThrows(
                CompletionException.class, () -> session.closeAsync().join());

        assertEquals("by a test", error.getCause().getMessage());
    }

    /** As a class that is written in Kotlin throws it. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
