package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class WorkerThreadsTest {
    private final WorkerThreads threads = new WorkerThreads("dns", 3);
    private final Gate gate = new Gate();

    @AfterEach
    void close() {
        gate.open();
        threads.close();
    }

    @Test
    void anIdleThreadIsUsedBeforeANewOneIsStarted() {
        for (int i = 0; i < 10; i++) {
            run(() -> {});
            Await.until(threads::toString, () -> threads.toString().equals("1 thread (1 idle), 0 waiting"));
        }
    }

    @Test
    void aThreadIsStartedWhenAllOthersAreBusyUpToTheLimitThenTasksWait() {
        List<CompletableFuture<Void>> tasks = IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.runAsync(gate::await, threads))
                .toList();
        Await.until(threads::toString, () -> threads.toString().equals("3 threads (0 idle), 2 waiting"));
        gate.open();
        tasks.forEach(Await::result);
    }

    @Test
    void theThreadsAreDaemonsWithAName() {
        CompletableFuture<Thread> thread = CompletableFuture.supplyAsync(Thread::currentThread, threads);
        assertEquals("martlet-dns-1", Await.result(thread).getName());
        assertTrue(Await.result(thread).isDaemon());
    }

    @Test
    void threadsEndWhenTheyAreIdleAndComeAgain() {
        try (WorkerThreads impatient = new WorkerThreads("dns", 3, 1)) {
            for (int i = 0; i < 100; i++) {
                Await.result(CompletableFuture.runAsync(() -> {}, impatient));
                Await.until(impatient::toString, () -> impatient.toString().equals("0 threads (0 idle), 0 waiting"));
            }
        }
    }

    @Test
    void noTaskIsLostWhenThreadsComeAndGo() throws InterruptedException {
        try (WorkerThreads impatient = new WorkerThreads("dns", 3, 1000)) {
            CountDownLatch done = new CountDownLatch(20_000);
            IntStream.range(0, 4).parallel().forEach(thread -> {
                for (int i = 0; i < 5000; i++) {
                    impatient.execute(done::countDown);
                }
            });
            assertTrue(done.await(30, TimeUnit.SECONDS), impatient::toString);
        }
    }

    @Test
    void aTaskThatThrowsDoesNotCostItsThread() {
        List<String> uncaught = new CopyOnWriteArrayList<>();
        try (WorkerThreads one = new WorkerThreads("dns", 1)) {
            one.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e.getMessage()));
                throw new IllegalStateException("on purpose");
            });
            Thread thread = Await.result(CompletableFuture.supplyAsync(Thread::currentThread, one));
            assertEquals("martlet-dns-1", thread.getName());
            assertEquals(List.of("on purpose"), uncaught);
        }
    }

    @Test
    void closingDropsWhatWaitsAndRefusesWhatComes() {
        AtomicInteger ran = new AtomicInteger();
        IntStream.range(0, 3).forEach(i -> threads.execute(gate::await));
        threads.execute(ran::incrementAndGet);
        threads.close();
        threads.close();
        assertThrows(RejectedExecutionException.class, () -> threads.execute(ran::incrementAndGet));
        gate.open();
        Await.until(threads::toString, () -> threads.toString().equals("0 threads (0 idle), 0 waiting"));
        assertEquals(0, ran.get());
    }

    @Test
    void aLimitThatIsNotPositiveIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WorkerThreads("dns", 0));
    }

    private void run(Runnable task) {
        Await.result(CompletableFuture.runAsync(task, threads));
    }
}
