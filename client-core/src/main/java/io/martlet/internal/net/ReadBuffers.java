package io.martlet.internal.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that a loop reads into: one for all its channels, and others in the place of those that were kept.
 *
 * <p>What is parsed is read into heap buffers. The bytes of long bodies, which nobody here looks at, are read into
 * direct ones: the JDK would only copy them from one to the other. Of these there are few, as no collection of garbage
 * hurries to free them.
 */
final class ReadBuffers {
    private static final int BYTES = 64 * 1024;
    private static final int MOST_SPARE = 16;
    private static final int MOST_DIRECT = 64;

    private final Queue<ByteBuffer> spareHeap = new ArrayDeque<>(); // guarded by this, as is the next
    private final Queue<ByteBuffer> spareDirect = new ArrayDeque<>();

    // The loop's thread only.
    private @Nullable ByteBuffer heap;
    private @Nullable ByteBuffer direct;
    private int directs;

    /** The heap buffer to read into next, cleared. */
    ByteBuffer heap() {
        if (heap == null) {
            ByteBuffer spare = poll(spareHeap);
            heap = spare == null ? ByteBuffer.allocate(BYTES) : spare;
        }
        return heap.clear();
    }

    /** The direct buffer to read into next, cleared; a heap buffer where all the direct ones are kept. */
    ByteBuffer direct() {
        if (direct == null) {
            direct = poll(spareDirect);
        }
        if (direct == null && directs < MOST_DIRECT) {
            directs++;
            direct = ByteBuffer.allocateDirect(BYTES);
        }
        return direct == null ? heap() : direct.clear();
    }

    /** Leaves {@code buffer} to a listener, if it is one of these. */
    boolean keep(ByteBuffer buffer) {
        if (buffer == heap) {
            heap = null;
            return true;
        }
        if (buffer == direct) {
            direct = null;
            return true;
        }
        return false;
    }

    /** Takes back what was kept. Any thread. */
    synchronized void giveBack(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            spareDirect.add(buffer);
        } else if (spareHeap.size() < MOST_SPARE) {
            spareHeap.add(buffer);
        }
    }

    private synchronized @Nullable ByteBuffer poll(Queue<ByteBuffer> spare) {
        return spare.poll();
    }
}
