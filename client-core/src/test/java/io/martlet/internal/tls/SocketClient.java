package io.martlet.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.config.TlsConfig;
import io.martlet.internal.net.ConnectListener;
import io.martlet.internal.net.Dialer;
import io.martlet.internal.net.EventLoop;
import io.martlet.internal.net.Transport;
import io.martlet.internal.net.TransportListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A TLS connection to a port of this machine, over an event loop of its own, to be waited for. */
final class SocketClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final EventLoop loop = new EventLoop((thread, fault) -> faults.add(fault));
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CompletableFuture<Transport> connection = new CompletableFuture<>();
    private final CompletableFuture<TlsSession> session = new CompletableFuture<>();
    private final CompletableFuture<@Nullable IOException> end = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Semaphore arrivals = new Semaphore(0);
    private final Semaphore writable = new Semaphore(0);
    private final TlsTransport transport;
    private volatile boolean halts;

    SocketClient(TlsContext context, String host, int port) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        new Dialer(null, null).dial(loop, address, new Connecting());
        transport = new TlsTransport(result(connection), context, host, port, executor);
        transport.handshake(new Handshake());
    }

    SocketClient(TlsConfig config, String host, int port) throws Exception {
        this(new TlsContext(config), host, port);
    }

    /** Has reading paused after each delivery, to be resumed by another thread. */
    SocketClient halting() {
        halts = true;
        return this;
    }

    /** What was agreed. */
    TlsSession session() throws Exception {
        return result(session);
    }

    /** Why there is no connection. */
    TlsHandshakeException failure() throws Exception {
        try {
            throw new AssertionError("secured: " + result(session));
        } catch (ExecutionException e) {
            return (TlsHandshakeException) e.getCause();
        }
    }

    /** How the connection ended: null if in good order. */
    @Nullable
    IOException end() throws Exception {
        return result(end);
    }

    void write(String text) throws Exception {
        write(text.getBytes(StandardCharsets.ISO_8859_1), () -> {});
    }

    /** Writes all of it; calls {@code full}, and waits, whenever there is no room. */
    void write(byte[] data, Runnable full) throws Exception {
        ByteBuffer source = ByteBuffer.wrap(data);
        while (source.hasRemaining()) {
            if (transport.write(source) == 0) {
                full.run();
                transport.awaitWritable();
                await(writable, "room");
            }
        }
    }

    /** All data up to and with {@code ending}; waits for it. */
    String readUntil(String ending) throws Exception {
        while (!text().endsWith(ending)) {
            await(arrivals, ending);
        }
        return text();
    }

    private String text() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    byte[] bytes() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    TlsTransport transport() {
        return transport;
    }

    private void await(Semaphore event, String what) throws Exception {
        if (!event.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("no " + what + " after: " + text());
        }
    }

    private static <T> T result(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Closes the loop as well. Fails if anything went wrong on it, whatever became of the connection. */
    @Override
    public void close() {
        transport.close();
        loop.close();
        try {
            if (result(session.handle((agreed, failure) -> failure == null))) {
                result(end);
            }
        } catch (Exception e) {
            throw new AssertionError("neither a failure nor an end was told", e);
        }
        executor.shutdown();
        assertEquals(List.of(), faults);
    }

    private final class Connecting implements ConnectListener {
        @Override
        public void connected(Transport made) {
            connection.complete(made);
        }

        @Override
        public void failed(IOException cause) {
            connection.completeExceptionally(cause);
        }
    }

    private final class Handshake implements HandshakeListener {
        @Override
        public void secured(TlsSession agreed) {
            transport.start(new Data());
            session.complete(agreed);
        }

        @Override
        public void failed(TlsHandshakeException cause) {
            session.completeExceptionally(cause);
        }
    }

    private final class Data implements TransportListener {
        @Override
        public void received(ByteBuffer bytes) {
            check();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            synchronized (received) {
                received.writeBytes(copy);
            }
            arrivals.release();
            if (halts) {
                transport.pauseReading();
                executor.execute(transport::resumeReading);
            }
        }

        @Override
        public void writable() {
            check();
            writable.release();
        }

        @Override
        public void ended(@Nullable IOException cause) {
            check();
            if (!end.complete(cause)) {
                faults.add(new IllegalStateException("ended twice"));
            }
        }

        private void check() {
            if (!loop.inLoop() || end.isDone()) {
                faults.add(new IllegalStateException("an event on " + Thread.currentThread() + ", or after the end"));
            }
        }
    }
}
