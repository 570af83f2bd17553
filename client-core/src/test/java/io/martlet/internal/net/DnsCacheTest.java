package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Resolver;
import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
class DnsCacheTest {
    private static final long SECOND = 1_000_000_000;
    private static final InetAddress ONE = address(1);
    private static final InetAddress TWO = address(2);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<CompletableFuture<List<InetAddress>>> answers = new ArrayList<>();
    private long now;
    private final DnsCache cache = cache(this::ask);

    private DnsCache cache(Resolver resolver) {
        return new DnsCache(resolver, tasks::add, new DnsTable(10 * SECOND, SECOND, 1000), () -> now);
    }

    private CompletionStage<List<InetAddress>> ask(String host) {
        asked.add(host);
        answers.add(new CompletableFuture<>());
        return answers.get(answers.size() - 1);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void allWhoAskAtTheSameTimeShareOneLookUpAndTakeTurnsInTheAddresses() {
        List<CompletableFuture<List<InetAddress>>> callers =
                Stream.generate(() -> cache.resolve("a.example")).limit(3).toList();
        runTasks();
        assertEquals("known: ; under way: a.example", cache.toString());
        answers.get(0).complete(List.of(ONE, TWO));
        assertEquals(List.of("a.example"), asked);
        assertEquals(
                List.of(List.of(ONE, TWO), List.of(TWO, ONE), List.of(ONE, TWO)),
                callers.stream().map(Await::result).toList());
        assertEquals(List.of(TWO, ONE), Await.result(cache.resolve("a.example")));
    }

    @Test
    void anAnswerIsAskedForAgainAfterItsTime() {
        resolve("a.example", List.of(ONE));
        now += 10 * SECOND - 1;
        assertTrue(cache.resolve("a.example").isDone());
        now += 1;
        assertFalse(cache.resolve("a.example").isDone());
        runTasks();
        assertEquals(List.of("a.example", "a.example"), asked);
    }

    @Test
    void oneCallersCancellationIsNotFeltByTheOthers() {
        CompletableFuture<List<InetAddress>> first = cache.resolve("a.example");
        CompletableFuture<List<InetAddress>> second = cache.resolve("a.example");
        runTasks();
        assertTrue(first.cancel(false));
        answers.get(0).complete(List.of(ONE));
        assertTrue(first.isCancelled());
        assertEquals(List.of(ONE), Await.result(second));
    }

    @Test
    void aLookUpThatNobodyWaitsForIsNotBegun() {
        CompletableFuture<List<InetAddress>> first = cache.resolve("a.example");
        CompletableFuture<List<InetAddress>> second = cache.resolve("a.example");
        first.cancel(false);
        second.cancel(false);
        runTasks();
        assertEquals(List.of(), asked);
        assertEquals("known: ; under way: ", cache.toString());
    }

    @Test
    void whoAsksForANameThatHangsJoinsTheLookUpThatIsUnderWay() {
        CompletableFuture<List<InetAddress>> first = cache.resolve("slow.example");
        runTasks();
        first.cancel(false);
        CompletableFuture<List<InetAddress>> second = cache.resolve("slow.example");
        runTasks();
        assertEquals(List.of("slow.example"), asked);
        answers.get(0).complete(List.of(ONE));
        assertEquals(List.of(ONE), Await.result(second));
    }

    @Test
    void theAnswerToALookUpThatAllLeftIsKept() {
        CompletableFuture<List<InetAddress>> only = cache.resolve("slow.example");
        runTasks();
        only.cancel(false);
        answers.get(0).complete(List.of(ONE));
        assertEquals(List.of(ONE), Await.result(cache.resolve("slow.example")));
    }

    @Test
    void aFailureReachesAllWhoWaitEachWithAnExceptionOfItsOwn() {
        CompletableFuture<List<InetAddress>> first = cache.resolve("a.example");
        CompletableFuture<List<InetAddress>> second = cache.resolve("a.example");
        runTasks();
        UnknownHostException reason = new UnknownHostException("Name or service not known");
        answers.get(0).completeExceptionally(reason);
        assertInstanceOf(UnknownHostException.class, Await.failure(first));
        assertEquals(
                "a.example: Name or service not known", Await.failure(first).getMessage());
        assertSame(reason, Await.failure(first).getCause());
        assertNotSame(Await.failure(first), Await.failure(second));
    }

    @Test
    void aFailureIsRememberedForASecond() {
        CompletableFuture<List<InetAddress>> first = cache.resolve("a.example");
        runTasks();
        answers.get(0).completeExceptionally(new UnknownHostException("a.example"));
        assertEquals("a.example", Await.failure(first).getMessage());
        assertTrue(cache.resolve("a.example").isCompletedExceptionally());
        now += SECOND;
        assertFalse(cache.resolve("a.example").isDone());
    }

    static List<Resolver> faultyResolvers() {
        return List.of(
                host -> null,
                host -> CompletableFuture.completedFuture(null),
                host -> CompletableFuture.completedFuture(List.of()),
                host -> CompletableFuture.completedFuture(Arrays.asList(ONE, null)),
                host -> CompletableFuture.completedFuture(host).thenApply(h -> {
                    throw new IllegalStateException("on purpose");
                }),
                host -> {
                    throw new IllegalStateException("on purpose");
                },
                host -> {
                    throw new LinkageError("on purpose");
                });
    }

    @ParameterizedTest
    @MethodSource("faultyResolvers")
    void whateverIsWrongWithAResolverIsAnUnknownHost(Resolver faulty) {
        CompletableFuture<List<InetAddress>> caller = cache(faulty).resolve("a.example");
        runTasks();
        Throwable failure = Await.failure(caller);
        assertInstanceOf(UnknownHostException.class, failure);
        assertTrue(failure.getMessage().startsWith("a.example: "), failure.getMessage());
    }

    @Test
    void addressesAreNotAskedFor() {
        assertEquals(List.of(ONE), Await.result(cache.resolve("192.0.2.1")));
        assertEquals(
                "0:0:0:0:0:0:0:1", Await.result(cache.resolve("[::1]")).get(0).getHostAddress());
        assertInstanceOf(UnknownHostException.class, Await.failure(cache.resolve("0x7f.1")));
        assertTrue(tasks.isEmpty());
    }

    @Test
    void clearingForgetsAnswersButNotThoseWhoWait() {
        resolve("a.example", List.of(ONE));
        CompletableFuture<List<InetAddress>> waiting = cache.resolve("b.example");
        cache.clear();
        assertEquals("known: ; under way: b.example", cache.toString());
        runTasks();
        answers.get(1).complete(List.of(TWO));
        assertEquals(List.of(TWO), Await.result(waiting));
    }

    @Test
    void closingFailsThoseWhoWaitAndThoseWhoCome() {
        CompletableFuture<List<InetAddress>> queued = cache.resolve("a.example");
        CompletableFuture<List<InetAddress>> running = cache.resolve("b.example");
        runTasks();
        cache.close();
        cache.close();
        answers.forEach(answer -> answer.complete(List.of(ONE)));
        assertEquals("a.example: the session is closed", Await.failure(queued).getMessage());
        assertEquals("b.example: the session is closed", Await.failure(running).getMessage());
        assertEquals(
                "c.example: the session is closed",
                Await.failure(cache.resolve("c.example")).getMessage());
        assertEquals("known: ; under way: ", cache.toString());
    }

    @Test
    void threadsThatAreClosedFailTheLookUp() {
        DnsCache threadless = new DnsCache(
                this::ask,
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                Duration.ZERO);
        assertEquals(
                "a.example: closed",
                Await.failure(threadless.resolve("a.example")).getMessage());
        assertEquals("known: ; under way: ", withoutKnown(threadless));
    }

    private static String withoutKnown(DnsCache cache) {
        return cache.toString().replaceAll("known: .*;", "known: ;");
    }

    @Test
    void aNameThatHangsDoesNotHoldUpAnother() {
        Gate gate = new Gate();
        try (WorkerThreads threads = new WorkerThreads("dns", WorkerThreads.MOST_LOOKUPS);
                DnsCache real = new DnsCache(host -> hangingAt(host, gate), threads, Duration.ofSeconds(10))) {
            List<CompletableFuture<List<InetAddress>>> impatient = Stream.generate(() -> real.resolve("slow.example"))
                    .limit(1000)
                    .toList();
            assertEquals(List.of(ONE), Await.result(real.resolve("fast.example")));
            impatient.forEach(caller -> assertTrue(caller.cancel(false)));
            CompletableFuture<List<InetAddress>> patient = real.resolve("slow.example");
            assertFalse(patient.isDone());
            gate.open();
            assertEquals(List.of(ONE), Await.result(patient));
        }
    }

    private static CompletionStage<List<InetAddress>> hangingAt(String host, Gate gate) {
        if (host.startsWith("slow")) {
            gate.await();
        }
        return CompletableFuture.completedFuture(List.of(ONE));
    }

    @Test
    void theSystemKnowsThisHostAndNoInvalidOne() {
        try (WorkerThreads threads = new WorkerThreads("dns", 2);
                DnsCache system = new DnsCache(Resolver.system(), threads, Duration.ZERO)) {
            assertTrue(Await.result(system.resolve("localhost")).get(0).isLoopbackAddress());
            Throwable failure = Await.failure(system.resolve("no-such-host.invalid"));
            assertTrue(failure.getMessage().startsWith("no-such-host.invalid"), failure.getMessage());
        }
    }

    @RepeatedTest(50)
    void underManyThreadsEveryoneGetsAnAnswerOrIsCancelled() {
        try (WorkerThreads threads = new WorkerThreads("dns", 4);
                DnsCache real = new DnsCache(
                        host -> CompletableFuture.completedFuture(List.of(ONE, TWO)),
                        threads,
                        new DnsTable(1, 1, 5),
                        System::nanoTime)) {
            List<CompletableFuture<List<InetAddress>>> callers = IntStream.range(0, 2000)
                    .parallel()
                    .mapToObj(i -> cancelledAtRandom(real.resolve(i % 10 + ".example"), new Random(i)))
                    .toList();
            callers.stream()
                    .filter(c -> !c.isCancelled())
                    .forEach(c -> assertEquals(2, Await.result(c).size()));
        }
    }

    private static CompletableFuture<List<InetAddress>> cancelledAtRandom(
            CompletableFuture<List<InetAddress>> caller, Random random) {
        if (random.nextInt(3) == 0) {
            caller.cancel(false);
        }
        return caller;
    }

    private void resolve(String host, List<InetAddress> addresses) {
        CompletableFuture<List<InetAddress>> caller = cache.resolve(host);
        runTasks();
        answers.get(answers.size() - 1).complete(addresses);
        Await.result(caller);
    }

    private static InetAddress address(int lastByte) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) lastByte});
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
