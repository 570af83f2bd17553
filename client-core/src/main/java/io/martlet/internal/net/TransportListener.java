package io.martlet.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens on a {@link Transport}: always on the thread of its loop, one event at a time.
 *
 * <p>Listeners must not block and must not run user code. What one throws breaks its connection: it is closed, and the
 * listener hears {@link #ended} with the exception as the cause.
 */
public interface TransportListener {
    /**
     * Bytes arrived.
     *
     * @param bytes at least one byte; a heap buffer, unless {@link #takesDirect}, that is the transport's own and valid
     *     during the call only, unless {@link EventLoop#keepBuffer} says otherwise. The listener consumes all of it, or
     *     loses what it leaves
     */
    void received(ByteBuffer bytes);

    /** Whether the next bytes may come in a direct buffer, asked before they are read; false unless overridden. */
    default boolean takesDirect() {
        return false;
    }

    /** The socket takes bytes again: the answer to one {@link Transport#awaitWritable()}. */
    void writable();

    /**
     * The connection is over and its socket released: the last event, heard exactly once, also after
     * {@link Transport#close()} and {@link Transport#abort()}. If the loop was closed before the transport was started,
     * the thread that starts it hears this.
     *
     * @param cause null if the peer finished sending (FIN) or this side closed; else how the connection broke
     */
    void ended(@Nullable IOException cause);
}
