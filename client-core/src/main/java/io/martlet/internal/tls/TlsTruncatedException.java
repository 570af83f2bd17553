package io.martlet.internal.tls;

import javax.net.ssl.SSLException;

/**
 * The connection ended without the server saying that it is done (no close_notify, RFC 8446 §6.1): someone on the way
 * may have cut it.
 *
 * <p>No harm where the framing of HTTP shows that all arrived. A body that only ends with its connection is cut off.
 */
public final class TlsTruncatedException extends SSLException {
    private static final long serialVersionUID = 1L;

    TlsTruncatedException() {
        super("the connection ended without TLS close_notify: what came last may be missing");
    }
}
