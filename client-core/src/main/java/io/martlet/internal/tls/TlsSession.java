package io.martlet.internal.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a handshake agreed on.
 *
 * @param protocol     {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipherSuite  its name in the RFCs
 * @param alpn         what the server chose of the application protocols offered; empty if it chose none
 * @param certificates what the server sent, its own first; with a resumed session, what it sent when that began
 * @param isResumed    whether an earlier session was taken up again: no certificate was sent, a round trip or key
 *     exchange was saved
 */
public record TlsSession(
        String protocol, String cipherSuite, String alpn, List<X509Certificate> certificates, boolean isResumed) {
    /** All of it, of the certificates the server's subject only. */
    @Override
    public String toString() {
        return protocol + " " + cipherSuite + (alpn.isEmpty() ? "" : " " + alpn) + (isResumed ? " resumed" : "")
                + " with " + Names.subject(certificates.get(0));
    }
}
