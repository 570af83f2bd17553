package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.Outcome;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.fixture.AwaitKt;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import io.martlet.http.ClientResponse;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many at once: what comes in their order is in {@link AsyncSessionTest}, here what comes as it is done. */
@ExtendWith(LeakCheck.class)
class AsyncGatherTest {
    private final AsyncSession session = AsyncSession.create();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();

    @AfterEach
    void close() {
        session.close();
    }

    private Stream<Integer> endless() {
        return Stream.generate(taken::getAndIncrement).onClose(closes::incrementAndGet);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(CompletionException.class, future::join).getCause();
    }

    @Test
    void outcomesComeInTheOrderInWhichTheyComeAbout() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        Flow.Publisher<Outcome<String>> outcomes = session.asCompleted(
                List.of("slow", "quick"),
                2,
                name -> name.equals("slow") ? slow : CompletableFuture.completedFuture(name));
        Recorded<Outcome<String>> recorded = Recorded.of(outcomes);
        recorded.request(3);
        recorded.await(1);

        slow.complete("slow");

        assertEquals(
                List.of(new Outcome.Success<>(1, "quick"), new Outcome.Success<>(0, "slow")),
                recorded.end().join());
    }

    @Test
    void aFailureIsAnOutcomeAndStopsNothing() {
        IllegalStateException failure = new IllegalStateException("by a test");
        Recorded<Outcome<Integer>> recorded = Recorded.of(session.asCompleted(
                IntStream.range(0, 3).boxed(),
                1,
                i -> i == 1 ? CompletableFuture.failedFuture(failure) : CompletableFuture.completedFuture(i)));
        recorded.request(Long.MAX_VALUE);

        assertEquals(
                List.of(new Outcome.Success<>(0, 0), new Outcome.Failure<>(1, failure), new Outcome.Success<>(2, 2)),
                recorded.end().join());
    }

    @Test
    void nothingRunsBeforeItIsRequestedAndThenNoMoreThanTheWindow() {
        Recorded<Outcome<Integer>> recorded =
                Recorded.of(session.asCompleted(endless(), 3, CompletableFuture::completedFuture));
        assertEquals(0, taken.get());

        recorded.request(10);
        recorded.await(10);

        assertTrue(taken.get() <= 10 + 3, () -> taken + " were taken");
        recorded.cancel();
    }

    @Test
    void cancellingTheSubscriptionCancelsWhatRunsAndClosesTheStream() {
        List<CompletableFuture<Object>> running = new CopyOnWriteArrayList<>();
        Recorded<Outcome<Object>> recorded = Recorded.of(session.asCompleted(endless(), 2, i -> {
            CompletableFuture<Object> future = new CompletableFuture<>();
            running.add(future);
            return future;
        }));
        recorded.request(1);
        AwaitKt.eventually(() -> "it never came", () -> running.size() == 2);

        recorded.cancel();

        running.forEach(future -> assertThrows(Exception.class, future::join));
        assertTrue(running.stream().allMatch(CompletableFuture::isCancelled));
        AwaitKt.eventually(() -> "it never came", () -> closes.get() == 1);
    }

    @Test
    void cancellingASubscriptionThatRequestedNothingClosesTheStream() {
        Recorded<Outcome<Integer>> recorded =
                Recorded.of(session.asCompleted(endless(), 2, CompletableFuture::completedFuture));

        recorded.cancel();

        AwaitKt.eventually(() -> "it never came", () -> closes.get() == 1);
        assertEquals(0, taken.get());
    }

    @Test
    void requestsAreOutcomes() {
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"))) {
            Iterator<String> urls = List.of(server.url("/"), "bad").iterator();
            Recorded<Outcome<Integer>> recorded = Recorded.of(
                    session.asCompleted(urls, 2, url -> session.get(url).thenApply(ClientResponse::status)));
            recorded.request(Long.MAX_VALUE);

            List<String> seen = recorded.end().join().stream()
                    .sorted(Comparator.comparing(Outcome::index))
                    .map(outcome -> outcome.map(status -> status + " " + outcome.index()))
                    .map(outcome -> outcome.isSuccess() ? outcome.orElseThrow() : "failed " + outcome.index())
                    .toList();
            assertEquals(List.of("200 0", "failed 1"), seen);
        }
    }

    @Test
    void aStreamThatFailsEndsItAll() {
        IllegalStateException failure = new IllegalStateException("by a test");
        Stream<Integer> failing = Stream.of(1).peek(i -> {
            throw failure;
        });
        Recorded<Outcome<Integer>> recorded =
                Recorded.of(session.asCompleted(failing, 2, CompletableFuture::completedFuture));
        recorded.request(1);

        assertEquals("by a test", failure(recorded.end()).getMessage());
    }

    @Test
    void aStreamIsForOneSubscriber() {
        Flow.Publisher<Outcome<Integer>> once =
                session.asCompleted(Stream.of(1), 2, CompletableFuture::completedFuture);
        Recorded<Outcome<Integer>> first = Recorded.of(once);
        first.request(2);
        first.end().join();
        Recorded<Outcome<Integer>> second = Recorded.of(once);
        second.request(2);

        assertInstanceOf(IllegalStateException.class, failure(second.end()));
    }

    @Test
    void aStreamIsGatheredAndClosed() {
        Stream<Integer> numbers = Stream.of(1, 2, 3).onClose(closes::incrementAndGet);

        assertEquals(
                List.of(2, 4, 6),
                session.gather(numbers, 2, i -> CompletableFuture.completedFuture(2 * i))
                        .join());
        assertEquals(1, closes.get());
    }

    @Test
    void aStreamIsClosedWhenTheGatheringFails() {
        IllegalStateException failure = new IllegalStateException("by a test");

        Throwable thrown = failure(session.gather(endless(), 2, i -> CompletableFuture.failedFuture(failure)));

        assertEquals("by a test", thrown.getMessage());
        assertEquals(1, closes.get());
    }

    @Test
    void aStreamIsClosedWhenTheSessionIsClosed() {
        session.close();

        assertInstanceOf(
                SessionClosedException.class,
                failure(session.gather(endless(), 2, CompletableFuture::completedFuture)));
        assertEquals(1, closes.get());
    }

    @Test
    void aStreamThatCannotBeClosedFailsTheFuture() {
        IllegalStateException failure = new IllegalStateException("by a test");
        Stream<Integer> stubborn = Stream.of(1).onClose(() -> {
            throw failure;
        });

        assertSame(failure, failure(session.gatherOutcomes(stubborn, 2, CompletableFuture::completedFuture)));
    }

    @Test
    void anIteratorIsGathered() {
        assertEquals(
                List.of(1, 2),
                session.gather(List.of(1, 2).iterator(), 2, CompletableFuture::completedFuture)
                        .join());
        assertEquals(
                List.of(new Outcome.Success<>(0, 1)),
                session.gatherOutcomes(List.of(1).iterator(), 2, CompletableFuture::completedFuture)
                        .join());
    }

    @Test
    void aWindowOfNoneIsRefused() {
        Stream<Integer> none = Stream.of();
        assertThrows(
                IllegalArgumentException.class, () -> session.asCompleted(none, 0, CompletableFuture::completedFuture));
        assertThrows(IllegalArgumentException.class, () -> session.gather(none, 0, CompletableFuture::completedFuture));
    }
}
