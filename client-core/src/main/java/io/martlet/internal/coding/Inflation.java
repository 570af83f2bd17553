package io.martlet.internal.coding;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Deflated data (RFC 1951), in the wrapping of zlib (RFC 1950) or in none. */
final class Inflation {
    private final Inflater inflater;
    private final String coding;

    Inflation(boolean isRaw, String coding) {
        inflater = new Inflater(isRaw);
        this.coding = coding;
    }

    /**
     * Inflates until {@code input} is used up, {@code output} full, or the data at their end.
     *
     * @return whether they are at their end
     */
    boolean inflate(ByteBuffer input, ByteBuffer output) throws CorruptContentException {
        inflater.setInput(input);
        try {
            int inflated;
            do {
                inflated = inflater.inflate(output);
            } while (inflated > 0 && output.hasRemaining());
        } catch (DataFormatException e) {
            throw new CorruptContentException("the " + coding + " data are corrupt", e);
        }
        if (inflater.needsDictionary()) {
            throw new CorruptContentException("the " + coding + " data ask for a dictionary");
        }
        return inflater.finished();
    }

    boolean isFinished() {
        return inflater.finished();
    }

    void reset() {
        inflater.reset();
    }

    void end() {
        inflater.end();
    }
}
