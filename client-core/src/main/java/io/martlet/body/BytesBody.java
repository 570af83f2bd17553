package io.martlet.body;

import io.martlet.http.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * A body that lies in memory.
 *
 * @param bytes       the array itself, not a copy
 * @param contentType null for the empty body
 */
public record BytesBody(byte[] bytes, @Nullable MediaType contentType) implements RequestBody {
    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public String toString() {
        return bytes.length + " bytes" + (contentType == null ? "" : " of " + contentType.essence());
    }
}
