package io.martlet.samples.demo;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The pieces of a body, made when they are needed. */
@FunctionalInterface
interface ChunkSource {
    /** The next piece, null after the last. */
    @Nullable
    Buffer next();

    /** The bytes from {@code start} to before {@code end} in pieces of {@code size}, the last maybe smaller. */
    static ChunkSource pieces(int start, int end, int size, PieceMaker maker) {
        return new ChunkSource() {
            private int position = start;

            @Override
            public @Nullable Buffer next() {
                if (position >= end) {
                    return null;
                }
                byte[] piece = new byte[Math.min(size, end - position)];
                maker.fill(piece, position);
                position += piece.length;
                return Buffer.buffer(piece);
            }
        };
    }

    /** Makes the content of a piece that begins at {@code position} of the body. */
    @FunctionalInterface
    interface PieceMaker {
        void fill(byte[] piece, int position);
    }
}
