package io.martlet.internal.tls;

import io.martlet.internal.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way out: encrypts and hands to the transport below what it takes, one record at a time.
 *
 * <p>The holder of the connection writes, and so do the handshake and the loop, which answers messages of TLS itself. The
 * lock makes them take turns: encrypting a record and queueing it are one step. At most one record waits for the
 * transport below; while it does, nothing more is encrypted.
 */
final class TlsOutbound {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final Transport below;
    /** Guards everything below, and the order of records on the wire. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Ciphertext that the transport below has not taken yet; null when there is none. */
    private @Nullable ByteBuffer pending;

    /** The holder waits for a writable event. */
    private boolean wanted;
    /** What was written, and close_notify, is still to be sent; then the transport below is closed. */
    private volatile boolean lingering;

    private volatile boolean closed;

    TlsOutbound(SSLEngine engine, Transport below) {
        this.engine = engine;
        this.below = below;
    }

    /** {@link Transport#write}. */
    int write(ByteBuffer source) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            int start = source.position();
            pump(source);
            return source.position() - start;
        } finally {
            lock.unlock();
        }
    }

    /** {@link Transport#awaitWritable}. */
    void awaitWritable() {
        lock.lock();
        try {
            wanted = true;
            below.awaitWritable();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends what the engine has to say by itself: handshake, answers, alerts.
     *
     * @return whether all of it is sent; if not, the transport below has been asked for a writable event
     */
    boolean flush() throws IOException {
        lock.lock();
        try {
            return pump(NOTHING);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The transport below takes bytes again. If it breaks over them, it says so itself, behind all that had arrived.
     *
     * @return whether the holder, who asked for it, is to hear of it
     * @throws SSLException if the engine has nothing sensible to send
     */
    boolean writable() throws SSLException {
        boolean sent = false;
        boolean broken = false;
        boolean asked = false;
        lock.lock();
        try {
            sent = pump(NOTHING);
            asked = sent && wanted && !closed;
            wanted &= !sent;
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            broken = true;
        } finally {
            lock.unlock();
        }
        if (lingering && broken) {
            below.abort();
        } else if (lingering && sent) {
            below.close();
        }
        return asked;
    }

    /**
     * Ends the stream with close_notify behind what was written, and then the transport below, perhaps only when it is
     * writable again. Nothing can be written any more.
     *
     * @return whether the transport below is still to be closed
     */
    boolean close() {
        boolean sent = false;
        boolean broken = false;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            lingering = true;
            engine.closeOutbound();
            sent = pump(NOTHING);
        } catch (IOException e) {
            broken = true;
        } finally {
            lock.unlock();
        }
        if (broken) {
            below.abort();
        } else if (sent) {
            below.close();
        }
        return !broken && !sent;
    }

    /** Sends the alert that the engine has for the server, if it can go out now, and closes the transport below. */
    void closeWithAlert() {
        boolean sent = false;
        lock.lock();
        try {
            closed = true;
            sent = pump(NOTHING);
        } catch (IOException e) {
            // The server will not hear of it.
        } finally {
            release();
            lock.unlock();
        }
        if (sent) {
            below.close();
        } else {
            below.abort();
        }
    }

    /** Forgets what could not be sent; nothing can be written any more. */
    void discard() {
        lock.lock();
        try {
            closed = true;
            lingering = false;
            release();
        } finally {
            lock.unlock();
        }
    }

    /** Whether one of the three before was called. */
    boolean isClosed() {
        return closed;
    }

    /** Bytes of memory that this connection holds on to. */
    int heldBytes() {
        lock.lock();
        try {
            return pending == null ? 0 : pending.capacity();
        } finally {
            lock.unlock();
        }
    }

    private boolean pump(ByteBuffer source) throws IOException {
        while (drain()) {
            boolean more = source.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
            if (!more || !encrypt(source)) {
                return true;
            }
        }
        return false;
    }

    private boolean drain() throws IOException {
        if (pending == null) {
            return true;
        }
        below.write(pending);
        if (pending.hasRemaining()) {
            below.awaitWritable();
            return false;
        }
        release();
        return true;
    }

    private void release() {
        if (pending != null) {
            RecordBuffers.giveBack(pending);
            pending = null;
        }
    }

    /**
     * Fills {@link #pending} with a record, or several short ones: a flight of the handshake goes out in one piece.
     *
     * @return whether that made any bytes
     */
    private boolean encrypt(ByteBuffer source) throws IOException {
        int record = engine.getSession().getPacketBufferSize();
        ByteBuffer target = RecordBuffers.lend(record);
        try {
            SSLEngineResult result;
            do {
                result = engine.wrap(source, target);
            } while (result.bytesProduced() > 0
                    && target.remaining() >= record
                    && (source.hasRemaining() || result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP));
            if (target.position() > 0) {
                pending = target.flip();
                return true;
            }
            check(result, source);
            return false;
        } finally {
            if (pending != target) {
                RecordBuffers.giveBack(target);
            }
        }
    }

    /** Nothing came out: that is all right as long as nothing went in. */
    private static void check(SSLEngineResult result, ByteBuffer source) throws IOException {
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && source.hasRemaining()) {
            throw new ClosedChannelException();
        }
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW || source.hasRemaining()) {
            throw new SSLException(
                    "the TLS engine takes no data: " + result.getStatus() + ", " + result.getHandshakeStatus());
        }
    }
}
