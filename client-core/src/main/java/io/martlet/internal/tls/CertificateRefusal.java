package io.martlet.internal.tls;

import io.martlet.internal.tls.TlsHandshakeException.Reason;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Why a server's certificate is not believed; travels through the JDK's engine as the cause of its own exception. */
final class CertificateRefusal extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    CertificateRefusal(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
