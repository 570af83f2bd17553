package io.martlet.internal.http1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts lines that end in CRLF out of input that arrives in any pieces. A line that lies within one piece is not copied;
 * one that does not is put together here, and each of its bytes is looked at once.
 *
 * <p>RFC 9112 §2.2 lets a recipient take a single LF for a line end. We do not: recipients that differ in where a line
 * ends are what smuggling is made of.
 */
final class LineReader {
    /** What a line is, for messages, and which limit holds for it. */
    enum Kind {
        STATUS("the status line", "maxStatusLine"),
        HEADER("a header line", "maxHeaderLine"),
        TRAILER("a trailer line", "maxHeaderLine"),
        CHUNK("a chunk's line", "maxChunkLine");

        private final String text;
        private final String limitName;

        Kind(String text, String limitName) {
            this.text = text;
            this.limitName = limitName;
        }
    }

    private static final byte[] NOTHING = new byte[0];
    private static final int WORTH_KEEPING = 512;

    private byte[] held = NOTHING;
    private int heldLength;
    private byte[] line = NOTHING;
    private int start;
    private int end;

    /**
     * Takes the next line from {@code in}; where it is not whole yet, takes all there is and returns false.
     *
     * @param limit most bytes, line end not counted
     */
    boolean next(ByteBuffer in, Kind kind, int limit) throws Http1Fault {
        byte[] bytes = in.array();
        int from = in.arrayOffset() + in.position();
        int to = in.arrayOffset() + in.limit();
        int lf = indexOfLf(bytes, from, to);
        if (lf < 0) {
            hold(bytes, from, to, kind, limit);
            in.position(in.limit());
            return false;
        }
        in.position(lf + 1 - in.arrayOffset());
        if (heldLength == 0) {
            cut(bytes, from, lf, kind, limit);
            return true;
        }
        hold(bytes, from, lf, kind, limit);
        int length = heldLength;
        heldLength = 0;
        cut(held, 0, length, kind, limit);
        return true;
    }

    /** The array in which the line lies that was read last; valid until the next call. */
    byte[] line() {
        return line;
    }

    /** Where that line starts. */
    int start() {
        return start;
    }

    /** Where that line ends, its CRLF not included. */
    int end() {
        return end;
    }

    /** Whether a part of a line is held here, and its rest is still to come. */
    boolean isAmidLine() {
        return heldLength > 0;
    }

    /** Bytes of the line begun that are there, in here and in {@code in}. */
    int available(ByteBuffer in) {
        return heldLength + in.remaining();
    }

    /** The byte number {@code index} of the line begun. */
    byte peek(ByteBuffer in, int index) {
        return index < heldLength ? held[index] : in.get(in.position() + index - heldLength);
    }

    /** Forgets a line begun, and memory that only a long line needed. */
    void clear() {
        heldLength = 0;
        line = NOTHING;
        if (held.length > WORTH_KEEPING) {
            held = NOTHING;
        }
    }

    private void cut(byte[] bytes, int from, int lf, Kind kind, int limit) throws Http1Fault {
        boolean endsInCr = lf > from && bytes[lf - 1] == Octets.CR;
        int to = endsInCr ? lf - 1 : lf;
        if (to - from > limit) {
            throw tooLong(kind, limit);
        }
        if (!endsInCr) {
            throw Http1Fault.malformed(kind.text + " ends in LF without CR");
        }
        line = bytes;
        start = from;
        end = to;
    }

    private void hold(byte[] bytes, int from, int to, Kind kind, int limit) throws Http1Fault {
        int length = heldLength + to - from;
        // One more than the limit may be the CR of the line end. A negative length is one beyond all limits.
        if (length < 0 || length - 1 > limit) {
            throw tooLong(kind, limit);
        }
        if (length > held.length) {
            held = Arrays.copyOf(held, Math.max(128, Math.max(length, heldLength * 2)));
        }
        System.arraycopy(bytes, from, held, heldLength, to - from);
        heldLength = length;
    }

    private static int indexOfLf(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == Octets.LF) {
                return i;
            }
        }
        return -1;
    }

    private static Http1Fault tooLong(Kind kind, int limit) {
        return Http1Fault.limit(kind.text + " is longer than " + kind.limitName + " = " + limit + " bytes");
    }
}
