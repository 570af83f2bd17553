package io.martlet.body;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A certain number of bytes, collected from pieces. It takes room for what came, not for what is wanted. */
final class Portion {
    private static final int FIRST_ROOM = 16 * 1024;

    private final int size;
    private byte[] bytes = new byte[0];
    private int count;

    Portion(int size) {
        this.size = size;
    }

    /** Takes what is wanted of {@code piece}; whether it is complete then. */
    boolean fill(ByteBuffer piece) {
        int taken = Math.min(size - count, piece.remaining());
        makeRoom(count + taken);
        piece.get(bytes, count, taken);
        count += taken;
        return count == size;
    }

    private void makeRoom(int needed) {
        if (needed > bytes.length) {
            long doubled = Math.max(Math.max(FIRST_ROOM, needed), 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(size, doubled));
        }
    }

    int count() {
        return count;
    }

    /** What is there, in an array of its own; the next one begins. */
    byte[] take() {
        byte[] taken = count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        bytes = new byte[0];
        count = 0;
        return taken;
    }
}
