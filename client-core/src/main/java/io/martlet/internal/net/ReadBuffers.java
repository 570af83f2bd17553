package io.martlet.internal.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The buffers that a loop reads into: one for all its channels, and others in the place of those that were kept. */
final class ReadBuffers {
    private static final int BYTES = 64 * 1024;
    private static final int MOST_SPARE = 16;

    private final Queue<ByteBuffer> spare = new ArrayDeque<>(); // guarded by itself
    private @Nullable ByteBuffer current; // the loop's thread only

    /** The buffer to read into next, cleared. */
    ByteBuffer current() {
        ByteBuffer buffer = current;
        if (buffer == null) {
            synchronized (spare) {
                buffer = spare.poll();
            }
            buffer = buffer == null ? ByteBuffer.allocate(BYTES) : buffer;
            current = buffer;
        }
        return buffer.clear();
    }

    /** Leaves {@code buffer} to a listener, if it is one of these. */
    boolean keep(ByteBuffer buffer) {
        boolean isCurrent = buffer == current;
        if (isCurrent) {
            current = null;
        }
        return isCurrent;
    }

    /** Takes back what was kept. Any thread. */
    void giveBack(ByteBuffer buffer) {
        synchronized (spare) {
            if (spare.size() < MOST_SPARE) {
                spare.add(buffer);
            }
        }
    }
}
