package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.AddressFamily;
import io.martlet.fixture.BlackHole;
import io.martlet.fixture.Connection;
import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.RawServer;
import io.martlet.fixture.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server listens on 127.0.0.1 only; on 127.0.0.2 and so on its port refuses connections. */
@ExtendWith(LeakCheck.class)
class HappyEyeballsTest {
    private static final long MILLI = 1_000_000;
    private static final Executor NOBODY = task -> {
        throw new AssertionError("no other thread was to be used");
    };

    private final EventLoop loop = new EventLoop((thread, fault) -> fault.printStackTrace());
    private final Connecting connecting = new Connecting();
    private final RawServer server = new RawServer(new Script[] {Connection::hold}, Long.MAX_VALUE);

    @AfterEach
    void close() throws InterruptedException {
        loop.close();
        loop.awaitEnd();
        assertTrue(connecting.calls.get() <= 1);
    }

    private Attempt connect(HappyEyeballs eyeballs, String... addresses) {
        return eyeballs.connect(
                loop, Stream.of(addresses).map(HappyEyeballsTest::address).toList(), server.getPort(), connecting);
    }

    private static HappyEyeballs eyeballs(long staggerNanos) {
        return eyeballs(staggerNanos, AddressFamily.ANY);
    }

    private static HappyEyeballs eyeballs(long staggerNanos, AddressFamily family) {
        return new HappyEyeballs(new Dialer(null, null), NOBODY, family, staggerNanos);
    }

    private static HappyEyeballs filtered(@Nullable Predicate<InetSocketAddress> filter, Executor executor) {
        return new HappyEyeballs(new Dialer(null, filter), executor, AddressFamily.ANY, Long.MAX_VALUE);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void closeConnection() {
        Await.result(connecting.result).close();
    }

    @Test
    void theFirstAddressThatAnswersWins() {
        connect(eyeballs(Long.MAX_VALUE), "127.0.0.2", "127.0.0.3", "127.0.0.1");
        Transport transport = Await.result(connecting.result);
        assertEquals("127.0.0.1", transport.remoteAddress().getAddress().getHostAddress());
        server.awaitAccepts(1);
        closeConnection();
    }

    @Test
    void whenAllFailTheErrorNamesThemAll() {
        connect(eyeballs(0, AddressFamily.IPV6_FIRST), "127.0.0.2", "127.0.0.3", "::1");
        String port = ":" + server.getPort();
        Throwable failure = Await.failure(connecting.result);
        List.of("127.0.0.2" + port, "127.0.0.3" + port, "[0:0:0:0:0:0:0:1]" + port)
                .forEach(address -> assertTrue(failure.getMessage().contains(address), failure.getMessage()));
        assertEquals(3, failure.getSuppressed().length);
    }

    @Test
    void noAddressIsAFailure() {
        connect(eyeballs(0));
        assertEquals(
                "there is no address to connect to",
                Await.failure(connecting.result).getMessage());
    }

    @Test
    void noAddressOfTheFamilyIsAFailureThatNamesTheOthers() {
        connect(eyeballs(0, AddressFamily.IPV6_ONLY), "127.0.0.1", "127.0.0.2");
        assertEquals(
                "addressFamily IPV6_ONLY allows none of 127.0.0.1, 127.0.0.2",
                Await.failure(connecting.result).getMessage());
    }

    @Test
    void aNegativeStaggerIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> eyeballs(-1));
    }

    @Test
    void anAddressThatDoesNotAnswerHoldsUpTheNextForTheStaggerOnlyAndIsAborted() throws IOException {
        Assumptions.assumeTrue(BlackHole.isPossible());
        try (Silence silence = new Silence("127.0.0.2", server.getPort())) {
            connect(eyeballs(20 * MILLI), silence.literal(), "127.0.0.1");
            Transport transport = Await.result(connecting.result);
            assertEquals("127.0.0.1", transport.remoteAddress().getAddress().getHostAddress());
            Await.until(loop::toString, () -> loop.toString().contains(": 1 channel, 0 timers"));
            closeConnection();
        }
    }

    @Test
    void aCancelledRaceLeavesNothing() throws IOException {
        Assumptions.assumeTrue(BlackHole.isPossible());
        try (Silence silence = new Silence("127.0.0.2", server.getPort())) {
            Attempt attempt = connect(eyeballs(Long.MAX_VALUE), silence.literal(), "127.0.0.1");
            assertTrue(
                    attempt.toString().matches("127.0.0.2:\\d+ connecting, 127.0.0.1:\\d+ waiting"), attempt::toString);
            Await.until(loop::toString, () -> loop.toString().contains(": 1 channel, 1 timer"));
            assertTrue(attempt.cancel());
            assertFalse(attempt.cancel());
            Await.until(loop::toString, () -> loop.toString().contains(": 0 channels, 0 timers"));
            assertEquals(0, connecting.calls.get());
        }
    }

    @Test
    void theFilterSeesEachAddressBeforeItsConnectAndNeverOnTheLoopNotEvenWhereThatConnects() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (WorkerThreads threads = new WorkerThreads("dns", 1)) {
            Predicate<InetSocketAddress> filter = address -> {
                seen.add(address.getAddress().getHostAddress() + (loop.inLoop() ? " on the loop" : ""));
                return !address.getAddress().getHostAddress().equals("127.0.0.1");
            };
            loop.execute(() -> connect(filtered(filter, threads), "127.0.0.2", "127.0.0.1", "127.0.0.3"));
            String failure = Await.failure(connecting.result).getMessage();
            assertEquals(List.of("127.0.0.2", "127.0.0.1", "127.0.0.3"), seen);
            assertTrue(failure.contains("refused by the address filter: 127.0.0.1:"), failure);
            assertEquals(0, server.getAccepts());
        }
    }

    @Test
    void aFilterThatBlocksCanBeCancelled() {
        Gate gate = new Gate();
        try (WorkerThreads threads = new WorkerThreads("dns", 1)) {
            List<String> seen = new CopyOnWriteArrayList<>();
            Predicate<InetSocketAddress> filter = address -> {
                seen.add(address.getAddress().getHostAddress());
                if (seen.size() == 2) {
                    gate.await();
                }
                return true;
            };
            Attempt attempt = connect(filtered(filter, threads), "127.0.0.2", "127.0.0.1");
            Await.until(seen::toString, () -> seen.size() == 2);
            assertTrue(attempt.cancel());
            gate.open();
            Await.until(threads::toString, () -> threads.toString().equals("1 thread (1 idle), 0 waiting"));
            Await.until(loop::toString, () -> loop.toString().contains(": 0 channels, 0 timers"));
            assertEquals(0, connecting.calls.get());
        }
    }

    @Test
    void withoutThreadsForTheFilterEachAddressFails() {
        WorkerThreads threads = new WorkerThreads("dns", 1);
        threads.close();
        connect(filtered(address -> true, threads), "127.0.0.2", "127.0.0.1");
        String failure = Await.failure(connecting.result).getMessage();
        assertTrue(failure.startsWith("The threads martlet-dns are closed: 127.0.0.2:"), failure);
    }

    @Test
    void aClosedLoopFailsAllAddresses() {
        loop.close();
        connect(eyeballs(0), "127.0.0.2", "127.0.0.1");
        assertEquals(2, Await.failure(connecting.result).getSuppressed().length);
    }

    @RepeatedTest(100)
    void inAnyScheduleOneConnectionIsLeftOrNone() {
        Random random = new Random();
        String[] addresses = random.ints(4, 1, 4).mapToObj(i -> "127.0.0." + i).toArray(String[]::new);
        Attempt attempt = connect(eyeballs(random.nextInt(2) * random.nextInt(200_000)), addresses);
        for (int i = random.nextInt(5000); i > 0; i--) {
            Thread.onSpinWait();
        }
        boolean cancelled = random.nextBoolean() && attempt.cancel();
        if (!cancelled) {
            Await.until(attempt::toString, connecting.result::isDone);
        }
        boolean connected = connecting.result.isDone() && !connecting.result.isCompletedExceptionally();
        String left = connected ? ": 1 channel, 0 timers" : ": 0 channels, 0 timers";
        Await.until(() -> loop + " after " + attempt, () -> loop.toString().contains(left));
        assertEquals(cancelled ? 0 : 1, connecting.calls.get());
        if (connected) {
            closeConnection();
        }
    }

    /** An address that drops connects to a port: its queue is full. */
    private static final class Silence implements AutoCloseable {
        private final ServerSocket listening;
        private final List<SocketChannel> fillers = new ArrayList<>();

        Silence(String address, int port) throws IOException {
            listening = new ServerSocket(port, 1, address(address));
            for (int i = 0; i < 2; i++) {
                fillers.add(SocketChannel.open(new InetSocketAddress(address, port)));
            }
        }

        String literal() {
            return listening.getInetAddress().getHostAddress();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
            listening.close();
        }
    }
}
