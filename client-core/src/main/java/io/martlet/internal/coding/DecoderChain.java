package io.martlet.internal.coding;

import java.nio.ByteBuffer;

/** Two codings: what {@code outer} gives, {@code inner} decodes further. Chains of more are chains of chains. */
final class DecoderChain implements ContentDecoder {
    private static final int PIECE = 8 * 1024;

    private final ContentDecoder outer;
    private final ContentDecoder inner;
    private final ByteBuffer between = ByteBuffer.allocate(PIECE).flip();

    DecoderChain(ContentDecoder outer, ContentDecoder inner) {
        this.outer = outer;
        this.inner = inner;
    }

    @Override
    public boolean decode(ByteBuffer input, ByteBuffer output) throws CorruptContentException {
        if (!inner.decode(between, output)) {
            return false;
        }
        between.clear();
        boolean isDry = outer.decode(input, between);
        between.flip();
        return inner.decode(between, output) && isDry;
    }

    @Override
    public void endOfInput() throws CorruptContentException {
        outer.endOfInput();
        inner.endOfInput();
    }

    @Override
    public void close() {
        outer.close();
        inner.close();
    }
}
