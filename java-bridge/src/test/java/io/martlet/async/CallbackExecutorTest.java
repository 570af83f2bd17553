package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.ConnectorConfig;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class CallbackExecutorTest {
    @Test
    void callbacksRunOnTheExecutorThatWasSet() {
        ExecutorService own = Executors.newSingleThreadExecutor(task -> new Thread(task, "own-callbacks"));
        try (LocalServer server = new LocalServer();
                AsyncSession session =
                        AsyncSession.builder().callbackExecutor(own).build()) {
            var gate = server.holding("/", Reply.text("late"));
            CompletableFuture<String> thread = session.get(server.url("/"))
                    .thenApply(r -> Thread.currentThread().getName());
            gate.open();
            // In tests, coroutines add their number to the name.
            assertTrue(thread.join().startsWith("own-callbacks"), thread::join);
        } finally {
            own.shutdown();
        }
    }

    @Test
    void callbacksRunByDefaultOnVirtualOrOwnDaemonThreads() {
        try (LocalServer server = new LocalServer();
                AsyncSession session = AsyncSession.create()) {
            var gate = server.holding("/", Reply.text("late"));
            CompletableFuture<Thread> thread = session.get(server.url("/")).thenApply(r -> Thread.currentThread());
            gate.open();
            Thread ran = thread.join();
            assertTrue(ran.isDaemon());
            assertTrue(
                    Runtime.version().feature() >= 21 || ran.getName().startsWith("martlet-callback-"), ran::toString);
        }
    }

    @Test
    void aBlockedCallbackStallsNoOtherRequest() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.create()) {
            // Late, so that the callback does not run where it is given.
            var gate = server.holding("/late");
            CompletableFuture<Void> stuck = session.get(server.url("/late")).thenAccept(r -> {
                blocked.countDown();
                await(release);
            });
            gate.open();
            blocked.await();
            for (int i = 0; i < 20; i++) {
                assertEquals("here", session.get(server.url("/")).join().text());
            }
            release.countDown();
            stuck.join();
        }
    }

    @Test
    void whatACallbackThrowsIsItsStagesAndNobodyElses() {
        ConnectorConfig one = ConnectorConfig.builder().limit(1).build();
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.builder().connector(one).build()) {
            CompletableFuture<Object> failing = session.get(server.url("/")).thenApply(r -> {
                throw new IllegalStateException("by a callback");
            });

            assertEquals("here", session.get(server.url("/")).join().text());

            CompletionException error = assertThrows(CompletionException.class, failing::join);
            assertEquals("by a callback", error.getCause().getMessage());
            assertEquals(1, server.getAccepts());
        }
    }

    @Test
    void aCallbackMayWaitForAnotherRequestOverTheOnlyConnection() {
        ConnectorConfig one = ConnectorConfig.builder().limit(1).build();
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.builder().connector(one).build()) {
            List<CompletableFuture<String>> texts = IntStream.range(0, 10)
                    .mapToObj(i -> session.get(server.url("/"))
                            .thenApply(r -> session.get(server.url("/")).join().text()))
                    .toList();

            texts.forEach(text -> assertEquals("here", text.join()));
        }
    }

    @Test
    void aGatherThatIsCancelledBeforeItsTurnTakesNoElement() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        AtomicInteger taken = new AtomicInteger();
        Iterable<Integer> elements =
                () -> IntStream.generate(taken::incrementAndGet).iterator();
        try (AsyncSession session =
                AsyncSession.builder().callbackExecutor(waiting::add).build()) {
            CompletableFuture<List<Integer>> all = session.gather(elements, 7, CompletableFuture::completedFuture);

            all.cancel(false);
            waiting.forEach(Runnable::run);

            assertEquals(0, taken.get());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
