package io.martlet.samples.demo;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Brotli without compression: the bytes as they are in uncompressed meta-blocks (RFC 7932 §9.1 and §9.2). */
final class StoredBrotli extends FilterOutputStream {
    private static final int MAX_BLOCK_BYTES = 1 << 16;
    private static final int LAST_AND_EMPTY = 0b11;

    // WBITS, one bit in front of the first header: 0 for a window of 64 KiB.
    private int streamHeaderBits = 1;

    StoredBrotli(OutputStream target) {
        super(target);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += MAX_BLOCK_BYTES) {
            int size = Math.min(MAX_BLOCK_BYTES, length - done);
            writeBlockHeader(size);
            out.write(bytes, offset + done, size);
        }
    }

    /** From the lowest bit: ISLAST 0, MNIBBLES 00 for 16 bits, MLEN - 1, ISUNCOMPRESSED 1; zeros to the next byte. */
    private void writeBlockHeader(int size) throws IOException {
        int bits = ((size - 1) << 3 | 1 << 19) << streamHeaderBits;
        streamHeaderBits = 0;
        out.write(bits);
        out.write(bits >> 8);
        out.write(bits >> 16);
    }

    @Override
    public void close() throws IOException {
        out.write(LAST_AND_EMPTY << streamHeaderBits);
        out.close();
    }
}
