package io.martlet.internal.http1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes to be written, in one array that grows and is used again. Not thread-safe.
 *
 * <p>{@link #array} and {@link #toByteBuffer} show the array itself: what they show is valid until the next change.
 */
public final class ByteSink {
    private byte[] bytes;
    private int length;

    /** An empty sink with room for so many bytes. */
    public ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    /** The array; only the first {@link #length} bytes count. */
    public byte[] array() {
        return bytes;
    }

    /** Number of bytes. */
    public int length() {
        return length;
    }

    /** Forgets all bytes; the room stays. */
    public void clear() {
        length = 0;
    }

    /** Forgets the bytes after the first {@code length}. */
    public void truncate(int length) {
        if (length < 0 || length > this.length) {
            throw new IllegalArgumentException("length " + length + " is not within 0 to " + this.length);
        }
        this.length = length;
    }

    /** Appends a byte. */
    public void put(int octet) {
        ensureRoom(1);
        bytes[length++] = (byte) octet;
    }

    /** Appends all of {@code source}. */
    public void put(byte[] source) {
        put(source, 0, source.length);
    }

    /** Appends {@code count} bytes of {@code source}. */
    public void put(byte[] source, int from, int count) {
        ensureRoom(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** The bytes, to be read; shares the array. */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /** Number of bytes and room, not the bytes: they may be secret. */
    @Override
    public String toString() {
        return length + " of " + bytes.length + " bytes";
    }

    /** Makes room for {@code count} more bytes; returns the array, which may be another one. */
    byte[] ensureRoom(int count) {
        int needed = Math.addExact(length, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, 2L * bytes.length)));
        }
        return bytes;
    }

    /** Says that the array holds so many bytes now. */
    void advanceTo(int length) {
        this.length = length;
    }
}
