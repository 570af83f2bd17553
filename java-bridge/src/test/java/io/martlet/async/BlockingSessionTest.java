package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.Outcome;
import io.martlet.auth.Basic;
import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.DnsException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.ClientException.ProtocolException;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.RawServer;
import io.martlet.fixture.Reply;
import io.martlet.http.ClientResponse;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kotlin.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class BlockingSessionTest {
    /** A thread that does {@code work}, and what came of it. */
    private static final class Worker<T> extends FutureTask<T> {
        private final Thread thread = new Thread(this, "worker");

        Worker(Callable<T> work) {
            super(work);
            thread.start();
        }

        void interrupt() {
            thread.interrupt();
        }

        Throwable failure() {
            return assertThrows(ExecutionException.class, this::get).getCause();
        }
    }

    @Test
    void aResponseIsReturned() throws Exception {
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.create()) {
            assertEquals("here", session.blocking().get(server.url("/")).text());
            assertSame(session, session.blocking().async());
        }
    }

    @Test
    void aBodyIsReadByAwaitingIt() throws Exception {
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.create()) {
            BlockingSession blocking = session.blocking();
            try (AsyncResponse response = blocking.open("GET", server.url("/"))) {
                assertArrayEquals("here".getBytes(), blocking.await(response.bytes()));
            }
        }
    }

    @Test
    void manyAreGathered() throws Exception {
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.create()) {
            BlockingSession blocking = session.blocking();

            List<Integer> statuses = blocking.gather(
                    List.of("/", "/none"),
                    2,
                    path -> session.get(server.url(path)).thenApply(ClientResponse::status));
            List<Outcome<Integer>> outcomes = blocking.gatherOutcomes(
                    List.of(server.url("/"), "bad"), 2, url -> session.get(url).thenApply(ClientResponse::status));

            assertEquals(List.of(200, 404), statuses);
            assertEquals(new Outcome.Success<>(0, 200), outcomes.get(0));
            assertFalse(outcomes.get(1).isSuccess());
        }
    }

    @Test
    void aFailureIsThrownItselfAndShowsTheCallersLine() {
        try (RawServer server = RawServer.answering("no HTTP\r\n\r\n");
                AsyncSession session = AsyncSession.create()) {
            ProtocolException error = assertThrows(
                    ProtocolException.class, () -> session.blocking().get(server.url("/")));

            assertShowsCaller(error);
        }
    }

    @Test
    void theStackTraceOfAFailureThatIsThrownAgainAndAgainStaysFinite() {
        IOException failure = new IOException("always the same");
        CompletableFuture<Void> failing = CompletableFuture.failedFuture(failure);
        try (AsyncSession session = AsyncSession.create()) {
            BlockingSession blocking = session.blocking();
            for (int i = 0; i < 1_000; i++) {
                assertSame(failure, assertThrows(IOException.class, () -> blocking.await(failing)));
                assertSame(failure, assertThrows(IOException.class, () -> blocking.await(failing)));
            }
        }
        assertTrue(failure.getStackTrace().length <= 1024, () -> failure.getStackTrace().length + " frames");
    }

    @Test
    void aFailureOnTheCallersOwnThreadShowsItsLineOnce() {
        try (AsyncSession session = AsyncSession.create()) {
            InvalidUrlException error = assertThrows(
                    InvalidUrlException.class, () -> session.blocking().get("no/base"));

            assertShowsCaller(error);
        }
    }

    private static void assertShowsCaller(Throwable error) {
        long shown = Arrays.stream(error.getStackTrace())
                .filter(frame -> frame.getClassName().equals(BlockingSessionTest.class.getName())
                        && frame.getMethodName().startsWith("lambda"))
                .count();
        assertEquals(1, shown, () -> Arrays.toString(error.getStackTrace()));
    }

    @Test
    void aClosedSessionRefuses() {
        AsyncSession session = AsyncSession.create();
        session.close();

        assertThrows(SessionClosedException.class, () -> session.blocking().get("http://127.0.0.1/"));
        assertEquals("AsyncSession(no baseUrl, closed)", session.blocking().toString());
    }

    @Test
    void anInterruptClosesTheConnection() throws Exception {
        try (LocalServer server = new LocalServer();
                AsyncSession session = AsyncSession.create()) {
            server.holding("/", Reply.empty());
            Worker<ClientResponse> worker =
                    new Worker<>(() -> session.blocking().get(server.url("/")));
            server.awaitRequests(1);

            worker.interrupt();

            assertInstanceOf(InterruptedException.class, worker.failure());
            server.awaitAllEnded();
        }
    }

    @Test
    void anInterruptEndsAGather() throws Exception {
        try (LocalServer server = new LocalServer();
                AsyncSession session = AsyncSession.create()) {
            server.holding("/", Reply.empty());
            Worker<List<ClientResponse>> worker = new Worker<>(
                    () -> session.blocking().gather(List.of("/?1", "/?2"), 2, path -> session.get(server.url(path))));
            server.awaitRequests(2);

            worker.interrupt();

            assertInstanceOf(InterruptedException.class, worker.failure());
            server.awaitAllEnded();
        }
    }

    @Test
    void aThreadThatIsInterruptedAlreadySendsNothing() {
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.create()) {
            Thread.currentThread().interrupt();

            assertThrows(InterruptedException.class, () -> session.blocking().get(server.url("/")));

            assertFalse(Thread.currentThread().isInterrupted());
            assertEquals(0, server.getAccepts());
        }
    }

    @Test
    void aResponseThatArrivesAsItsThreadIsInterruptedIsClosed() throws Exception {
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
                Worker<AsyncResponse> worker =
                        new Worker<>(() -> session.blocking().open("GET", server.url("/")));
                server.awaitRequests(i + 1);
                for (int spin = random.nextInt(20_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                worker.interrupt();
                try {
                    worker.get().close();
                } catch (ExecutionException e) {
                    assertInstanceOf(InterruptedException.class, e.getCause());
                }
            }
            server.awaitAllEnded();
        }
    }

    /** What the blocking face says when {@code call} is made where it must not be. */
    private static String refusal(BlockingSession blocking, String url) {
        return assertThrows(IllegalStateException.class, () -> blocking.get(url))
                .getMessage()
                .replaceFirst(" on .*?,", " on a thread,");
    }

    @Test
    void aCallbackOnALoopsThreadIsRefused() {
        try (LocalServer server = new LocalServer();
                AsyncSession session =
                        AsyncSession.builder().callbackExecutor(Runnable::run).build()) {
            Gate gate = server.holding("/");
            CompletableFuture<String> refusal =
                    session.get(server.url("/")).thenApply(r -> refusal(session.blocking(), server.url("/")));
            gate.open();

            assertEquals(
                    "A blocking call on a thread, a thread that requests wait for: it could wait for itself for ever",
                    refusal.join());
        }
    }

    @Test
    void aCallbackOnTheExecutorThatWasSetIsRefusedWhateverTheSession() {
        ExecutorService own = Executors.newSingleThreadExecutor();
        try (LocalServer server = new LocalServer();
                AsyncSession other = AsyncSession.create();
                AsyncSession session =
                        AsyncSession.builder().callbackExecutor(own).build()) {
            Gate gate = server.holding("/");
            CompletableFuture<String> refusal =
                    session.get(server.url("/")).thenApply(r -> refusal(other.blocking(), server.url("/")));
            gate.open();

            assertEquals(
                    "A blocking call on a thread, in a callback on the executor that the session was given"
                            + " (callbackExecutor): callbacks that wait for each other could take all of its threads; use"
                            + " futures here, or the default executor",
                    refusal.join());
            own.submit(() -> other.blocking().get(server.url("/"))).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            own.shutdown();
        }
    }

    @Test
    void aResolverIsRefused() {
        CompletableFuture<String> refusal = new CompletableFuture<>();
        try (AsyncSession other = AsyncSession.create();
                AsyncSession session = AsyncSession.builder()
                        .connector(ConnectorConfig.builder()
                                .resolver(host -> {
                                    refusal.complete(refusal(other.blocking(), "http://127.0.0.1/"));
                                    return CompletableFuture.failedFuture(new UnknownHostException(host));
                                })
                                .build())
                        .build()) {
            assertThrows(DnsException.class, () -> session.blocking().get("http://a.test/"));
        }
        assertTrue(refusal.join().contains("a thread that requests wait for"), refusal::join);
    }

    @Test
    void callbacksOnTheDefaultExecutorMayWaitHoweverMany() {
        int callbacks = 100;
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.builder()
                        .auth(new Basic("user", "password"))
                        .build()) {
            Gate gate = server.holding("/late");
            List<CompletableFuture<String>> texts = IntStream.range(0, callbacks)
                    .mapToObj(i -> session.get(server.url("/late")).thenApply(r -> text(session, server.url("/"))))
                    .toList();
            gate.open();

            texts.forEach(text -> assertEquals("here", text.join()));
        }
    }

    private static String text(AsyncSession session, String url) {
        try {
            return session.blocking().get(url).text();
        } catch (ClientException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHundredThreadsWaitAtOnceOverOneConnection() {
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.builder()
                        .connector(ConnectorConfig.builder().limit(1).build())
                        .build()) {
            List<Worker<String>> workers = Stream.generate(() -> new Worker<>(() -> text(session, server.url("/"))))
                    .limit(100)
                    .toList();

            for (Worker<String> worker : workers) {
                assertEquals("here", result(worker));
            }
            assertEquals(1, server.getAccepts());
        }
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
