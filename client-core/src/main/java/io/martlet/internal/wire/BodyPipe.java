package io.martlet.internal.wire;

import io.martlet.error.ClientException;
import io.martlet.http.Headers;
import io.martlet.internal.net.EventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body between the loop that receives them and the one reader who wants them.
 *
 * <p>When more than {@link #PAUSE_AT} bytes wait, the loop stops reading until the reader has caught up. What arrived
 * before a failure is still read, and then the failure; a failure that is about time or the session comes at once.
 */
final class BodyPipe implements ReceivedBody {
    /** What {@link #poll} returns at the end. */
    static final ByteBuffer END = ByteBuffer.allocate(0);

    private static final int PAUSE_AT = 192 * 1024;
    private static final int RESUME_AT = 128 * 1024;

    /** From here on a piece is worth its buffer: it is kept instead of copied. */
    private static final int WORTH_KEEPING = 32 * 1024;

    private static final int USUAL_PIECE = 4 * 1024;

    private final Exchange exchange;
    private final EventLoop loop;

    // Guarded by this.
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private @Nullable Piece lent;
    private int held;
    private boolean isPaused;
    private boolean isEnded;
    private Headers trailers = Headers.EMPTY;
    private @Nullable ClientException failure;
    private @Nullable Runnable reader;

    BodyPipe(Exchange exchange, EventLoop loop) {
        this.exchange = exchange;
        this.loop = loop;
    }

    /** Bytes that wait: {@code bytes}, in a buffer of our own or in the loop's, which then is to be given back. */
    private record Piece(ByteBuffer bytes, @Nullable ByteBuffer kept) {}

    /**
     * More bytes, {@code length} of {@code source} from {@code start} on. On the loop's thread.
     */
    void add(ByteBuffer source, int start, int length) {
        Runnable waiting;
        synchronized (this) {
            if (failure != null) {
                return;
            }
            append(source, start, length);
            if (held > PAUSE_AT && !isPaused) {
                // Within the lock: pausing and resuming must reach the connection in their order.
                isPaused = true;
                exchange.pauseReading();
            }
            waiting = takeReader();
        }
        wake(waiting);
    }

    private void append(ByteBuffer source, int start, int length) {
        Piece last = pieces.peekLast();
        if (length >= WORTH_KEEPING && loop.keepBuffer(source)) {
            pieces.add(new Piece(source.slice(start, length), source));
            held += source.capacity();
        } else if (last != null && last.kept == null && hasRoom(last.bytes, length)) {
            int end = last.bytes.limit();
            last.bytes.limit(end + length).put(end, source, start, length);
            held += length;
        } else {
            ByteBuffer copy = ByteBuffer.allocate(pieces.isEmpty() ? length : Math.max(length, USUAL_PIECE));
            pieces.add(new Piece(copy.limit(length).put(0, source, start, length), null));
            held += length;
        }
    }

    private static boolean hasRoom(ByteBuffer bytes, int length) {
        return bytes.capacity() - bytes.limit() >= length;
    }

    /** All bytes are there, however many: the connection is to read on, for the next response. */
    synchronized void unpause() {
        if (isPaused) {
            isPaused = false;
            exchange.resumeReading();
        }
    }

    /** The body is complete. */
    void end(Headers trailers) {
        Runnable waiting;
        synchronized (this) {
            isEnded = true;
            this.trailers = trailers;
            waiting = takeReader();
        }
        wake(waiting);
    }

    /**
     * The body will not be complete; does nothing if it is, or has failed before.
     *
     * @param isUrgent whether what has arrived is dropped
     */
    void fail(ClientException cause, boolean isUrgent) {
        Runnable waiting;
        synchronized (this) {
            if (failure != null || isEnded) {
                return;
            }
            failure = cause;
            if (isUrgent) {
                drop();
            }
            waiting = takeReader();
        }
        wake(waiting);
    }

    /** The reader does not want the rest: reading it fails with {@code cause} from now on, unless it was at its end. */
    void close(ClientException cause) {
        Runnable waiting;
        synchronized (this) {
            if (failure == null && !(isEnded && pieces.isEmpty())) {
                failure = cause;
            }
            drop();
            waiting = takeReader();
        }
        wake(waiting);
    }

    private void drop() {
        pieces.forEach(this::giveBack);
        pieces.clear();
        held = 0;
    }

    private void giveBack(Piece piece) {
        if (piece.kept != null) {
            loop.giveBackBuffer(piece.kept);
        }
    }

    /**
     * The next bytes, valid until the next call; {@link #END}; null if there are none yet. For the reader.
     *
     * @throws ClientException if the body failed
     */
    @Nullable
    ByteBuffer poll() throws ClientException {
        synchronized (this) {
            if (lent != null) {
                giveBack(lent);
            }
            lent = pieces.poll();
            if (lent == null) {
                return atEnd();
            }
            held -= lent.kept == null ? lent.bytes.limit() : lent.kept.capacity();
            if (isPaused && held <= RESUME_AT) {
                isPaused = false;
                exchange.resumeReading();
            }
            return lent.bytes;
        }
    }

    private @Nullable ByteBuffer atEnd() throws ClientException {
        if (failure != null) {
            throw failure;
        }
        return isEnded ? END : null;
    }

    /** Has {@code reader} run when {@link #poll} has something to say; false if it has now. */
    synchronized boolean await(Runnable reader) {
        boolean mustWait = pieces.isEmpty() && !isEnded && failure == null;
        if (mustWait) {
            this.reader = reader;
        }
        return mustWait;
    }

    private @Nullable Runnable takeReader() {
        Runnable waiting = reader;
        reader = null;
        return waiting;
    }

    /** On the loop behind all that it can read now: who reads then finds it together. */
    private void wake(@Nullable Runnable reader) {
        if (reader == null) {
            return;
        }
        if (loop.inLoop()) {
            loop.atEndOfTurn(reader);
        } else {
            reader.run();
        }
    }

    /** Whether all of it has arrived. */
    synchronized boolean isEnded() {
        return isEnded;
    }

    /** The fields after a chunked body, once it has arrived. */
    synchronized Headers trailers() {
        return trailers;
    }

    @Override
    public synchronized String toString() {
        return held + " bytes wait" + (isEnded ? ", ended" : "") + (failure == null ? "" : ", failed: " + failure);
    }
}
