package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.fixture.Connection;
import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.RawServer;
import io.martlet.fixture.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Closing, aborting, writing and pausing from several threads while the peer does what it likes. */
@ExtendWith(LeakCheck.class)
class TransportScheduleTest {
    private static final int CONNECTIONS = 400;

    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final List<Gate> connected =
            Stream.generate(Gate::new).limit(CONNECTIONS).toList();

    @Test
    void whateverTheOrderEachConnectionEndsOnceAndNothingIsLeft() throws Exception {
        int before = Descriptors.open();
        EventLoop loop = new EventLoop((thread, fault) -> faults.add(fault));
        try (RawServer server = new RawServer(new Script[] {this::misbehave}, 0)) {
            List<Recorder> recorders = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Transport transport = Connecting.to(loop, server.getPort());
                connected.get(i).open();
                recorders.add(new Recorder(loop));
                play(transport, recorders.get(i), new Random());
            }
            recorders.forEach(recorder -> Await.result(recorder.end));
            Await.until(loop::toString, () -> loop.toString().contains(": 0 channels, 0 timers"));
            assertEquals(
                    List.of(),
                    recorders.stream().flatMap(r -> r.faults.stream()).toList());
            // The client may be done with connections that the server has yet to accept.
            server.awaitAccepts(CONNECTIONS);
            server.awaitAllEnded();
        }
        loop.close();
        loop.awaitEnd();
        assertEquals(List.of(), faults);
        Descriptors.awaitAtMost(before);
    }

    private void misbehave(Connection peer) {
        connected.get(peer.getNumber()).await();
        int choice = peer.getNumber() % 5;
        peer.send(new byte[(choice + 1) * 10_000]);
        switch (choice) {
            case 0 -> peer.fin();
            case 1 -> peer.reset();
            case 2 -> peer.hold();
            default -> {
                // Neither reads nor closes.
            }
        }
    }

    private static void play(Transport transport, Recorder recorder, Random random) {
        List<Runnable> deeds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            deeds.add(deed(transport, random.nextInt(4)));
        }
        deeds.add(random.nextBoolean() ? transport::close : transport::abort);
        deeds.add(() -> transport.start(recorder));
        deeds.add(() -> write(transport, random.nextInt(200_000)));
        Collections.shuffle(deeds, random);
        CompletableFuture.allOf(deeds.stream().map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                .join();
    }

    private static Runnable deed(Transport transport, int choice) {
        return switch (choice) {
            case 0 -> transport::pauseReading;
            case 1 -> transport::resumeReading;
            case 2 -> transport::awaitWritable;
            default -> () -> transport.loop().execute(transport::resumeReading);
        };
    }

    private static void write(Transport transport, int count) {
        try {
            transport.write(ByteBuffer.allocate(count));
        } catch (IOException e) {
            assertFalse(transport.isOpen());
        }
    }

    @Test
    void closingTheLoopAtAnyMomentEndsEveryConnection() throws Exception {
        int before = Descriptors.open();
        for (int i = 0; i < 50; i++) {
            EventLoop loop = new EventLoop((thread, fault) -> faults.add(fault));
            // Nobody accepts: the system completes the connections nevertheless.
            try (ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
                List<Connecting> attempts =
                        IntStream.range(0, 8).mapToObj(n -> dial(loop, server)).toList();
                if (i % 2 == 0) {
                    attempts.forEach(attempt -> Await.result(attempt.result));
                }
                loop.close();
                attempts.forEach(TransportScheduleTest::awaitEnd);
                loop.awaitEnd();
                assertTrue(attempts.stream().allMatch(attempt -> attempt.calls.get() == 1));
            }
        }
        assertEquals(List.of(), faults);
        Descriptors.awaitAtMost(before);
    }

    private static Connecting dial(EventLoop loop, ServerSocket server) {
        Connecting attempt = new Connecting();
        new Dialer(null, null).dial(loop, (InetSocketAddress) server.getLocalSocketAddress(), attempt);
        return attempt;
    }

    /** Either the attempt fails, or the connection ends. */
    private static void awaitEnd(Connecting attempt) {
        Await.until(() -> attempt.calls + " calls", attempt.result::isDone);
        if (!attempt.result.isCompletedExceptionally()) {
            Transport transport = Await.result(attempt.result);
            Recorder recorder = new Recorder(transport.loop());
            transport.start(recorder);
            Await.result(recorder.end);
        }
    }
}
