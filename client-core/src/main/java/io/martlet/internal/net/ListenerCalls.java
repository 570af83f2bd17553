package io.martlet.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls the listener of a transport, once there is one. What the listener throws is reported to the loop, and returned
 * where the transport must act on it.
 */
final class ListenerCalls {
    private final EventLoop loop;
    private final AtomicReference<@Nullable TransportListener> listener = new AtomicReference<>();
    private final AtomicBoolean endTold = new AtomicBoolean();

    ListenerCalls(EventLoop loop) {
        this.loop = loop;
    }

    /** Sets the listener; returns whether there was none before. */
    boolean start(TransportListener listener) {
        return this.listener.compareAndSet(null, listener);
    }

    boolean isStarted() {
        return listener.get() != null;
    }

    /** Whether it takes what arrives next in a direct buffer too. */
    boolean takesDirect() {
        TransportListener told = listener.get();
        return told != null && told.takesDirect();
    }

    @Nullable
    Throwable received(ByteBuffer bytes) {
        TransportListener told = listener.get();
        try {
            if (told != null) {
                told.received(bytes);
            }
            return null;
        } catch (Throwable e) {
            loop.report(e);
            return e;
        }
    }

    @Nullable
    Throwable writable() {
        TransportListener told = listener.get();
        try {
            if (told != null) {
                told.writable();
            }
            return null;
        } catch (Throwable e) {
            loop.report(e);
            return e;
        }
    }

    /** Tells the end, unless it has been told or there is nobody to hear it yet. Any thread. */
    void ended(@Nullable IOException cause) {
        TransportListener told = listener.get();
        if (told == null || !endTold.compareAndSet(false, true)) {
            return;
        }
        try {
            told.ended(cause);
        } catch (Throwable e) {
            loop.report(e);
        }
    }
}
