package io.martlet.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/** Finds lines in pieces of text: what ends in LF, which a CR may precede. */
final class LineReader {
    /** What {@link #fill} found. */
    enum Found {
        /** The piece is used up, and the line goes on. */
        MORE,
        LINE,
        TOO_LONG
    }

    private final int maxLength;
    private final Charset charset;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineReader(int maxLength, Charset charset) {
        this.maxLength = maxLength;
        this.charset = charset;
    }

    /** Takes {@code piece} up to the end of a line, or to its own end. */
    Found fill(ByteBuffer piece) {
        int end = lineFeed(piece);
        int length = (end < 0 ? piece.limit() : end) - piece.position();
        if (line.size() + length > maxLength) {
            return Found.TOO_LONG;
        }
        byte[] bytes = new byte[length];
        piece.get(bytes);
        line.write(bytes, 0, length);
        if (end < 0) {
            return Found.MORE;
        }
        piece.get();
        return Found.LINE;
    }

    private static int lineFeed(ByteBuffer piece) {
        for (int i = piece.position(); i < piece.limit(); i++) {
            if (piece.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Whether nothing of the next line is there. */
    boolean isEmpty() {
        return line.size() == 0;
    }

    /** The line without its end; the next one begins. */
    String take() {
        byte[] bytes = line.toByteArray();
        line.reset();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return new String(bytes, 0, length, charset);
    }
}
