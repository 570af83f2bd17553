package io.martlet.internal.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The way in: cuts what arrives into records and decrypts one after the other. Used on the loop's thread only.
 *
 * <p>A whole record is decrypted where it arrived; the beginning of one is kept until the rest arrives. All buffers are on
 * the heap, where the JDK's ciphers are fastest.
 */
final class TlsInbound {
    private static final int HEADER = 5;
    /** RFC 5246 §6.2.3, which allows more than RFC 8446 does. The engine refuses a longer one when it sees the header. */
    private static final int LONGEST_RECORD = HEADER + 16_384 + 2_048;
    /**
     * How many messages of TLS itself may follow each other without a byte of data. A server needs few, such as two
     * session tickets; more only cost work (as CVE-2026-32283 in Go).
     */
    private static final int MOST_WITHOUT_DATA = 32;

    private final SSLEngine engine;
    /** From position to limit what arrived and is not decrypted; null when there is nothing. */
    private @Nullable ByteBuffer kept;

    private int withoutData;

    TlsInbound(SSLEngine engine) {
        this.engine = engine;
    }

    /**
     * Decrypts the next record into {@code plain}, of what is kept first.
     *
     * @return what came of it; null if there is no whole record. Until {@link #releaseIfEmpty} a buffer stays lent
     */
    @Nullable
    SSLEngineResult next(ByteBuffer arriving, ByteBuffer plain) throws SSLException {
        ByteBuffer source = wholeRecord(arriving);
        if (source == null) {
            return null;
        }
        SSLEngineResult result = engine.unwrap(source, plain);
        Status status = result.getStatus();
        if (status == Status.BUFFER_UNDERFLOW || status == Status.BUFFER_OVERFLOW) {
            throw tooLong();
        }
        count(result);
        return result;
    }

    /** For engines that are told, by a system property, to accept more. */
    static SSLException tooLong() {
        return new SSLProtocolException("a record is longer than " + LONGEST_RECORD + " bytes");
    }

    private void count(SSLEngineResult result) throws SSLException {
        if (result.bytesProduced() == 0) {
            withoutData++;
        } else if (result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
            // Answers that are still owed, to key updates, do not pile up either.
            withoutData = 0;
        }
        if (withoutData > MOST_WITHOUT_DATA) {
            throw new SSLProtocolException(
                    "the server sent " + withoutData + " TLS messages in a row without any data");
        }
    }

    /** Keeps what is left of {@code arriving}. */
    void keep(ByteBuffer arriving) {
        releaseIfEmpty();
        if (arriving.hasRemaining()) {
            append(arriving, arriving.remaining());
        }
    }

    /** Hands over all that is kept: the beginning, perhaps empty, of what arrived. */
    ByteBuffer take() {
        ByteBuffer taken = kept == null ? ByteBuffer.allocate(0) : kept;
        kept = null;
        return taken;
    }

    /** Takes back what is left of {@link #take}, which comes before all that was kept since. */
    void untake(ByteBuffer rest) {
        ByteBuffer since = kept;
        kept = rest.hasRemaining() ? rest : null;
        if (kept == null) {
            RecordBuffers.giveBack(rest);
        }
        if (since != null) {
            keep(since);
            RecordBuffers.giveBack(since);
        }
    }

    /** Whether there is anything that a handshake can go on with: a whole record, or the header of an impossible one. */
    boolean hasRecord() {
        return kept != null && missing(kept) == 0;
    }

    /** The first byte of what is kept; -1 if there is none. */
    int firstByte() {
        return kept == null ? -1 : kept.get(kept.position()) & 0xFF;
    }

    int keptBytes() {
        return kept == null ? 0 : kept.remaining();
    }

    /** Bytes of memory that this connection holds on to. */
    int heldBytes() {
        return kept == null ? 0 : kept.capacity();
    }

    void release() {
        if (kept != null) {
            RecordBuffers.giveBack(kept);
            kept = null;
        }
    }

    /** Gives the buffer back if nothing is kept in it. */
    void releaseIfEmpty() {
        if (keptBytes() == 0) {
            release();
        }
    }

    /**
     * What begins with a whole record, or the header of an impossible one: what is kept, or else what arrives, which is
     * not copied then. Null if neither does; what arrives is left to {@link #keep}.
     */
    private @Nullable ByteBuffer wholeRecord(ByteBuffer arriving) {
        ByteBuffer start = kept;
        if (start == null || !start.hasRemaining()) {
            return missing(arriving) == 0 ? arriving : null;
        }
        while (arriving.hasRemaining() && missing(start) > 0) {
            append(arriving, Math.min(arriving.remaining(), missing(start)));
            start = kept;
        }
        return missing(start) == 0 ? start : null;
    }

    /** How many bytes the header, or then the record that it announces, still lacks; none if it is an impossible one. */
    static int missing(ByteBuffer start) {
        return Math.max(0, length(start) - start.remaining());
    }

    private static int length(ByteBuffer start) {
        if (start.remaining() < HEADER) {
            return HEADER;
        }
        int record = HEADER + (start.getShort(start.position() + 3) & 0xFFFF);
        return record > LONGEST_RECORD ? HEADER : record;
    }

    private void append(ByteBuffer source, int count) {
        ByteBuffer target = kept == null ? RecordBuffers.lend(count).limit(0) : kept;
        if (target.capacity() - target.limit() < count) {
            target = withRoom(target, count);
        }
        int end = target.limit();
        target.limit(end + count);
        target.put(end, source, source.position(), count);
        source.position(source.position() + count);
        kept = target;
    }

    private static ByteBuffer withRoom(ByteBuffer full, int count) {
        if (full.capacity() - full.remaining() >= count) {
            return full.compact().flip();
        }
        ByteBuffer larger = RecordBuffers.lend(Math.max(2 * full.remaining(), full.remaining() + count));
        larger.put(full).flip();
        RecordBuffers.giveBack(full);
        return larger;
    }
}
