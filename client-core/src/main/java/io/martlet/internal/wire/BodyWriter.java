package io.martlet.internal.wire;

/** Sends the body of a request that is not in memory. */
interface BodyWriter {
    /** The connection takes bytes: the head is sent, or the wait for more room is over. Must not block. */
    void writable();
}
