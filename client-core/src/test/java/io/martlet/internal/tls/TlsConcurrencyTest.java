package io.martlet.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.martlet.internal.net.Timer;
import io.martlet.internal.net.TransportListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One thread writes, the loop reads, a third pauses and resumes, the server echoes and updates its keys. */
class TlsConcurrencyTest {
    private static final int LENGTH = 150_000;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void shutDown() {
        loop.shutdownNow();
        executor.shutdownNow();
    }

    static Stream<Arguments> schedules() {
        return Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(protocol ->
                        Stream.iterate(1, seed -> seed + 1).limit(6).map(seed -> Arguments.of(protocol, seed)));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void writingAndReadingAtOnceLosesAndMixesNothing(String protocol, int seed) throws Exception {
        RandomPipe pipe = new RandomPipe(loop, seed);
        EngineServer.Connection server =
                new EngineServer(TestCertificate.LOCALHOST).protocols(protocol).accept();
        CompletableFuture<Void> echoed =
                CompletableFuture.runAsync(() -> echo(server, pipe, new Random(seed), protocol), executor);
        TlsTransport client = new TlsTransport(
                pipe, new TlsContext(TlsPair.TRUSTING), "localhost", 443, executor, new LoopOfExecutor(loop));
        handshake(client).join();
        Echo echo = new Echo(client, new Random(-seed));
        client.start(echo);

        CompletableFuture<Void> written =
                CompletableFuture.runAsync(() -> write(client, echo, new Random(seed * 31L)), executor);
        written.join();
        echoed.join();

        assertNull(echo.end.join());
        assertArrayEquals(TlsPair.data(LENGTH), server.received());
        assertArrayEquals(TlsPair.data(LENGTH), echo.bytes.toByteArray());
        assertNull(server.failure());
        assertEquals(true, server.sawCloseNotify());
        assertEquals("TlsTransport[closed " + protocol + ", holds 0 bytes]", onLoop(client::toString));
    }

    private static CompletableFuture<TlsSession> handshake(TlsTransport client) {
        CompletableFuture<TlsSession> done = new CompletableFuture<>();
        client.handshake(new HandshakeListener() {
            @Override
            public void secured(TlsSession session) {
                done.complete(session);
            }

            @Override
            public void failed(TlsHandshakeException cause) {
                done.completeExceptionally(cause);
            }
        });
        return done;
    }

    private static void write(TlsTransport client, Echo echo, Random random) {
        byte[] data = TlsPair.data(LENGTH);
        try {
            for (int at = 0; at < LENGTH; ) {
                int end = Math.min(LENGTH, at + 1 + random.nextInt(random.nextBoolean() ? 200 : 50_000));
                ByteBuffer source = ByteBuffer.wrap(data, at, end - at);
                while (source.hasRemaining()) {
                    if (client.write(source) == 0) {
                        client.awaitWritable();
                        echo.writable.acquire();
                    }
                }
                at = end;
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void echo(EngineServer.Connection server, RandomPipe pipe, Random random, String protocol) {
        try {
            int echoed = 0;
            while (echoed < LENGTH) {
                byte[] answer = server.handle(pipe.take());
                pipe.send(answer);
                byte[] all = server.received();
                pipe.send(
                        all.length == echoed
                                ? new byte[0]
                                : server.encrypt(Arrays.copyOfRange(all, echoed, all.length)));
                if (all.length > echoed && random.nextInt(5) == 0 && protocol.equals("TLSv1.3")) {
                    pipe.send(server.rekey());
                }
                echoed = all.length;
            }
            pipe.send(server.closeNotify());
            byte[] rest;
            do {
                rest = pipe.take();
                server.handle(rest);
            } while (rest.length > 0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String onLoop(Callable<String> question) throws Exception {
        return loop.submit(question).get();
    }

    /** A loop that is the one thread of an executor, without timers. */
    private record LoopOfExecutor(Executor thread) implements ConnectionLoop {
        @Override
        public void run(Runnable step) {
            thread.execute(step);
        }

        @Override
        public void schedule(Timer timer, long delayNanos) {}
    }

    /** Collects what comes back; pauses now and then, and has another thread resume. */
    private final class Echo implements TransportListener {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final Semaphore writable = new Semaphore(0);
        final CompletableFuture<@Nullable IOException> end = new CompletableFuture<>();
        private final TlsTransport client;
        private final Random random;

        Echo(TlsTransport client, Random random) {
            this.client = client;
            this.random = random;
        }

        @Override
        public void received(ByteBuffer arrived) {
            byte[] copy = new byte[arrived.remaining()];
            arrived.get(copy);
            bytes.writeBytes(copy);
            if (random.nextInt(4) == 0) {
                client.pauseReading();
                executor.execute(client::resumeReading);
            }
        }

        @Override
        public void writable() {
            writable.release();
        }

        @Override
        public void ended(@Nullable IOException cause) {
            end.complete(cause);
        }
    }
}
