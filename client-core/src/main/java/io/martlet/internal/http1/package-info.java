/**
 * HTTP/1.1 as RFC 9112 writes it: requests to bytes, bytes to responses. Nothing here knows sockets, threads or time.
 *
 * <p>One connection has one {@link io.martlet.internal.http1.RequestEncoder} and one
 * {@link io.martlet.internal.http1.ResponseDecoder}; neither is thread-safe. The parser is strict: what can be read in
 * two ways is refused, because the next hop may read it the other way.
 */
@NullMarked
package io.martlet.internal.http1;

import org.jspecify.annotations.NullMarked;
