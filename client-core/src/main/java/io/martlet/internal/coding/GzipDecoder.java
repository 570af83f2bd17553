package io.martlet.internal.coding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** The coding "gzip" (RFC 1952): any number of members, each with its checksum and length, and nothing behind them. */
final class GzipDecoder implements ContentDecoder {
    private enum Part {
        HEADER,
        DATA,
        TRAILER
    }

    private final GzipHeader header = new GzipHeader();
    private final Inflation inflation = new Inflation(true, "gzip");
    private final ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32 crc = new CRC32();
    private Part part = Part.HEADER;
    private boolean isBehindMember;
    private int length;

    @Override
    public boolean decode(ByteBuffer input, ByteBuffer output) throws CorruptContentException {
        boolean goesOn;
        do {
            goesOn = switch (part) {
                case HEADER -> header(input);
                case DATA -> data(input, output);
                case TRAILER -> trailer(input);
            };
        } while (goesOn);
        return output.hasRemaining();
    }

    private boolean header(ByteBuffer input) throws CorruptContentException {
        boolean isNext = isBehindMember && header.isUntouched() && input.hasRemaining();
        if (isNext && input.get(input.position()) != 0x1F) {
            throw new CorruptContentException("bytes follow the end of the gzip data");
        }
        if (!header.read(input)) {
            return false;
        }
        part = Part.DATA;
        return true;
    }

    private boolean data(ByteBuffer input, ByteBuffer output) throws CorruptContentException {
        int start = output.position();
        boolean isFinished = inflation.inflate(input, output);
        crc.update(output.duplicate().flip().position(start));
        length += output.position() - start;
        if (isFinished) {
            part = Part.TRAILER;
        }
        return isFinished;
    }

    private boolean trailer(ByteBuffer input) throws CorruptContentException {
        while (trailer.hasRemaining() && input.hasRemaining()) {
            trailer.put(input.get());
        }
        if (trailer.hasRemaining()) {
            return false;
        }
        if (trailer.getInt(0) != (int) crc.getValue()) {
            throw new CorruptContentException("the checksum of the gzip data is wrong");
        }
        if (trailer.getInt(4) != length) {
            throw new CorruptContentException("the length of the gzip data is wrong");
        }
        awaitMember();
        return true;
    }

    private void awaitMember() {
        header.reset();
        inflation.reset();
        trailer.clear();
        crc.reset();
        length = 0;
        isBehindMember = true;
        part = Part.HEADER;
    }

    @Override
    public void endOfInput() throws CorruptContentException {
        if (part != Part.HEADER || !header.isUntouched()) {
            throw new CorruptContentException("the gzip data are cut off");
        }
    }

    @Override
    public void close() {
        inflation.end();
    }
}
