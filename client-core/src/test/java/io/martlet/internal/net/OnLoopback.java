package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.RawServer;
import io.martlet.fixture.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loop, and connections of it to scripted servers. */
@ExtendWith(LeakCheck.class)
abstract class OnLoopback {
    static final int MIB = 1024 * 1024;

    /** How long a loop that should rest is watched. */
    static final long WATCH_NANOS = 300_000_000;

    final List<Throwable> faults = new CopyOnWriteArrayList<>();
    final EventLoop loop = new EventLoop((thread, fault) -> faults.add(fault));
    final Recorder recorder = new Recorder(loop);

    @AfterEach
    void closeLoop() throws InterruptedException {
        loop.close();
        loop.awaitEnd();
        assertEquals(List.of(), recorder.faults);
    }

    /** A server that reads what comes. */
    static RawServer server(Script script) {
        return new RawServer(new Script[] {script}, Long.MAX_VALUE);
    }

    /** A server that reads only when its script says so. */
    static RawServer deafServer(Script script) {
        return new RawServer(new Script[] {script}, 0);
    }

    /** A connection that is not started. */
    Transport connected(RawServer server) {
        Transport transport = Connecting.to(loop, server.getPort());
        server.awaitAccepts(1);
        return transport;
    }

    /** A connection to which the recorder listens. */
    Transport started(RawServer server) {
        Transport transport = connected(server);
        transport.start(recorder);
        return transport;
    }

    static void write(Transport transport, String text) {
        write(transport, bytes(text));
    }

    static void write(Transport transport, ByteBuffer source) {
        try {
            transport.write(source);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
