package io.martlet.internal.http1;

/**
 * The line before a chunk: its size in hexadecimal digits and its extensions, which are checked and skipped.
 *
 * <p>RFC 9112 §7.1.1: {@code chunk-size *( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )}. Nothing
 * else is taken, also no blank at the end: in a line that is read in two ways, request smuggling hides.
 */
final class ChunkLine {
    private static final int MOST_DIGITS = 16;

    private ChunkLine() {}

    /** The size, from 0 to {@link Long#MAX_VALUE}. */
    static long size(byte[] line, int start, int end) throws Http1Fault {
        long size = 0;
        int at = start;
        while (at < end && hexDigit(line[at]) >= 0) {
            size = size << 4 | hexDigit(line[at]);
            at++;
        }
        if (at == start) {
            String instead = at == end ? "ends at once" : "starts with " + Http1Fault.name(line[at]);
            throw Http1Fault.malformed("a chunk's line " + instead + " instead of a size");
        }
        if (at - start > MOST_DIGITS || size < 0) {
            throw Http1Fault.malformed("a chunk's size has " + (at - start) + " digits, more than fit a number");
        }
        while (at < end) {
            at = afterExtension(line, at, end);
        }
        return size;
    }

    private static int afterExtension(byte[] line, int from, int end) throws Http1Fault {
        int at = afterDelimiter(line, from, end, ';');
        if (at < 0) {
            throw badExtension();
        }
        at = afterToken(line, at, end);
        int value = afterDelimiter(line, at, end, '=');
        if (value < 0) {
            return at;
        }
        return value < end && line[value] == '"' ? afterQuoted(line, value + 1, end) : afterToken(line, value, end);
    }

    /** The index after blanks, the delimiter and blanks; -1 where there is another character, or none. */
    private static int afterDelimiter(byte[] line, int from, int end, char delimiter) {
        int at = Octets.skipBlanks(line, from, end);
        return at < end && line[at] == delimiter ? Octets.skipBlanks(line, at + 1, end) : -1;
    }

    private static int afterToken(byte[] line, int from, int end) throws Http1Fault {
        int at = Octets.tokenEnd(line, from, end);
        if (at == from) {
            throw badExtension();
        }
        return at;
    }

    /** RFC 9110 §5.6.4: no control character but TAB, also not after a backslash; the quote must be closed. */
    private static int afterQuoted(byte[] line, int from, int end) throws Http1Fault {
        int at = from;
        while (at < end && line[at] != '"') {
            at += line[at] == '\\' ? 2 : 1;
        }
        if (at >= end || (Octets.fieldClass(line, from, at) & Octets.CONTROL) != 0) {
            throw badExtension();
        }
        return at + 1;
    }

    private static int hexDigit(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static Http1Fault badExtension() {
        return Http1Fault.malformed("what follows a chunk's size is no extension as RFC 9112 §7.1.1 writes it");
    }
}
