package io.martlet.internal.download;

/**
 * Bytes of a file.
 *
 * @param start the first of them, from 0
 * @param end   the one behind the last; {@link #OPEN}: all that there are
 */
public record ByteRange(long start, long end) {
    /** The end of a range that goes to the end, wherever that is. */
    public static final long OPEN = Long.MAX_VALUE;

    /** The value of a {@code Range} field (RFC 9110 §14.2). */
    public String field() {
        return "bytes=" + start + "-" + (end == OPEN ? "" : end - 1);
    }
}
