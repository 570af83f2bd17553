package io.martlet.internal.net;

import java.io.IOException;

/** What an {@link EventLoop} calls about one of its channels: on its thread only, and without blocking. */
interface ChannelHandler {
    /** The channel is ready for some of the operations that its key is interested in. */
    void ready(int operations);

    /** Close the channel: the loop ends, or {@link #ready} threw. */
    void broken(IOException cause);
}
