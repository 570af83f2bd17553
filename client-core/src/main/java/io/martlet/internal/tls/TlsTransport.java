package io.martlet.internal.tls;

import io.martlet.internal.net.EventLoop;
import io.martlet.internal.net.Transport;
import io.martlet.internal.net.TransportListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over another transport.
 *
 * <p>First {@link #handshake}, which tells its listener how it went; after that a {@link Transport} like any other. It
 * {@linkplain TransportListener#ended ends} with null after the server's close_notify, with
 * {@link TlsTruncatedException} if the connection below ended without one, with another
 * {@link javax.net.ssl.SSLException} if a record was damaged or forged. However it ends, the connection below is closed.
 *
 * <p>What arrives is decrypted on the loop's thread, what is written is encrypted on the writer's, the handshake is
 * worked out on an executor. While nothing moves, no buffer is held.
 */
public final class TlsTransport implements Transport {
    private final TlsWiring wiring;
    private final OpenPhase open;
    private final Executor executor;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * @param below    connected, not started
     * @param host     of the URL: what the certificate must be for, unless the settings name another
     * @param port     of the URL, for finding sessions again
     * @param executor runs the handshake: milliseconds of computing that do not block
     */
    public TlsTransport(Transport below, TlsContext context, String host, int port, Executor executor) {
        this(below, context, host, port, executor, ConnectionLoop.of(below.loop()));
    }

    TlsTransport(Transport below, TlsContext context, String host, int port, Executor executor, ConnectionLoop loop) {
        this.wiring = TlsWiring.of(below, context, context.newEngine(host, port), loop);
        this.open = new OpenPhase(wiring);
        this.executor = executor;
    }

    /**
     * Starts the transport below, and the handshake. Any thread, once. {@link #close} and {@link #abort} end it: the
     * listener hears of that, too.
     */
    public void handshake(HandshakeListener listener) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the TLS handshake was started before");
        }
        HandshakePhase handshake = new HandshakePhase(wiring, executor, open, listener);
        wiring.below().start(new Below(handshake));
        handshake.begin();
    }

    /** As {@link Transport#start}, once the handshake is done: before that, there is no data. */
    @Override
    public void start(TransportListener listener) {
        open.start(listener);
    }

    /** As {@link Transport#write}, once the handshake is done. */
    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!open.isBegun()) {
            throw new IllegalStateException("the TLS handshake is not done");
        }
        try {
            return wiring.out().write(source);
        } catch (SSLException e) {
            // The engine's own: the connection below is healthy, and would not end by itself.
            wiring.loop().run(() -> open.writeFailed(e));
            throw e;
        }
    }

    @Override
    public void awaitWritable() {
        wiring.out().awaitWritable();
    }

    @Override
    public void pauseReading() {
        open.pauseReading();
    }

    @Override
    public void resumeReading() {
        open.resumeReading();
    }

    /**
     * As {@link Transport#close}, with close_notify behind what was written, and without waiting for that of the server.
     * While the server takes nothing, the connection below stays for up to 5 s:
     * {@link #abort} does not wait. Amid the handshake nothing is sent.
     */
    @Override
    public void close() {
        if (open.isBegun()) {
            open.close();
        } else {
            wiring.out().discard();
            wiring.below().close();
        }
    }

    @Override
    public void abort() {
        wiring.out().discard();
        wiring.below().abort();
    }

    @Override
    public boolean isOpen() {
        return !open.isOver() && !wiring.out().isClosed() && wiring.below().isOpen();
    }

    @Override
    public EventLoop loop() {
        return wiring.below().loop();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return wiring.below().remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return wiring.below().localAddress();
    }

    /** Phase and protocol, and the bytes of buffers that it holds: exact on the loop's thread only. */
    @Override
    public String toString() {
        String phase = !isOpen() ? "closed" : open.isBegun() ? "open" : "handshake";
        int held = wiring.in().heldBytes() + wiring.out().heldBytes();
        return "TlsTransport[" + phase + " " + wiring.engine().getSession().getProtocol() + ", holds " + held
                + " bytes]";
    }

    /** Hears the transport below for whichever phase it is. */
    private final class Below implements TransportListener {
        private final HandshakePhase handshake;

        Below(HandshakePhase handshake) {
            this.handshake = handshake;
        }

        private TransportListener phase() {
            return open.isBegun() ? open : handshake;
        }

        @Override
        public void received(ByteBuffer bytes) {
            phase().received(bytes);
        }

        @Override
        public void writable() {
            phase().writable();
        }

        @Override
        public void ended(@Nullable IOException cause) {
            phase().ended(cause);
        }
    }
}
