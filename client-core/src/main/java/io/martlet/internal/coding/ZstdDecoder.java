package io.martlet.internal.coding;

import com.github.luben.zstd.ZstdBufferDecompressingStreamNoFinalizer;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The coding "zstd" (RFC 8878): any number of frames, by zstd-jni. */
final class ZstdDecoder implements ContentDecoder {
    /** RFC 9659 §3: a window of at most 8 MiB, as a power of two. */
    private static final int MAX_WINDOW_LOG = 23;

    private static final int PIECE = 4 * 1024;

    /** The library reads and writes arrays from their first byte on. */
    private final ByteBuffer encoded = ByteBuffer.allocate(PIECE).flip();

    private ZstdBufferDecompressingStreamNoFinalizer frames = open();
    private boolean isTouched;

    private ZstdBufferDecompressingStreamNoFinalizer open() {
        var opened = new ZstdBufferDecompressingStreamNoFinalizer(encoded);
        try {
            opened.setLongMax(MAX_WINDOW_LOG);
        } catch (IOException e) {
            opened.close();
            throw new IllegalStateException("zstd takes no limit for its window", e);
        }
        return opened;
    }

    @Override
    public boolean decode(ByteBuffer input, ByteBuffer output) throws CorruptContentException {
        while (output.hasRemaining()) {
            if (!encoded.hasRemaining()) {
                Buffers.transfer(input, encoded.clear());
                encoded.flip();
            }
            boolean isFed = encoded.hasRemaining();
            if (isFed) {
                begin();
            }
            if (!isTouched || !read(output) && !isFed) {
                return true;
            }
        }
        return false;
    }

    /** The library takes the end of its input behind a frame for the end of all. */
    private void begin() {
        isTouched = true;
        if (!frames.hasRemaining()) {
            frames.close();
            frames = open();
        }
    }

    private boolean read(ByteBuffer output) throws CorruptContentException {
        try {
            return frames.read(output) > 0;
        } catch (IOException e) {
            throw new CorruptContentException("the zstd data are corrupt: " + e.getMessage(), e);
        }
    }

    @Override
    public void endOfInput() throws CorruptContentException {
        if (isTouched && frames.hasRemaining()) {
            throw new CorruptContentException("the zstd data are cut off");
        }
    }

    @Override
    public void close() {
        frames.close();
    }
}
