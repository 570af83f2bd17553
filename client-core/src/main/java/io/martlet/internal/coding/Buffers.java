package io.martlet.internal.coding;

import java.nio.ByteBuffer;

/** What buffers cannot do by themselves. */
final class Buffers {
    private Buffers() {}

    /** Moves as many bytes as there are and as there is room for. */
    static void transfer(ByteBuffer from, ByteBuffer to) {
        int end = from.limit();
        from.limit(from.position() + Math.min(from.remaining(), to.remaining()));
        to.put(from);
        from.limit(end);
    }
}
