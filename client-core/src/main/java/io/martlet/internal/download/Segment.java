package io.martlet.internal.download;

/** A part of a file, and how far it is there. One thread at a time moves it on, others look. */
public final class Segment {
    private final long start;
    private volatile long end;
    private volatile long position;

    Segment(long start, long end, long position) {
        this.start = start;
        this.end = end;
        this.position = position;
    }

    /** Where it begins. */
    public long start() {
        return start;
    }

    /** Where the next one begins; {@link ByteRange#OPEN} while that is not known. */
    public long end() {
        return end;
    }

    /** Where the next byte goes. */
    public long position() {
        return position;
    }

    /** Whether all of it is there. */
    public boolean isComplete() {
        return position == end;
    }

    /**
     * What to ask for. Where something is there, its last byte is asked for again: so even of a whole file the server says
     * whether it is still the same.
     */
    public ByteRange wanted() {
        return new ByteRange(position == start ? start : position - 1, end);
    }

    void moveTo(long next) {
        position = next;
    }

    void endAt(long length) {
        end = length;
    }

    /** Where it begins, ends, and is. */
    @Override
    public String toString() {
        return start + " " + (end == ByteRange.OPEN ? "-" : end) + " " + position;
    }
}
