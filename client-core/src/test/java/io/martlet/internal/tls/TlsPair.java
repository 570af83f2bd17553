package io.martlet.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.config.TlsConfig;
import io.martlet.config.TrustedCertificates;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TlsTransport} and an {@link EngineServer} with nothing but memory between them. The test is the loop and the
 * executor; bytes move when it says so, cut as it says.
 */
final class TlsPair {
    /** What trusts the tests' root and nothing else. */
    static final TlsConfig TRUSTING = trusting(TestCertificate.ROOT);

    private static final Map<String, EngineServer> SERVERS = new ConcurrentHashMap<>();
    private static final Map<String, TlsContext> CONTEXTS = new ConcurrentHashMap<>();

    final ManualExecutor loop = new ManualExecutor();
    final ManualExecutor executor = new ManualExecutor();
    final FakeTransport below = new FakeTransport(loop);
    final EngineServer.Connection server;
    final TlsTransport client;
    final Heard heard = new Heard();

    /** How the server's bytes are cut before they are delivered: whole, unless the test says otherwise. */
    Function<byte[], List<byte[]>> cut = List::of;

    private @Nullable TlsSession session;
    private @Nullable TlsHandshakeException failure;
    private int outcomes;

    TlsPair(EngineServer server, TlsContext context, String host) {
        this.server = server.accept();
        client = new TlsTransport(below, context, host, 443, executor, loop);
    }

    /** A pair that trusts {@link TestCertificate#ROOT} and asks for localhost. */
    static TlsPair of(EngineServer server) {
        return new TlsPair(server, new TlsContext(TRUSTING), "localhost");
    }

    /** The same, its handshake done, listening. All with the same protocol share a server, and resume sessions. */
    static TlsPair open(String protocol) {
        EngineServer server =
                SERVERS.computeIfAbsent(protocol, name -> new EngineServer(TestCertificate.LOCALHOST).protocols(name));
        TlsPair pair =
                new TlsPair(server, CONTEXTS.computeIfAbsent(protocol, name -> new TlsContext(TRUSTING)), "localhost");
        pair.handshake();
        pair.client.start(pair.heard);
        pair.settle();
        assertEquals(protocol, pair.session().protocol());
        return pair;
    }

    static TlsConfig trusting(TestCertificate root) {
        return TlsConfig.builder()
                .trustsDefaults(false)
                .trust(TrustedCertificates.of(List.of(root.leaf())))
                .build();
    }

    /** Starts the handshake and moves bytes until nothing happens any more. */
    TlsPair handshake() {
        begin();
        settle();
        return this;
    }

    /** Starts the handshake; nothing moves. */
    void begin() {
        client.handshake(new HandshakeListener() {
            @Override
            public void secured(TlsSession agreed) {
                outcomes++;
                session = agreed;
            }

            @Override
            public void failed(TlsHandshakeException cause) {
                outcomes++;
                failure = cause;
            }
        });
    }

    /** Moves bytes both ways, and runs what is to be run, until nothing happens any more. */
    void settle() {
        boolean any;
        do {
            any = run();
            byte[] request = below.takeSent();
            if (request.length > 0) {
                any = true;
                deliver(server.handle(request));
            }
        } while (any);
    }

    /** Runs what is to be run here; no bytes move. */
    boolean run() {
        boolean any = false;
        while (loop.runAll() | executor.runAll()) {
            any = true;
        }
        return any;
    }

    /** Delivers bytes of the server, cut. */
    void deliver(byte[] bytes) {
        for (byte[] piece : cut.apply(bytes)) {
            below.deliver(piece);
            run();
        }
    }

    /** The server sends {@code data}. */
    void send(byte[] data) {
        deliver(server.encrypt(data));
    }

    /** Writes as much of {@code data} as is taken; returns how much that was. */
    int write(byte[] data) {
        try {
            return client.write(ByteBuffer.wrap(data));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was agreed; fails the test if nothing was. */
    TlsSession session() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (session == null) {
            throw new IllegalStateException("no handshake");
        }
        assertEquals(1, outcomes);
        return session;
    }

    /** Why there is no connection; fails the test if there is one. */
    TlsHandshakeException failure() {
        if (failure == null) {
            throw new IllegalStateException(session == null ? "no outcome" : "secured: " + session);
        }
        assertEquals(1, outcomes);
        return failure;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** How often the listener of the handshake heard something. */
    int outcomes() {
        return outcomes;
    }

    static List<byte[]> bytewise(byte[] whole) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte b : whole) {
            pieces.add(new byte[] {b});
        }
        return pieces;
    }

    /** Two pieces, the first of {@code at} bytes. */
    static List<byte[]> split(byte[] whole, int at) {
        int cut = Math.min(at, whole.length);
        return List.of(Arrays.copyOf(whole, cut), Arrays.copyOfRange(whole, cut, whole.length));
    }

    /** So many bytes that differ. */
    static byte[] data(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }
}
