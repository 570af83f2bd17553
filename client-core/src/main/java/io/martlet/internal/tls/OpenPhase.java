package io.martlet.internal.tls;

import io.martlet.internal.net.Timer;
import io.martlet.internal.net.Transport;
import io.martlet.internal.net.TransportListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A secure connection as its loop sees it: decrypts what arrives while the listener wants it, and tells the listener. */
final class OpenPhase implements TransportListener {
    /** A server that takes nothing for that long gets no close_notify. */
    static final int MOST_LINGERING_SECONDS = 5;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TlsWiring wiring;
    private final TlsInbound in;
    private final TlsOutbound out;
    private final Transport below;
    private final Runnable readOn = () -> received(NOTHING);

    /** Guards {@link #belowPaused}, and the order in which pausing and resuming reach the transport below. */
    private final Object lock = new Object();

    private boolean belowPaused;
    private volatile boolean paused;
    private volatile @Nullable TransportListener listener;
    private volatile boolean begun;
    private volatile boolean over;

    /**
     * Who raises it from zero has the turn to read. Others only come when the loop is closed and calls back from its
     * callers' threads: they leave their turn to the one who is at it.
     */
    private final AtomicInteger turns = new AtomicInteger();

    // For the one whose turn it is: the loop's thread, as long as there is one.
    private @Nullable IOException end;
    private boolean endTold;

    private volatile boolean belowEnded;
    private volatile @Nullable IOException belowCause;

    OpenPhase(TlsWiring wiring) {
        this.wiring = wiring;
        this.in = wiring.in();
        this.out = wiring.out();
        this.below = wiring.below();
    }

    /** The handshake is done; {@code tell} says so. What it throws breaks the connection. */
    void begin(Runnable tell) {
        begun = true;
        try {
            tell.run();
        } catch (RuntimeException | Error e) {
            fail(listenerFailed(e));
        }
        received(NOTHING);
    }

    /** Whether the handshake is done. Any thread, as all up to {@link #close}. */
    boolean isBegun() {
        return begun;
    }

    boolean isOver() {
        return over;
    }

    void start(TransportListener first) {
        synchronized (lock) {
            if (!begun || listener != null) {
                throw new IllegalStateException(begun ? "started before" : "the TLS handshake is not done");
            }
            listener = first;
        }
        wiring.loop().run(readOn);
    }

    void pauseReading() {
        synchronized (lock) {
            paused = true;
            belowPaused = true;
            below.pauseReading();
        }
    }

    void resumeReading() {
        synchronized (lock) {
            if (!paused) {
                return;
            }
            paused = false;
        }
        wiring.loop().run(readOn);
    }

    void close() {
        if (out.close()) {
            // Reads on, into nowhere: the server may take nothing because nobody takes what it sends.
            below.resumeReading();
            wiring.loop().schedule(new Linger(), TimeUnit.SECONDS.toNanos(MOST_LINGERING_SECONDS));
        }
    }

    @Override
    public void received(ByteBuffer bytes) {
        if (turns.getAndIncrement() > 0) {
            return;
        }
        ByteBuffer arriving = bytes;
        do {
            read(arriving);
            arriving = NOTHING;
        } while (turns.decrementAndGet() > 0);
    }

    @Override
    public void writable() {
        try {
            boolean asked = out.writable();
            TransportListener holder = listener;
            if (asked && !over && holder != null) {
                holder.writable();
            }
        } catch (SSLException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(listenerFailed(e));
        }
    }

    @Override
    public void ended(@Nullable IOException cause) {
        belowCause = cause;
        belowEnded = true;
        received(NOTHING);
    }

    private void read(ByteBuffer arriving) {
        try {
            decrypt(arriving);
        } catch (SSLException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            if (endTold) {
                throw e;
            }
            fail(listenerFailed(e));
        }
        if (over) {
            tellEnd();
        } else if (out.isClosed()) {
            in.release();
            if (belowEnded) {
                over(null, this::drop);
            }
        } else {
            in.keep(arriving);
            // What arrived before the end waits until the listener reads again.
            if (belowEnded && !in.hasRecord()) {
                IOException cause = belowCause;
                over(cause != null ? cause : new TlsTruncatedException(), this::drop);
            } else {
                stopOrGoOn();
            }
        }
    }

    private void decrypt(ByteBuffer arriving) throws SSLException {
        TransportListener consumer = listener;
        if (consumer == null || !isReading() || !arriving.hasRemaining() && in.keptBytes() == 0) {
            return;
        }
        ByteBuffer plain = RecordBuffers.lend(RecordBuffers.SIZE);
        try {
            while (isReading()) {
                SSLEngineResult result = in.next(arriving, plain);
                if (result == null) {
                    return;
                }
                if (plain.position() > 0) {
                    consumer.received(plain.flip());
                    plain.clear();
                }
                judge(result);
            }
        } finally {
            RecordBuffers.giveBack(plain);
            in.releaseIfEmpty();
        }
    }

    private boolean isReading() {
        return !over && !paused && !out.isClosed();
    }

    /** What else a record meant than data. */
    private void judge(SSLEngineResult result) throws SSLException {
        HandshakeStatus status = result.getHandshakeStatus();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            over(null, this::close);
        } else if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
            return;
        } else if (!wiring.engine().getSession().getProtocol().equals("TLSv1.3")) {
            // RFC 5746 §5: a client may refuse. It would have to check who the server is all over again.
            SSLException refused = new SSLException("the server asked for a TLS renegotiation, which is refused");
            over(refused, this::drop);
        } else if (status == HandshakeStatus.NEED_WRAP) {
            answer();
        }
    }

    /** Answers a key update; what is left of it goes out ahead of the next write. */
    private void answer() throws SSLException {
        try {
            out.flush();
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            // The transport below says so itself, behind all that had arrived.
        }
    }

    private void stopOrGoOn() {
        synchronized (lock) {
            boolean stop = paused || listener == null;
            if (stop != belowPaused) {
                belowPaused = stop;
                if (stop) {
                    below.pauseReading();
                } else {
                    below.resumeReading();
                }
            }
        }
    }

    private static IOException listenerFailed(Throwable fault) {
        return new IOException("a listener failed: " + fault, fault);
    }

    private void fail(IOException cause) {
        if (!over) {
            over(Failures.ofRecord(cause, wiring), out::closeWithAlert);
        }
    }

    /** The engine could not encrypt: the connection is over. On the loop's thread. */
    void writeFailed(SSLException cause) {
        fail(cause);
        received(NOTHING);
    }

    /** Closes without a word. */
    private void drop() {
        out.discard();
        below.close();
    }

    private void over(@Nullable IOException how, Runnable closing) {
        // First, so that what the transport below says of being closed is no news.
        end = how;
        over = true;
        in.release();
        try {
            closing.run();
        } finally {
            tellEnd();
        }
    }

    private void tellEnd() {
        TransportListener hearer = listener;
        if (hearer != null && !endTold) {
            endTold = true;
            hearer.ended(end);
        }
    }

    /** Gives up saying goodbye. */
    final class Linger extends Timer {
        @Override
        protected void expired() {
            out.discard();
            below.abort();
        }
    }
}
