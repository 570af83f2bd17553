package io.martlet.body;

import io.martlet.http.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a request carries. Immutable unless it says otherwise; a replayable one may be sent any number of times. */
public sealed interface RequestBody permits BytesBody {
    /** No body. */
    RequestBody EMPTY = new BytesBody(new byte[0], null);

    /**
     * Bytes as they are.
     *
     * @param bytes       not copied; must not be changed while requests use them
     * @param contentType null sends {@code application/octet-stream}
     */
    static RequestBody bytes(byte[] bytes, @Nullable MediaType contentType) {
        return new BytesBody(bytes, contentType == null ? MediaType.OCTET_STREAM : contentType);
    }

    /** Text in UTF-8, sent as {@code text/plain; charset=utf-8}. */
    static RequestBody text(String text) {
        return text(text, MediaType.TEXT);
    }

    /** Text of a media type, in its charset if it names one, otherwise in UTF-8. */
    static RequestBody text(String text, MediaType contentType) {
        Charset charset = contentType.charset().orElse(StandardCharsets.UTF_8);
        return new BytesBody(text.getBytes(charset), contentType);
    }

    /** The {@code Content-Type} to send when the request's headers name none; null for no body. */
    @Nullable
    MediaType contentType();

    /** Length in bytes; -1 if it is not known before the end. */
    long contentLength();

    /** Whether the body can be sent again, for a redirect or a retry. */
    boolean isReplayable();

    /** Whether there is nothing to send. */
    default boolean isEmpty() {
        return contentLength() == 0;
    }
}
