package io.martlet.internal.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for records, lent for as long as bytes are in them: an idle connection has none. On the heap, where the JDK's
 * ciphers are faster by more than the copy to or from a socket costs.
 *
 * <p>Shared by all connections of the JVM. At most {@link #KEPT} wait here; what is lent beyond them is garbage later.
 */
final class RecordBuffers {
    /** A record (16 KiB and up to 2 KiB around it) behind others of a handshake, which are short. */
    static final int SIZE = 24 * 1024;

    private static final int KEPT = 32;
    private static final ArrayDeque<ByteBuffer> FREE = new ArrayDeque<>(KEPT);

    private RecordBuffers() {}

    /** An empty buffer of at least that size. */
    static ByteBuffer lend(int size) {
        if (size > SIZE) {
            return ByteBuffer.allocate(size);
        }
        ByteBuffer free;
        synchronized (FREE) {
            free = FREE.pollLast();
        }
        return free != null ? free : ByteBuffer.allocate(SIZE);
    }

    /** Takes a buffer back, whose borrower must not touch it any more. */
    static void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() != SIZE) {
            return;
        }
        buffer.clear();
        synchronized (FREE) {
            if (FREE.size() < KEPT) {
                FREE.addLast(buffer);
            }
        }
    }
}
