package io.martlet.internal.http1;

import io.martlet.http.HttpVersion;
import io.martlet.http.Method;
import io.martlet.http.Status;

/**
 * How the end of a response's body is found, and whether its connection may carry another request.
 *
 * @param kind            which of the ways of RFC 9112 §6.3
 * @param length          bytes of body for {@link Kind#LENGTH}, 0 where there is none, -1 where only its end will tell
 * @param keepsConnection whether another request may follow this response, once it was read whole (RFC 9112 §9.3)
 */
public record BodyFraming(Kind kind, long length, boolean keepsConnection) {
    /** Where a body ends. */
    public enum Kind {
        /** There is no body. */
        NONE,
        /** After so many bytes. */
        LENGTH,
        /** With the last chunk and its trailers. */
        CHUNKED,
        /** With the connection. */
        UNTIL_CLOSE,
        /** There is no body; what follows the head is another protocol's. */
        TUNNEL
    }

    /**
     * Decides for the final response to a {@code method} request.
     *
     * <p>Stricter than RFC 9112 §6.3 where it leaves a choice: {@code Content-Length} with {@code Transfer-Encoding} is
     * refused, and so is every {@code Transfer-Encoding} but a single {@code chunked}, also where there is no body.
     * Repeated {@code Content-Length}s are taken where all say the same number.
     */
    public static BodyFraming of(Method method, ResponseHead head) throws Http1Fault {
        int status = head.status();
        if (status == 101 || Status.isSuccess(status) && method.equals(Method.CONNECT)) {
            // RFC 9112 §6.3: a client must ignore Content-Length and Transfer-Encoding here.
            return new BodyFraming(Kind.TUNNEL, 0, false);
        }
        FramingFields fields = FramingFields.of(head.headers());
        long length = fields.contentLength();
        boolean isChunked = fields.isChunked();
        if (isChunked && length >= 0) {
            throw Http1Fault.malformed("it has both Content-Length and Transfer-Encoding");
        }
        boolean isHttp11 = head.version() == HttpVersion.HTTP_1_1;
        boolean persists = !fields.saysClose() && (isHttp11 || fields.saysKeepAlive());
        if (Status.isBodiless(status) || method.equals(Method.HEAD)) {
            return new BodyFraming(Kind.NONE, 0, persists);
        }
        if (isChunked) {
            // RFC 9112 §6.1: with HTTP/1.0 the framing is doubtful, the connection must be closed after the message.
            return new BodyFraming(Kind.CHUNKED, -1, persists && isHttp11);
        }
        return length >= 0
                ? new BodyFraming(Kind.LENGTH, length, persists)
                : new BodyFraming(Kind.UNTIL_CLOSE, -1, false);
    }
}
