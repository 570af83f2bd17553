package io.martlet.samples.fetch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderedRunTest {
    private final BlockingQueue<CompletableFuture<String>> started = new LinkedBlockingQueue<>();

    @Test
    void resultsComeInTheOrderOfTheInputsThoughTheLastIsFinishedFirst() throws Exception {
        OrderedRun<String, String> run = run(3, List.of("a", "b", "c").iterator());
        List<CompletableFuture<String>> calls = List.of(started.take(), started.take(), started.take());
        for (int i = 2; i >= 0; i--) {
            calls.get(i).complete("result " + i);
        }
        assertEquals(List.of("result 0", "result 1", "result 2"), all(run));
    }

    @Test
    void whatStartsAfterOneIsFinishedIsTheNextInput() throws Exception {
        OrderedRun<String, String> run = new OrderedRun<>(1);
        run.start(
                List.of("a", "b", "c").iterator(), (index, input) -> CompletableFuture.completedFuture(index + input));
        assertEquals(List.of("0a", "1b", "2c"), all(run));
    }

    @Test
    void workThatCannotEvenStartEndsTheRunAndIsTold() throws Exception {
        OrderedRun<String, String> run = new OrderedRun<>(3);
        IllegalStateException reason = new IllegalStateException();
        run.start(List.of("a", "b").iterator(), (index, input) -> {
            throw reason;
        });
        assertNull(run.next());
        assertSame(reason, run.failure());
    }

    @Test
    void aSlowInputDoesNotHoldBackTheResultsBeforeIt() throws Exception {
        BlockingQueue<String> inputs = new LinkedBlockingQueue<>(List.of("a"));
        OrderedRun<String, String> run =
                run(2, Stream.generate(() -> take(inputs)).iterator());
        started.take().complete("result a");
        assertEquals("result a", run.next());
        run.close();
    }

    @Test
    void inputsAreTakenNoFurtherThanTheWindowReaches() throws Exception {
        AtomicLong handedOut = new AtomicLong();
        AtomicLong furthest = new AtomicLong();
        OrderedRun<Integer, Integer> run = new OrderedRun<>(5);
        run.start(IntStream.range(0, 100_000).iterator(), (index, input) -> {
            furthest.accumulateAndGet(index - handedOut.get(), Math::max);
            return CompletableFuture.completedFuture(input);
        });
        while (run.next() != null) {
            handedOut.incrementAndGet();
        }
        assertEquals(100_000, handedOut.get());
        // One has left the window, and is not counted yet.
        assertTrue(furthest.get() <= OrderedRun.MAX_WAITING + 5, "furthest: " + furthest);
    }

    @Test
    void onceStoppedItGivesWhatIsFinishedAndWaitsForNothing() throws Exception {
        OrderedRun<String, String> run = run(3, List.of("a", "b", "c").iterator());
        started.take();
        started.take().complete("result 1");
        started.take();
        run.stop();
        assertEquals("result 1", run.next());
        assertNull(run.next());
        assertEquals(2, run.givenUp());
    }

    @Test
    void aStopWakesWhoeverWaitsForAResult() throws Exception {
        OrderedRun<String, String> run = run(1, List.of("a").iterator());
        CompletableFuture<List<String>> results = CompletableFuture.supplyAsync(() -> all(run));
        started.take();
        run.stop();
        assertEquals(List.of(), results.join());
    }

    @Test
    void inputsThatBreakOffAreToldAfterTheResultsBefore() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken");
        Iterator<String> inputs =
                Stream.of("a", "b").peek(input -> failAt("b", input, broken)).iterator();
        OrderedRun<String, String> run = run(2, inputs);
        started.take().complete("result a");
        assertEquals(List.of("result a"), all(run));
        assertSame(broken, run.failure());
    }

    @Test
    void anActionThatBreaksItsWordEndsTheRun() throws Exception {
        OrderedRun<String, String> run = run(1, List.of("a", "b").iterator());
        IllegalStateException broken = new IllegalStateException("broken");
        started.take().completeExceptionally(broken);
        assertEquals(List.of(), all(run));
        assertSame(broken, run.failure());
    }

    private OrderedRun<String, String> run(int maxRunning, Iterator<String> inputs) {
        OrderedRun<String, String> run = new OrderedRun<>(maxRunning);
        run.start(inputs, (index, input) -> {
            CompletableFuture<String> call = new CompletableFuture<>();
            started.add(call);
            return call;
        });
        return run;
    }

    private static List<String> all(OrderedRun<String, String> run) {
        try {
            List<String> results = new ArrayList<>();
            for (String result = run.next(); result != null; result = run.next()) {
                results.add(result);
            }
            return results;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String take(BlockingQueue<String> inputs) {
        try {
            return inputs.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void failAt(String last, String input, RuntimeException failure) {
        if (input.equals(last)) {
            throw failure;
        }
    }
}
