package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.fixture.BlackHole;
import io.martlet.fixture.ClosedPort;
import io.martlet.fixture.Connection;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.RawServer;
import io.martlet.fixture.Script;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class DialerTest {
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final EventLoop loop = new EventLoop((thread, fault) -> faults.add(fault));
    private final Connecting connecting = new Connecting();

    @AfterEach
    void close() throws InterruptedException {
        loop.close();
        loop.awaitEnd();
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    private static RawServer server() {
        return new RawServer(new Script[] {Connection::hold}, Long.MAX_VALUE);
    }

    private Attempt dial(Dialer dialer, InetSocketAddress address) {
        return dialer.dial(loop, address, connecting);
    }

    private Throwable failureOf(Dialer dialer, InetSocketAddress address) {
        dial(dialer, address);
        return Await.failure(connecting.result);
    }

    @Test
    void theResultComesOnTheLoopsThread() {
        CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
        new Dialer(null, null).dial(loop, local(server().getPort()), new ConnectListener() {
            @Override
            public void connected(Transport transport) {
                inLoop.complete(loop.inLoop());
                transport.close();
            }

            @Override
            public void failed(IOException cause) {
                inLoop.completeExceptionally(cause);
            }
        });
        assertTrue(Await.result(inLoop));
    }

    @Test
    void aRefusedConnectNamesAddressAndReason() {
        try (ClosedPort closed = new ClosedPort()) {
            Throwable failure = failureOf(new Dialer(null, null), local(closed.getPort()));
            assertEquals("127.0.0.1:" + closed.getPort() + ": Connection refused", failure.getMessage());
            assertEquals("Connection refused", ((DialException) failure).reason());
        }
    }

    @Test
    void theFilterSeesTheAddressBeforeAnythingIsSent() {
        RawServer server = server();
        List<InetSocketAddress> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        Dialer dialer = new Dialer(null, address -> {
            threads.add(Thread.currentThread());
            return !seen.add(address);
        });
        Throwable failure = failureOf(dialer, local(server.getPort()));
        assertEquals("127.0.0.1:" + server.getPort() + ": refused by the address filter", failure.getMessage());
        assertEquals(List.of(local(server.getPort())), seen);
        assertEquals(List.of(Thread.currentThread()), threads);
        assertEquals(0, server.getAccepts());
    }

    @Test
    void aFilterThatThrowsRefuses() {
        Dialer dialer = new Dialer(null, address -> {
            throw new IllegalStateException("on purpose");
        });
        assertEquals("127.0.0.1:80: on purpose", failureOf(dialer, local(80)).getMessage());
    }

    @Test
    void connectionsStartAtTheLocalAddress() {
        RawServer server = server();
        dial(new Dialer(new InetSocketAddress("127.0.0.9", 0), null), local(server.getPort()));
        Transport transport = Await.result(connecting.result);
        assertEquals("127.0.0.9", transport.localAddress().getAddress().getHostAddress());
        transport.close();
    }

    @Test
    void aLocalAddressOfTheOtherFamilyCannotBeUsed() {
        Dialer dialer = new Dialer(local(0), null);
        Throwable failure = failureOf(dialer, new InetSocketAddress("::1", 80));
        assertEquals(
                "[0:0:0:0:0:0:0:1]:80: not to be reached from the local address 127.0.0.1:0", failure.getMessage());
    }

    @Test
    void aLocalAddressThatIsNotOursFails() {
        Throwable failure = failureOf(new Dialer(new InetSocketAddress("192.0.2.77", 0), null), local(80));
        assertTrue(failure.getMessage().startsWith("127.0.0.1:80: "), failure.getMessage());
    }

    @Test
    void aConnectionToItselfIsNone() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Throwable failure = failureOf(new Dialer(local(port), null), local(port));
        assertEquals("127.0.0.1:" + port + ": connected to itself, nobody listens there", failure.getMessage());
    }

    @Test
    void anAddressThatIsNotResolvedIsNotDialled() {
        Dialer dialer = new Dialer(null, null);
        assertThrows(
                IllegalArgumentException.class,
                () -> dial(dialer, InetSocketAddress.createUnresolved("a.example", 80)));
    }

    @Test
    void aCancelledConnectIsClosedAndNothingIsHeardOfIt() {
        Assumptions.assumeTrue(BlackHole.isPossible());
        try (BlackHole hole = new BlackHole()) {
            Attempt attempt = dial(new Dialer(null, null), local(hole.getPort()));
            hole.awaitClient();
            assertTrue(attempt.cancel());
            assertFalse(attempt.cancel());
            hole.awaitNoClient();
            Await.until(loop::toString, () -> loop.toString().contains(": 0 channels"));
            assertEquals(0, connecting.calls.get());
        }
    }

    @Test
    void closingTheLoopFailsTheConnect() {
        Assumptions.assumeTrue(BlackHole.isPossible());
        try (BlackHole hole = new BlackHole()) {
            dial(new Dialer(null, null), local(hole.getPort()));
            hole.awaitClient();
            loop.close();
            Throwable failure = Await.failure(connecting.result);
            assertEquals("127.0.0.1:" + hole.getPort() + ": The event loop is closed", failure.getMessage());
            hole.awaitNoClient();
        }
    }

    @Test
    void aClosedLoopFailsTheConnectAtOnce() {
        loop.close();
        Throwable failure = failureOf(new Dialer(null, null), local(server().getPort()));
        assertInstanceOf(DialException.class, failure);
        assertEquals(1, connecting.calls.get());
    }

    @Test
    void aListenerThatThrowsLosesTheConnection() {
        RawServer server = server();
        new Dialer(null, null).dial(loop, local(server.getPort()), new ConnectListener() {
            @Override
            public void connected(Transport transport) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void failed(IOException cause) {}
        });
        server.awaitAccepts(1);
        server.awaitAllEnded();
        assertEquals(
                List.of("on purpose"),
                faults.stream().map(Throwable::getMessage).toList());
    }

    @RepeatedTest(200)
    void aCancellationAtAnyMomentEitherWinsOrComesTooLate() {
        RawServer server = server();
        Attempt attempt = dial(new Dialer(null, null), local(server.getPort()));
        for (int i = new Random().nextInt(2000); i > 0; i--) {
            Thread.onSpinWait();
        }
        if (!attempt.cancel()) {
            Await.result(connecting.result).close();
        }
        Await.until(loop::toString, () -> loop.toString().contains(": 0 channels"));
        Await.result(CompletableFuture.runAsync(() -> {}, loop));
        assertEquals(connecting.result.isDone() ? 1 : 0, connecting.calls.get());
    }
}
