package io.martlet.body;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds the delimiters of a multipart body (RFC 2046 §5.1.1) in input that arrives in any pieces: CRLF, two hyphens and
 * the boundary; then two more hyphens behind the last part, otherwise blanks, if any, and CRLF.
 *
 * <p>A line that goes on differently is content: the boundary of a part within a part may begin with that of the whole.
 * As a boundary has no CR in it, bytes that turned out to be content need no second look.
 */
final class DelimiterScanner {
    /** What {@link #scan} found. */
    enum Found {
        /** The input is used up, and no content of it is left to give. */
        MORE,
        /** Content: {@link #content} has it. */
        CONTENT,
        /** The end of the content; behind it begins a part. */
        DELIMITER,
        /** The end of the content and of the last part. */
        CLOSE
    }

    /** CR LF. */
    private static final int LINE_END = 2;

    /** Most bytes behind a boundary that are taken for blanks of its line, its CR included. */
    private static final int MAX_TAIL = 256;

    private final byte[] delimiter;

    /** How many bytes of the delimiter have been seen, and from which on they are content if it is none. */
    private int matched;

    private int heldFrom;

    /** What came behind a whole delimiter, and does not yet tell what it is. */
    private final byte[] tail = new byte[MAX_TAIL];

    private int tailLength;
    private ByteBuffer content = ByteBuffer.allocate(0);

    DelimiterScanner(String boundary) {
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        begin();
    }

    /** The beginning of a content: a delimiter may stand here without CRLF, which belongs to the line before. */
    void begin() {
        matched = LINE_END;
        heldFrom = LINE_END;
        tailLength = 0;
    }

    /** Takes {@code in} up to what it tells; nothing that could still become a delimiter is told as content. */
    Found scan(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (matched == 0) {
                if (takeContent(in)) {
                    return Found.CONTENT;
                }
                continue;
            }
            byte octet = in.get(in.position());
            if (!continues(octet)) {
                if (giveBack()) {
                    return Found.CONTENT;
                }
                continue;
            }
            in.get();
            if (matched < delimiter.length) {
                matched++;
            } else if (isLast(octet)) {
                begin();
                return octet == '-' ? Found.CLOSE : Found.DELIMITER;
            } else {
                tail[tailLength++] = octet;
            }
        }
        return Found.MORE;
    }

    /** The content that was found last: a range of the input, or bytes kept here; valid until the next call. */
    ByteBuffer content() {
        return content;
    }

    /** Takes all that is no beginning of a delimiter; false if there is nothing of it. */
    private boolean takeContent(ByteBuffer in) {
        int from = in.position();
        int to = candidate(in);
        in.position(to);
        if (to == from) {
            in.get();
            matched = 1;
            return false;
        }
        content = in.slice(from, to - from);
        return true;
    }

    /** The first index from which on the input is a delimiter as far as it goes; the limit if there is none. */
    private int candidate(ByteBuffer in) {
        int i = in.position();
        while (i < in.limit() && !(in.get(i) == '\r' && isDelimiterAt(in, i))) {
            i++;
        }
        return i;
    }

    private boolean isDelimiterAt(ByteBuffer in, int index) {
        int length = Math.min(delimiter.length, in.limit() - index);
        int i = 1;
        while (i < length && in.get(index + i) == delimiter[i]) {
            i++;
        }
        return i >= length;
    }

    private boolean continues(byte octet) {
        if (matched < delimiter.length) {
            return octet == delimiter[matched];
        }
        int before = tailLength == 0 ? ' ' : tail[tailLength - 1];
        return switch (before) {
            case '\r' -> octet == '\n';
            case '-' -> octet == '-';
            default -> octet == '\r' || mayBePadding(octet) || octet == '-' && tailLength == 0;
        };
    }

    /** Bounded, as these bytes are kept until it is clear what they are. */
    private boolean mayBePadding(byte octet) {
        return (octet == ' ' || octet == '\t') && tailLength < MAX_TAIL - 1;
    }

    private boolean isLast(byte octet) {
        return octet == '\n' || octet == '-' && tailLength == 1;
    }

    /** Makes content of what was held for a delimiter; false if there was nothing. */
    private boolean giveBack() {
        int length = matched - heldFrom + tailLength;
        content = ByteBuffer.allocate(length);
        content.put(delimiter, heldFrom, matched - heldFrom)
                .put(tail, 0, tailLength)
                .flip();
        matched = 0;
        heldFrom = 0;
        tailLength = 0;
        return length > 0;
    }
}
