package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.fixture.Connection;
import io.martlet.fixture.Gate;
import io.martlet.fixture.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end, by either side. */
class TransportEndTest extends OnLoopback {
    @Test
    void aResetIsAnEndWithACause() {
        Transport transport = started(server(peer -> {
            peer.readLine();
            peer.reset();
        }));
        write(transport, "go\r\n");
        assertInstanceOf(IOException.class, Await.result(recorder.end));
        assertFalse(transport.isOpen());
    }

    @Test
    void aPeerThatHasClosedItsSideDoesNotMakeTheLoopSpin() {
        started(server(Connection::fin));
        assertEquals(Recorder.CLEAN, Await.result(recorder.end));
        long turns = Turns.during(loop, WATCH_NANOS);
        assertTrue(turns < 20, () -> turns + " turns");
    }

    @Test
    void closingSendsWhatWasWrittenThenFin() {
        byte[] body = random(200_000);
        Gate gate = new Gate();
        RawServer server = deafServer(peer -> {
            gate.await();
            peer.hold();
        });
        Transport transport = started(server);
        ByteBuffer source = ByteBuffer.wrap(body);
        Await.until(() -> source + " left", () -> {
            write(transport, source);
            return !source.hasRemaining();
        });
        transport.close();
        transport.close();
        assertEquals(Recorder.CLEAN, Await.result(recorder.end));
        gate.open();
        server.awaitAllEnded();
        assertArrayEquals(body, server.getConnections().get(0).getReceived());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void abortingResetsTheConnectionAndClosingDoesNot(boolean abort) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Transport transport = Connecting.to(loop, listening.getLocalPort());
            transport.start(recorder);
            try (Socket peer = listening.accept()) {
                if (abort) {
                    transport.abort();
                    assertThrows(IOException.class, () -> peer.getInputStream().read());
                } else {
                    transport.close();
                    assertEquals(-1, peer.getInputStream().read());
                }
            }
            assertEquals(Recorder.CLEAN, Await.result(recorder.end));
        }
    }

    @Test
    void aClosedTransportTakesNoBytes() {
        Transport transport = started(server(Connection::hold));
        transport.close();
        assertFalse(transport.isOpen());
        assertThrows(ClosedChannelException.class, () -> transport.write(bytes("x")));
        transport.awaitWritable();
        transport.pauseReading();
        transport.resumeReading();
        transport.abort();
        assertEquals(Recorder.CLEAN, Await.result(recorder.end));
        Await.result(CompletableFuture.runAsync(() -> {}, loop));
        assertEquals(0, recorder.writables());
    }

    @Test
    void aTransportClosedBeforeItsStartReportsItsEndOnly() {
        RawServer server = server(peer -> peer.send("hello"));
        Transport transport = connected(server);
        transport.close();
        server.awaitAllEnded();
        transport.start(recorder);
        assertEquals(Recorder.CLEAN, Await.result(recorder.end));
        assertEquals(0, recorder.size());
    }

    @Test
    void aListenerThatClosesHearsTheEndAfterwardsAndNothingElse() {
        RawServer server = server(peer -> peer.send(new byte[MIB]));
        Transport transport = connected(server);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        Recorder closing = Recorder.acting(loop, self -> {
            transport.close();
            sizes.add(self.size());
            if (self.end.isDone()) {
                self.faults.add("the end came within");
            }
        });
        transport.start(closing);
        assertEquals(Recorder.CLEAN, Await.result(closing.end));
        assertEquals(1, sizes.size());
        assertEquals(List.of(), closing.faults);
    }

    @Test
    void aListenerThatThrowsLosesItsConnectionAndNoOther() {
        RawServer server = server(peer -> {
            peer.send("hello");
            peer.hold();
        });
        Recorder throwing = Recorder.acting(loop, self -> {
            throw new IllegalStateException("on purpose");
        });
        Transport other = started(server);
        recorder.awaitSize(5);
        Connecting.to(loop, server.getPort()).start(throwing);
        assertEquals(
                "on purpose",
                ((IOException) Await.result(throwing.end)).getCause().getMessage());
        assertEquals(
                List.of("on purpose"),
                faults.stream().map(Throwable::getMessage).toList());
        assertTrue(other.isOpen());
    }

    @Test
    void theAnswerThatThePeerSentBeforeItResetIsReceived() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Transport transport = Connecting.to(loop, listening.getLocalPort());
            try (Socket peer = listening.accept()) {
                peer.getOutputStream().write(bytes("413").array());
            }
            // The first bytes provoke the reset, those after it fail.
            assertThrows(IOException.class, () -> {
                while (true) {
                    transport.write(bytes("upload"));
                }
            });
            assertFalse(transport.isOpen());
            transport.start(recorder);
            assertInstanceOf(IOException.class, Await.result(recorder.end));
            assertEquals("413", recorder.text());
        }
    }

    @Test
    void aLoopThatIsClosedEndsItsConnections() throws InterruptedException {
        RawServer server = server(Connection::hold);
        Transport transport = started(server);
        Transport late = connected(server);
        loop.close();
        assertInstanceOf(IOException.class, Await.result(recorder.end));
        loop.awaitEnd();
        server.awaitAllEnded();
        assertThrows(ClosedChannelException.class, () -> transport.write(bytes("x")));
        transport.awaitWritable();
        transport.close();
        Recorder lateRecorder = new Recorder(loop);
        late.start(lateRecorder);
        assertInstanceOf(IOException.class, Await.result(lateRecorder.end));
    }
}
