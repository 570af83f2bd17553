package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.fixture.LeakCheck;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class EventLoopTest {
    private static final long MILLI = 1_000_000;

    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final EventLoop loop = new EventLoop((thread, fault) -> faults.add(fault));

    @AfterEach
    void close() throws InterruptedException {
        loop.close();
        loop.awaitEnd();
    }

    @Test
    void theThreadIsANamedDaemonThatStartsWithTheFirstTask() {
        assertTrue(loop.toString().matches("martlet-loop-\\d+ \\(NEW\\): 0 channels, 0 timers"), loop::toString);
        Thread thread = Await.result(CompletableFuture.supplyAsync(Thread::currentThread, loop));
        assertTrue(thread.getName().matches("martlet-loop-\\d+"), thread::getName);
        assertTrue(thread.isDaemon());
        assertTrue(loop.toString().endsWith(" (RUNNING): 0 channels, 0 timers"), loop::toString);
    }

    @Test
    void onlyTheLoopsOwnThreadIsInTheLoop() {
        assertFalse(loop.inLoop());
        assertTrue(Await.result(CompletableFuture.supplyAsync(loop::inLoop, loop)));
    }

    @RepeatedTest(20)
    void tasksOfOneThreadRunInOrderAndNoneIsLost() {
        List<List<Integer>> seen = Stream.generate(() -> (List<Integer>) new CopyOnWriteArrayList<Integer>())
                .limit(4)
                .toList();
        IntStream.range(0, 4).parallel().forEach(thread -> {
            for (int i = 0; i < 500; i++) {
                int number = i;
                loop.execute(() -> seen.get(thread).add(number));
            }
        });
        Await.result(CompletableFuture.runAsync(() -> {}, loop));
        List<Integer> all = IntStream.range(0, 500).boxed().toList();
        assertEquals(List.of(all, all, all, all), seen);
    }

    @Test
    void tasksThatAddTasksDoNotStarveTimers() {
        AtomicInteger left = new AtomicInteger(1);
        CompletableFuture<Void> expired = new CompletableFuture<>();
        loop.schedule(timer(() -> expired.complete(null)), 20 * MILLI);
        loop.execute(new Runnable() {
            @Override
            public void run() {
                if (left.get() > 0) {
                    loop.execute(this);
                }
            }
        });
        Await.result(expired);
        left.set(0);
    }

    @Test
    void whatTasksTimersAndFaultHandlersThrowDoesNotEndTheLoop() {
        EventLoop unlucky = new EventLoop((thread, fault) -> {
            faults.add(fault);
            throw new IllegalStateException("the handler of faults fails too");
        });
        unlucky.execute(() -> {
            throw new IllegalStateException("task");
        });
        CompletableFuture<Void> expired = new CompletableFuture<>();
        unlucky.schedule(
                timer(() -> {
                    expired.complete(null);
                    throw new AssertionError("timer");
                }),
                0);
        Await.result(expired);
        Await.result(CompletableFuture.runAsync(() -> {}, unlucky));
        unlucky.close();
        Await.until(faults::toString, () -> faults.size() == 2);
        assertEquals(
                List.of("task", "timer"),
                faults.stream().map(Throwable::getMessage).sorted().toList());
    }

    @Test
    void aClosedLoopHasNoThreadAndRefusesTasks() throws InterruptedException {
        loop.execute(() -> {});
        loop.close();
        loop.close();
        loop.awaitEnd();
        assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
        assertTrue(loop.toString().endsWith(" (CLOSED): 0 channels, 0 timers"), loop::toString);
    }

    @Test
    void aLoopThatIsClosedBeforeItsFirstTaskNeverStarts() {
        loop.close();
        assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
        assertEquals(0, loop.turns());
    }

    @RepeatedTest(100)
    void aTaskIsEitherRefusedOrRunWhenTheLoopIsClosedMeanwhile() throws InterruptedException {
        EventLoop shortLived = new EventLoop((thread, fault) -> faults.add(fault));
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        CompletableFuture<Void> feeding = CompletableFuture.runAsync(() -> {
            while (true) {
                try {
                    shortLived.execute(ran::incrementAndGet);
                    accepted.incrementAndGet();
                } catch (RejectedExecutionException e) {
                    return;
                }
            }
        });
        Await.until(() -> "nothing was accepted", () -> accepted.get() > 10);
        shortLived.close();
        Await.result(feeding);
        shortLived.awaitEnd();
        assertEquals(accepted.get(), ran.get());
    }

    @Test
    void stepsRunBehindTheTasksOfTheirTurn() {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            loop.atEndOfTurn(() -> ran.add("step"));
            loop.atEndOfTurn(() -> {
                throw new IllegalStateException("a step fails");
            });
            loop.atEndOfTurn(() -> done.complete(null));
            loop.execute(() -> ran.add("task"));
        });
        Await.result(done);
        assertEquals(List.of("task", "step"), ran);
        assertEquals(
                List.of("a step fails"),
                faults.stream().map(Throwable::getMessage).toList());
    }

    @Test
    void whatAStepOfAClosingLoopHandsOverStillRuns() throws InterruptedException {
        List<String> ran = new CopyOnWriteArrayList<>();
        loop.execute(() -> {
            loop.close();
            loop.execute(() -> loop.atEndOfTurn(() -> loop.execute(() -> {
                ran.add("task of a step");
                loop.atEndOfTurn(() -> ran.add("step of that task"));
            })));
        });
        loop.awaitEnd();
        assertEquals(List.of("task of a step", "step of that task"), ran);
    }

    @RepeatedTest(5)
    void noTimerIsEarlyAndNoneIsLostWhicheverThreadArmsIt() throws InterruptedException {
        CountDownLatch expired = new CountDownLatch(800);
        List<Long> earliness = new CopyOnWriteArrayList<>();
        IntStream.range(0, 4).parallel().forEach(thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 200; i++) {
                long delay = random.nextInt((int) (200 * MILLI));
                long deadline = System.nanoTime() + delay;
                Timer timer = timer(() -> {
                    earliness.add(deadline - System.nanoTime());
                    expired.countDown();
                });
                loop.schedule(timer, delay);
            }
        });
        assertTrue(expired.await(30, TimeUnit.SECONDS), loop::toString);
        assertEquals(0, earliness.stream().filter(nanos -> nanos > 0).count());
        assertEquals(800, earliness.size());
    }

    @Test
    void aTimerThatIsDueBeforeTheOthersWakesASleepingLoop() {
        loop.schedule(timer(() -> {}), Long.MAX_VALUE);
        loop.schedule(timer(() -> {}), 3_600_000 * MILLI);
        CompletableFuture<Void> expired = new CompletableFuture<>();
        loop.schedule(timer(() -> expired.complete(null)), 30 * MILLI);
        Await.result(expired);
        assertTrue(loop.toString().endsWith("2 timers"), loop::toString);
    }

    @Test
    void aTimerMayArmItselfAgain() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicInteger rounds = new AtomicInteger();
        loop.schedule(
                new Timer() {
                    @Override
                    protected void expired() {
                        if (rounds.incrementAndGet() < 5) {
                            loop.schedule(this, MILLI);
                        } else {
                            done.complete(null);
                        }
                    }
                },
                0);
        Await.result(done);
        assertEquals(5, rounds.get());
    }

    @RepeatedTest(20)
    void aTimerThatIsCancelledOnTheLoopNeverExpires() {
        AtomicInteger expired = new AtomicInteger();
        Timer victim = timer(expired::incrementAndGet);
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        loop.schedule(victim, 20 * MILLI);
        loop.schedule(timer(() -> cancelled.complete(loop.cancel(victim))), 5 * MILLI);
        boolean inTime = Await.result(cancelled);
        CompletableFuture<Void> later = new CompletableFuture<>();
        loop.schedule(timer(() -> later.complete(null)), 40 * MILLI);
        Await.result(later);
        assertEquals(inTime ? 0 : 1, expired.get());
    }

    @Test
    void aLoopWithNothingToDoDoesNotTurn() {
        Timer cancelled = timer(() -> {});
        loop.schedule(cancelled, 20 * MILLI);
        loop.cancel(cancelled);
        assertTrue(Turns.during(loop, 300 * MILLI) < 10);
    }

    @Test
    void anInterruptOfTheThreadDoesNotMakeTheLoopSpin() {
        Await.result(CompletableFuture.runAsync(() -> Thread.currentThread().interrupt(), loop));
        long turns = Turns.during(loop, 300 * MILLI);
        assertTrue(turns < 200, () -> turns + " turns");
    }

    @Test
    void loopsAreTakenInTurn() {
        try (EventLoopGroup group = new EventLoopGroup(3, (thread, fault) -> faults.add(fault))) {
            List<EventLoop> taken = Stream.generate(group::next).limit(7).toList();
            assertEquals(3, taken.stream().distinct().count());
            assertEquals(taken.subList(0, 3), taken.subList(3, 6));
            assertEquals(taken.get(0), taken.get(6));
            assertEquals(3, group.toString().lines().count());
        }
        assertTrue(EventLoopGroup.defaultCount() >= 1 && EventLoopGroup.defaultCount() <= 4);
        assertThrows(IllegalArgumentException.class, () -> new EventLoopGroup(0, (thread, fault) -> {}));
    }

    private static Timer timer(Runnable action) {
        return new Timer() {
            @Override
            protected void expired() {
                action.run();
            }
        };
    }
}
