package io.martlet.internal.wire;

/** To whom connections belong: the pool. All of it may be called from any thread. */
interface ConnectionOwner {
    /**
     * The exchange on {@code connection} is done, and another may follow.
     *
     * @param keepNanos how long the server keeps it at most, by what it says
     */
    void release(WireConnection connection, long keepNanos);

    /** The exchange on {@code connection} is done, and no other may follow. */
    void discard(WireConnection connection);

    /** {@code connection} came to its end, or is of no use any more, whatever it is doing. */
    void retire(WireConnection connection);
}
