package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.fixture.Connection;
import io.martlet.fixture.Gate;
import io.martlet.fixture.RawServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTransportTest extends OnLoopback {
    @Test
    void whatThePeerSendsIsReceivedThenItsFin() {
        Transport transport = started(server(peer -> {
            peer.send("hello");
            peer.fin();
        }));
        assertEquals(Recorder.CLEAN, Await.result(recorder.end));
        assertEquals("hello", recorder.text());
        assertFalse(transport.isOpen());
    }

    @Test
    void nothingIsReadBeforeTheStart() {
        RawServer server = server(peer -> {
            peer.send("hello");
            peer.fin();
        });
        Transport transport = connected(server);
        assertTrue(transport.isOpen());
        transport.start(recorder);
        Await.result(recorder.end);
        assertEquals("hello", recorder.text());
        assertThrows(IllegalStateException.class, () -> transport.start(recorder));
    }

    @Test
    void theAddressesAreThoseOfTheSocket() {
        RawServer server = server(Connection::hold);
        Transport transport = started(server);
        assertEquals(server.getPort(), transport.remoteAddress().getPort());
        assertTrue(transport.localAddress().getAddress().isLoopbackAddress());
        assertSame(loop, transport.loop());
        assertEquals("connection to 127.0.0.1:" + server.getPort(), transport.toString());
        transport.close();
        assertEquals("connection to 127.0.0.1:" + server.getPort() + " (closed)", transport.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bytesArriveInOrderWhoeverWritesThem(boolean onLoop) throws IOException {
        byte[] body = random(8 * MIB);
        RawServer server = server(Connection::hold);
        Transport transport = connected(server);
        Writer writer = new Writer(transport, ByteBuffer.wrap(body), onLoop);
        transport.start(writer);
        writer.begin();
        Await.result(writer.done);
        transport.close();
        Await.result(writer.end);
        server.awaitAllEnded();
        assertArrayEquals(body, server.getConnections().get(0).getReceived());
        assertEquals(List.of(), writer.faults);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullSocketTakesNothingAndTellsOnceWhenItTakesMore(boolean direct) throws IOException {
        Gate gate = new Gate();
        RawServer server = deafServer(peer -> {
            gate.await();
            peer.hold();
        });
        Transport transport = started(server);
        ByteBuffer source =
                (direct ? ByteBuffer.allocateDirect(64 * MIB) : ByteBuffer.allocate(64 * MIB)).limit(60 * MIB);
        int sent = transport.write(source);
        assertTrue(sent > 0 && sent < 60 * MIB, () -> sent + " bytes sent");
        assertEquals(sent, source.position());
        assertEquals(60 * MIB, source.limit());
        fill(transport, source);
        transport.awaitWritable();
        transport.awaitWritable();
        assertEquals(0, transport.write(source));
        gate.open();
        Await.until(() -> "writable was not heard", () -> recorder.writables() > 0);
        assertTrue(transport.write(source) > 0);
        Await.result(CompletableFuture.runAsync(() -> {}, loop));
        assertEquals(1, recorder.writables());
        transport.abort();
    }

    /** The kernel's buffers may still grow while it moves bytes to the other side. */
    private static void fill(Transport transport, ByteBuffer source) {
        int[] zeros = {0};
        Await.until(() -> "the socket never becomes full", () -> {
            try {
                zeros[0] = transport.write(source) == 0 ? zeros[0] + 1 : 0;
                return zeros[0] == 20;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aPausedReaderReceivesNothingMoreAndLaterAll() {
        byte[] body = random(16 * MIB);
        RawServer server = server(peer -> {
            peer.send(body);
            peer.fin();
        });
        Transport transport = connected(server);
        Recorder pausing = new Recorder(loop) {
            @Override
            void onReceived(int count) {
                if (size() == count) {
                    transport.pauseReading();
                }
            }
        };
        transport.start(pausing);
        pausing.awaitSize(1);
        long turns = Turns.during(loop, WATCH_NANOS);
        assertTrue(turns < 20, () -> turns + " turns while paused");
        assertTrue(pausing.size() <= 64 * 1024, () -> pausing.size() + " bytes received");
        transport.resumeReading();
        transport.resumeReading();
        assertEquals(Recorder.CLEAN, Await.result(pausing.end));
        assertArrayEquals(body, pausing.bytes());
    }

    @Test
    void aPauseFromAnotherThreadStopsTheSocketWithin256KiB() {
        RawServer server = server(peer -> peer.send(new byte[64 * MIB]));
        Transport transport = started(server);
        recorder.awaitSize(MIB);
        transport.pauseReading();
        int atPause = recorder.size();
        Turns.during(loop, WATCH_NANOS);
        int more = recorder.size() - atPause;
        assertTrue(more <= 256 * 1024, () -> more + " bytes received after the pause");
        transport.abort();
        assertEquals(Recorder.CLEAN, Await.result(recorder.end));
    }

    @RepeatedTest(5)
    void pausingAndResumingAtRandomLosesNothing() {
        byte[] body = random(4 * MIB);
        RawServer server = server(peer -> {
            peer.send(body);
            peer.fin();
        });
        Transport transport = started(server);
        Random random = new Random();
        while (!recorder.end.isDone()) {
            transport.pauseReading();
            if (random.nextBoolean()) {
                Thread.onSpinWait();
            }
            transport.resumeReading();
        }
        assertEquals(Recorder.CLEAN, Await.result(recorder.end));
        assertArrayEquals(body, recorder.bytes());
    }

    @Test
    void aPausedReaderDoesNotSpinWhenThePeerIsGone() {
        RawServer server = server(peer -> {
            peer.send("x");
            peer.readLine();
            peer.reset();
        });
        Transport transport = connected(server);
        Recorder pausing = Recorder.acting(loop, self -> transport.pauseReading());
        transport.start(pausing);
        pausing.awaitSize(1);
        write(transport, "go\r\n");
        server.getConnections().get(0).hold();
        long turns = Turns.during(loop, WATCH_NANOS);
        assertTrue(turns < 20, () -> turns + " turns");
        assertFalse(pausing.end.isDone());
        transport.resumeReading();
        assertInstanceOf(IOException.class, Await.result(pausing.end));
    }

    /** Writes all of a buffer, on its own thread or on the loop's, whenever the socket takes some. */
    private static final class Writer extends Recorder {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Transport transport;
        private final ByteBuffer source;
        private final boolean onLoop;

        Writer(Transport transport, ByteBuffer source, boolean onLoop) {
            super(transport.loop());
            this.transport = transport;
            this.source = source;
            this.onLoop = onLoop;
        }

        void begin() {
            if (onLoop) {
                transport.loop().execute(this::write);
            } else {
                write();
            }
        }

        @Override
        void onWritable() {
            if (onLoop) {
                write();
            } else {
                CompletableFuture.runAsync(this::write);
            }
        }

        private void write() {
            try {
                while (source.hasRemaining()) {
                    if (transport.write(source) == 0) {
                        transport.awaitWritable();
                        return;
                    }
                }
                done.complete(null);
            } catch (IOException e) {
                done.completeExceptionally(e);
            }
        }
    }
}
