package io.martlet.internal.http1;

import io.martlet.config.Limits;
import io.martlet.http.Headers;
import java.nio.ByteBuffer;

/** Reads a chunked body and its trailers (RFC 9112 §7.1), from input in any pieces. The data is not copied. */
final class ChunkedDecoder {
    /** What {@link #next} found. */
    enum Step {
        /** All input is used up. */
        NEED_INPUT,
        /** A piece of the body, at {@link #dataStart()}. */
        DATA,
        /** The last chunk and all trailers were read. */
        END
    }

    private enum State {
        SIZE,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS
    }

    /**
     * Most bytes of framing beyond what chunks deserve: 16 bytes and twice their data. So small chunks are fine, and
     * endless extensions are not (as in Go's net/http, CVE-2023-39326).
     */
    private static final int MAX_EXCESS = 16 * 1024;

    private final Limits limits;
    private final LineReader lines;
    private final FieldLines trailers;

    private State state = State.SIZE;
    private long remaining;
    private long excess;
    private long trailerBytes;
    private int dataStart;
    private int dataLength;

    ChunkedDecoder(Limits limits, LineReader lines) {
        this.limits = limits;
        this.lines = lines;
        trailers = new FieldLines(limits);
    }

    /** Makes ready for a body whose head had so many fields. */
    void clear(int headerFields) {
        state = State.SIZE;
        excess = 0;
        trailerBytes = 0;
        trailers.clear(headerFields);
    }

    /** Goes on until there is something to tell. */
    Step next(ByteBuffer in) throws Http1Fault {
        while (true) {
            switch (state) {
                case SIZE -> {
                    if (!lines.next(in, LineReader.Kind.CHUNK, limits.maxChunkLine())) {
                        return Step.NEED_INPUT;
                    }
                    startChunk();
                }
                case DATA -> {
                    return data(in);
                }
                case DATA_CR, DATA_LF -> {
                    if (!in.hasRemaining()) {
                        return Step.NEED_INPUT;
                    }
                    endOfData(in.get());
                }
                case TRAILERS -> {
                    return trailers(in);
                }
            }
        }
    }

    /** Index in the input of the piece found last. */
    int dataStart() {
        return dataStart;
    }

    /** Its length, at least 1. */
    int dataLength() {
        return dataLength;
    }

    /** The trailers; complete after {@link Step#END}. */
    Headers trailerFields() {
        return trailers.toHeaders();
    }

    private void startChunk() throws Http1Fault {
        remaining = ChunkLine.size(lines.line(), lines.start(), lines.end());
        if (remaining == 0) {
            state = State.TRAILERS;
            return;
        }
        state = State.DATA;
        int framing = lines.end() - lines.start() + 4;
        excess = Math.max(0, excess + framing - 16 - 2 * Math.min(remaining, MAX_EXCESS));
        if (excess > MAX_EXCESS) {
            throw Http1Fault.limit("its chunks are mostly extensions: more than " + MAX_EXCESS + " bytes of them");
        }
    }

    private Step data(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return Step.NEED_INPUT;
        }
        dataStart = in.position();
        dataLength = (int) Math.min(remaining, in.remaining());
        in.position(dataStart + dataLength);
        remaining -= dataLength;
        if (remaining == 0) {
            state = State.DATA_CR;
        }
        return Step.DATA;
    }

    private void endOfData(byte octet) throws Http1Fault {
        if (octet != (state == State.DATA_CR ? Octets.CR : Octets.LF)) {
            throw Http1Fault.malformed("a chunk is not followed by CRLF, its size is wrong");
        }
        state = state == State.DATA_CR ? State.DATA_LF : State.SIZE;
    }

    private Step trailers(ByteBuffer in) throws Http1Fault {
        while (trailers.nextLine(lines, in, LineReader.Kind.TRAILER)) {
            int length = lines.end() - lines.start();
            if (length == 0) {
                return Step.END;
            }
            trailerBytes += length + 2;
            if (trailerBytes > limits.maxTrailerBytes()) {
                throw Http1Fault.limit(
                        "the trailers are longer than maxTrailerBytes = " + limits.maxTrailerBytes() + " bytes");
            }
            trailers.add(lines.line(), lines.start(), lines.end());
            if (FieldRules.isFraming(trailers.lastName())) {
                // RFC 9110 §6.5.1: the others cannot do harm, as trailers are never merged into the headers.
                throw Http1Fault.malformed(trailers.lastName() + " stands among the trailers");
            }
        }
        return Step.NEED_INPUT;
    }
}
