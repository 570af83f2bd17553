package io.martlet.internal.coding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The coding "deflate": zlib's format (RFC 9110 §8.4.1.2), or the bare data that many servers send instead. */
final class DeflateDecoder implements ContentDecoder {
    private @Nullable Inflation inflation;

    @Override
    public boolean decode(ByteBuffer input, ByteBuffer output) throws CorruptContentException {
        if (inflation == null) {
            if (!input.hasRemaining()) {
                return true;
            }
            inflation = new Inflation(!isZlib(input.get(input.position())), "deflate");
        }
        boolean isFinished = inflation.inflate(input, output);
        if (isFinished && input.hasRemaining()) {
            throw new CorruptContentException("bytes follow the end of the deflate data");
        }
        return isFinished || output.hasRemaining();
    }

    /** RFC 1950 §2.2: method 8, a window of at most 32 KiB. Bare data that begin so are a stored block, padded oddly. */
    private static boolean isZlib(byte first) {
        return (first & 0x8f) == 8;
    }

    @Override
    public void endOfInput() throws CorruptContentException {
        if (inflation != null && !inflation.isFinished()) {
            throw new CorruptContentException("the deflate data are cut off");
        }
    }

    @Override
    public void close() {
        if (inflation != null) {
            inflation.end();
        }
    }
}
