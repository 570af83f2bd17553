package io.martlet.body;

import io.martlet.http.MediaType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read while it is sent, and never held in memory as a whole.
 *
 * @param contentLength bytes that there will be, and no other number is accepted; -1 if that is not known: it is sent in
 *     chunks then
 * @param contentType   null sends none
 * @param isReplayable  whether {@code source} may be asked more than once, and gives the same bytes
 * @param source        opens the body, which is closed after use
 */
public record SourceBody(
        long contentLength, @Nullable MediaType contentType, boolean isReplayable, Supplier<BodySource> source)
        implements RequestBody {
    /**
     * The body as given.
     *
     * @param contentLength bytes that there will be; -1 if that is not known
     * @param contentType   null sends none
     * @param isReplayable  whether {@code source} may be asked more than once, and gives the same bytes
     * @param source        opens the body, which is closed after use
     * @throws IllegalArgumentException if {@code contentLength} is less than -1
     */
    public SourceBody {
        if (contentLength < -1) {
            throw new IllegalArgumentException("contentLength of the body is negative: " + contentLength);
        }
    }

    @Override
    public String toString() {
        return (contentLength < 0 ? "a stream" : contentLength + " bytes")
                + (contentType == null ? "" : " of " + contentType.essence());
    }
}
