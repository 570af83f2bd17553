package io.martlet.internal.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The coding "br" (RFC 7932), by Brotli4j, which holds at most the window of 16 MiB. */
final class BrotliDecoder implements ContentDecoder {
    private static final int PIECE = 4 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DecoderJNI.Wrapper decoder;

    /** Decoded and not yet handed out; the library's own memory. */
    private ByteBuffer decoded = NOTHING;

    private boolean isTouched;
    private boolean isClosed;

    /** Throws a {@link LinkageError} where the library or its part for this machine is missing. */
    BrotliDecoder() {
        Brotli4jLoader.ensureAvailability();
        try {
            decoder = new DecoderJNI.Wrapper(PIECE);
        } catch (IOException e) {
            throw new IllegalStateException("no memory for a decoder of brotli", e);
        }
    }

    @Override
    public boolean decode(ByteBuffer input, ByteBuffer output) throws CorruptContentException {
        while (output.hasRemaining()) {
            if (decoded.hasRemaining()) {
                Buffers.transfer(decoded, output);
            } else if (decoder.hasOutput() || decoder.getStatus() == DecoderJNI.Status.NEEDS_MORE_OUTPUT) {
                decoded = decoder.pull();
            } else if (!goesOn(input)) {
                return true;
            }
        }
        return false;
    }

    /** Lets the library work on; false where it has no work without more input. */
    private boolean goesOn(ByteBuffer input) throws CorruptContentException {
        switch (decoder.getStatus()) {
            case NEEDS_MORE_INPUT -> {
                return input.hasRemaining() && push(input);
            }
            case OK -> {
                decoder.push(0);
                return true;
            }
            case DONE -> {
                if (input.hasRemaining()) {
                    throw new CorruptContentException("bytes follow the end of the brotli data");
                }
                return false;
            }
            default -> throw new CorruptContentException("the brotli data are corrupt, or bytes follow their end");
        }
    }

    private boolean push(ByteBuffer input) {
        isTouched = true;
        ByteBuffer taken = decoder.getInputBuffer().clear();
        Buffers.transfer(input, taken);
        decoder.push(taken.position());
        return true;
    }

    @Override
    public void endOfInput() throws CorruptContentException {
        if (isTouched && decoder.getStatus() != DecoderJNI.Status.DONE) {
            throw new CorruptContentException("the brotli data are cut off");
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            decoded = NOTHING;
            decoder.destroy();
        }
    }
}
