package io.martlet.internal.http1;

import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.Method;

/**
 * What a {@link RequestEncoder} writes before the body.
 *
 * @param method        a token
 * @param target        RFC 9112 §3.2: origin-form, or absolute-form for a proxy, or {@code host:port} for CONNECT, or
 *     {@code *} for OPTIONS
 * @param host          value of {@code Host}, unless the headers have one
 * @param headers       the other fields. {@code Host}, {@code Content-Length} and {@code Transfer-Encoding} may be
 *     among them, the latter two only where they say what {@code contentLength} says
 * @param contentLength bytes of body to announce, {@link #CHUNKED}, or {@link #NO_BODY}
 * @param persistence   what to ask of the server
 */
public record RequestHead(
        String method, String target, String host, Headers headers, long contentLength, Persistence persistence) {
    /** The body is sent in chunks, its length being unknown. */
    public static final long CHUNKED = -1;

    /** There is no body, and nothing is said about it. */
    public static final long NO_BODY = -2;

    /** What {@code Connection} says about the connection after the response (RFC 9112 §9.3). */
    public enum Persistence {
        /** Nothing: HTTP/1.1 keeps it. */
        DEFAULT,
        /** {@code keep-alive}, for servers of HTTP/1.0, unless the headers say {@code close}. */
        KEEP_ALIVE,
        /** {@code close}. */
        CLOSE
    }

    /**
     * The head as given.
     *
     * @throws IllegalArgumentException if {@code contentLength} is none of the three
     */
    public RequestHead {
        if (contentLength < NO_BODY) {
            throw new IllegalArgumentException("contentLength is negative: " + contentLength);
        }
    }

    /** The head of a request that goes to its server itself, not through an HTTP proxy. */
    public static RequestHead of(ClientRequest request, Persistence persistence) {
        return new RequestHead(
                request.method().name(),
                request.url().requestTarget(),
                request.url().hostHeader(),
                request.headers(),
                announcedLength(request.method(), request.body().contentLength()),
                persistence);
    }

    /** RFC 9110 §8.6: an empty body is announced where the method makes one expect a body. */
    private static long announcedLength(Method method, long length) {
        if (length < 0) {
            return CHUNKED;
        }
        return length > 0 || method.announcesEmptyBody() ? length : NO_BODY;
    }
}
