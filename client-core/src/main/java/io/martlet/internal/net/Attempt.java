package io.martlet.internal.net;

/** A connection being opened. */
public interface Attempt {
    /**
     * Gives up: what was opened is closed, and the listener hears nothing more. Any thread, at any time, idempotent;
     * returns at once.
     *
     * @return whether this call ended the attempt; if not, the listener has heard or is just hearing how it went, or
     *     it was cancelled before
     */
    boolean cancel();
}
