package io.martlet.internal.net;

import java.io.IOException;

/**
 * Hears how an {@link Attempt} to connect went: exactly one of these, or neither when it was cancelled first. On the
 * loop's thread, possibly before the attempt is returned to whoever made it; must not block.
 */
public interface ConnectListener {
    /** There is a connection; it is the listener's to start and to close. */
    void connected(Transport transport);

    /** There is none; the message names each address that was tried, and why it failed. */
    void failed(IOException cause);
}
