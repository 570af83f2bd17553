package io.martlet.internal.tls;

import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * There is no secure connection. The message says why in a sentence without the host, which whoever asked knows.
 *
 * <p>With TLS 1.3 a server may judge the client's certificate after the handshake; this is then how the connection ends.
 */
public final class TlsHandshakeException extends SSLHandshakeException {
    private static final long serialVersionUID = 1L;

    /** What failed. */
    public enum Reason {
        /** A certificate of the chain is expired. */
        EXPIRED,
        /** A certificate of the chain is not valid yet. */
        NOT_YET_VALID,
        /** Nobody who is trusted vouches for the certificate. */
        UNTRUSTED,
        /** The certificate is for other hosts. */
        OTHER_HOST,
        /** The certificate matches no pin. */
        PIN,
        /** The server does not accept this client's certificate, or misses one. */
        CLIENT_CERTIFICATE,
        /** No version of TLS is spoken by both sides. */
        VERSION,
        /** The server refused for another reason, as the alert in the message says. */
        REFUSED,
        /** What answers does not speak TLS. */
        NOT_TLS,
        /** What the server sent is damaged or against the protocol. */
        PROTOCOL,
        /** The connection was closed, by either side, or broke. */
        CLOSED
    }

    private final Reason reason;

    TlsHandshakeException(Reason reason, String message, @Nullable Throwable cause) {
        super(message);
        this.reason = reason;
        initCause(cause);
    }

    /** What failed. */
    public Reason reason() {
        return reason;
    }
}
