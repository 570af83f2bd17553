package io.martlet.internal.coding;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** What stands before the data of a gzip member (RFC 1952 §2.3), read byte by byte and not kept. */
final class GzipHeader {
    private static final int FHCRC = 0x02;
    private static final int FEXTRA = 0x04;
    private static final int FNAME = 0x08;
    private static final int FCOMMENT = 0x10;
    private static final int RESERVED = 0xE0;

    /** The parts in their order, each with the flag that announces it. */
    private enum Part {
        FIXED(0),
        EXTRA_LENGTH(FEXTRA),
        EXTRA(FEXTRA),
        NAME(FNAME),
        COMMENT(FCOMMENT),
        CHECK(FHCRC),
        END(0);

        private final int flag;

        Part(int flag) {
            this.flag = flag;
        }
    }

    private final CRC32 crc = new CRC32();
    private Part part = Part.FIXED;
    private int flags;

    /** Bytes of the part that were read. */
    private int count;

    /** A number that takes two bytes. */
    private int number;

    /** Reads on; says whether the header is complete. */
    boolean read(ByteBuffer input) throws CorruptContentException {
        while (part != Part.END && input.hasRemaining()) {
            accept(input.get() & 0xFF);
        }
        return part == Part.END;
    }

    /** Whether no byte of it was read. */
    boolean isUntouched() {
        return part == Part.FIXED && count == 0;
    }

    void reset() {
        crc.reset();
        part = Part.FIXED;
        flags = 0;
        count = 0;
    }

    private void accept(int octet) throws CorruptContentException {
        int expectedCheck = (int) crc.getValue() & 0xFFFF;
        if (part != Part.CHECK) {
            crc.update(octet);
        }
        count++;
        switch (part) {
            case FIXED -> fixed(octet);
            case EXTRA_LENGTH -> extraLength(octet);
            case EXTRA -> advanceIf(count == number);
            case NAME, COMMENT -> advanceIf(octet == 0);
            case CHECK -> check(octet, expectedCheck);
            case END -> throw new IllegalStateException("the header is complete");
        }
    }

    private void fixed(int octet) throws CorruptContentException {
        switch (count) {
            case 1 -> require(octet == 0x1F, "these are no gzip data");
            case 2 -> require(octet == 0x8B, "these are no gzip data");
            case 3 -> require(octet == 8, "the method of the gzip data is " + octet + ", not 8");
            case 4 -> {
                require((octet & RESERVED) == 0, "the gzip header has a reserved flag");
                flags = octet;
            }
            default -> advanceIf(count == 10);
        }
    }

    private void extraLength(int octet) {
        takeNumber(octet);
        if (count == 2) {
            advance();
            advanceIf(number == 0);
        }
    }

    private void check(int octet, int expected) throws CorruptContentException {
        takeNumber(octet);
        if (count == 2) {
            require(number == expected, "the checksum of the gzip header is wrong");
            advance();
        }
    }

    private void takeNumber(int octet) {
        number = count == 1 ? octet : number | octet << 8;
    }

    private void advanceIf(boolean isComplete) {
        if (isComplete) {
            advance();
        }
    }

    private void advance() {
        count = 0;
        do {
            part = Part.values()[part.ordinal() + 1];
        } while (part != Part.END && (flags & part.flag) == 0);
    }

    private static void require(boolean isRight, String otherwise) throws CorruptContentException {
        if (!isRight) {
            throw new CorruptContentException(otherwise);
        }
    }
}
