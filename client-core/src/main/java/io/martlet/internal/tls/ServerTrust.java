package io.martlet.internal.tls;

import io.martlet.config.CertificatePin;
import io.martlet.config.TlsConfig;
import io.martlet.internal.tls.TlsHandshakeException.Reason;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server is believed: chain by the JDK, dates, host by RFC 9525, pins; each unless it is switched off.
 *
 * <p>What does not pass is a {@link CertificateRefusal} that says which check it was.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    /** The JDK's, over the trusted certificates; null if verification is off. */
    private final @Nullable X509ExtendedTrustManager chains;

    private final Set<CertificatePin> pins;

    ServerTrust(TlsConfig config, @Nullable X509ExtendedTrustManager chains) {
        this.chains = chains;
        this.pins = config.pins();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        HandshakeNotes.certificateJudged();
        String host = engine.getPeerHost();
        if (chains != null) {
            try {
                chains.checkServerTrusted(chain, authType, engine);
            } catch (CertificateException e) {
                throw refusal(chain, host, e);
            }
        }
        recheck(chain[0], host);
    }

    /**
     * Checks of the server's own certificate what can be checked without its chain: also for resumed sessions, for
     * which no chain is sent and the JDK asks no trust manager.
     */
    void recheck(X509Certificate leaf, String host) throws CertificateRefusal {
        if (chains != null) {
            checkDates(leaf, null);
            CertificateNames names = CertificateNames.of(leaf);
            if (!names.cover(host)) {
                throw otherHost(host, names, null);
            }
        }
        if (!pins.isEmpty() && pins.stream().noneMatch(pin -> pin.matches(leaf))) {
            throw new CertificateRefusal(
                    Reason.PIN,
                    "the server's certificate is none of the " + pins.size() + " pinned: its SHA-256 is "
                            + CertificatePin.of(CertificatePin.Subject.CERTIFICATE, leaf) + ", that of its public key "
                            + CertificatePin.of(CertificatePin.Subject.PUBLIC_KEY, leaf),
                    null);
        }
    }

    private static CertificateRefusal refusal(X509Certificate[] chain, String host, CertificateException cause) {
        try {
            for (X509Certificate certificate : chain) {
                checkDates(certificate, cause);
            }
        } catch (CertificateRefusal refusal) {
            return refusal;
        }
        CertificateNames names = CertificateNames.of(chain[0]);
        // What the JDK finds wrong with a chain it says in a subclass, what is wrong with the host in the class itself.
        if (cause.getClass() == CertificateException.class && !names.cover(host)) {
            return otherHost(host, names, cause);
        }
        return new CertificateRefusal(Reason.UNTRUSTED, untrusted(chain, cause), cause);
    }

    private static CertificateRefusal otherHost(String host, CertificateNames names, @Nullable Throwable cause) {
        return new CertificateRefusal(
                Reason.OTHER_HOST, "the server's certificate is not for " + host + " but for " + names, cause);
    }

    private static void checkDates(X509Certificate certificate, @Nullable Throwable cause) throws CertificateRefusal {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new CertificateRefusal(
                    Reason.EXPIRED,
                    "the certificate of " + Names.subject(certificate) + " expired at "
                            + certificate.getNotAfter().toInstant(),
                    cause == null ? e : cause);
        } catch (CertificateNotYetValidException e) {
            throw new CertificateRefusal(
                    Reason.NOT_YET_VALID,
                    "the certificate of " + Names.subject(certificate) + " is not valid before "
                            + certificate.getNotBefore().toInstant(),
                    cause == null ? e : cause);
        }
    }

    private static String untrusted(X509Certificate[] chain, Throwable cause) {
        String start = "the certificate of " + Names.subject(chain[0]) + " is not trusted: ";
        X509Certificate last = chain[chain.length - 1];
        boolean selfSigned = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
        boolean noPath = false;
        Throwable root = cause;
        for (Throwable next = cause; next != null; next = next.getCause()) {
            noPath |= next instanceof CertPathBuilderException;
            root = next;
        }
        if (!noPath) {
            return start + Names.printable(String.valueOf(root.getMessage()));
        }
        if (selfSigned) {
            return start
                    + (chain.length == 1
                            ? "it is self-signed"
                            : "its root " + Names.subject(last) + " is unknown here");
        }
        return start + "its issuer " + Names.issuer(last)
                + " is unknown here, or the server left out an intermediate certificate";
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only engines are served, which know the host");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("only engines are served, which know the host");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }
}
