package io.martlet.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An open connection that carries bytes both ways: a plain socket, or TLS over one.
 *
 * <p>A transport belongs to one {@link EventLoop}, which reads and reports to one {@link TransportListener}. Writing is
 * done by whoever holds the connection, on their own thread. No method blocks. Nothing is read before {@link #start}.
 */
public interface Transport {
    /**
     * Begins delivering to {@code listener}, whose events all come on the loop's thread. Any thread; may be called
     * once.
     *
     * <p>A transport that is closed already reports {@link TransportListener#ended} and nothing else.
     *
     * @throws IllegalStateException if it was started before
     */
    void start(TransportListener listener);

    /**
     * Writes what the socket takes now, and advances {@code source} by it. Never blocks. Any thread, one at a time:
     * the holder of the connection. May be called before {@link #start}.
     *
     * @return the number of bytes taken; less than were given, or 0, when the socket is full: see {@link #awaitWritable}
     * @throws IOException if the connection is closed or broken. If it just broke, the listener still receives what the
     *     peer had sent before, which may be the answer that explains it, and then hears of the end
     */
    int write(ByteBuffer source) throws IOException;

    /**
     * Asks for one {@link TransportListener#writable()} event, delivered as soon as the socket takes bytes again. Any
     * thread. Asking again before the event came changes nothing; on a closed transport no event comes but
     * {@link TransportListener#ended}.
     */
    void awaitWritable();

    /**
     * Stops reading, so that the peer is held up by its own full socket. Any thread, idempotent.
     *
     * <p>Called on the loop's thread, nothing more is received after it returns; from other threads, a read already
     * under way is still delivered. While paused, the end of the connection may go unnoticed until reading resumes.
     */
    void pauseReading();

    /** Reads again after {@link #pauseReading()}. Any thread, idempotent. */
    void resumeReading();

    /**
     * Closes in good order: what {@link #write} took is still sent. Any thread, idempotent, returns at once. The
     * listener hears {@link TransportListener#ended} with null, unless it has heard of another end before; never within
     * this call on the loop's thread, where nothing else is heard in between.
     */
    void close();

    /**
     * Closes at once and drops what is not sent yet, by RST where the platform allows it (SO_LINGER 0). Any thread,
     * idempotent. The listener hears of it as with {@link #close()}.
     */
    void abort();

    /** Whether neither side has closed or broken the connection, as far as is known. Any thread. */
    boolean isOpen();

    /** The loop that reads this connection and calls its listener. */
    EventLoop loop();

    /** The address of the peer: of a proxy if there is one. */
    InetSocketAddress remoteAddress();

    /** The address of this end. */
    InetSocketAddress localAddress();
}
