package io.martlet.internal.tls;

import io.martlet.internal.tls.TlsHandshakeException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The one table that turns what the JDK's engine throws into what a user can act on. */
final class Failures {
    /** The JDK tells the alert in its message only. */
    private static final Pattern ALERT = Pattern.compile("(?:fatal alert|handshake warning): (\\w+)");

    private static final Pattern VERSION =
            Pattern.compile("not accepted by client preferences|No appropriate protocol|[Uu]nsupported .*[Vv]ersion");
    /** RFC 8446 §6.2: what servers say of a client's certificate. */
    private static final Set<String> ON_CERTIFICATE = Set.of(
            "certificate_required",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied",
            "handshake_failure");

    private Failures() {}

    /** Why there was no handshake. */
    static TlsHandshakeException ofHandshake(Throwable cause, TlsWiring wiring) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (next instanceof CertificateRefusal refusal) {
                return new TlsHandshakeException(refusal.reason(), String.valueOf(refusal.getMessage()), cause);
            }
        }
        String message = text(cause);
        String alert = alert(cause);
        if (alert != null) {
            return ofAlert(alert, cause, wiring);
        }
        if (VERSION.matcher(message).find()) {
            return new TlsHandshakeException(Reason.VERSION, versions(wiring) + ": " + message, cause);
        }
        if (cause instanceof SSLException || !(cause instanceof IOException)) {
            return new TlsHandshakeException(Reason.PROTOCOL, "the TLS handshake failed: " + message, cause);
        }
        return new TlsHandshakeException(
                Reason.CLOSED, "the connection broke during the TLS handshake: " + message, cause);
    }

    private static TlsHandshakeException ofAlert(String alert, Throwable cause, TlsWiring wiring) {
        String because = " (TLS alert " + alert + ")";
        if (wiring.notes().isClientCertificateAsked() && ON_CERTIFICATE.contains(alert)) {
            String text = wiring.context().config().clientCertificate() == null
                    ? "the server asked for a client certificate, and none is configured"
                    : "the server asked for a client certificate, and does not accept "
                            + Names.subject(wiring.context()
                                    .config()
                                    .clientCertificate()
                                    .chain()
                                    .get(0));
            return new TlsHandshakeException(Reason.CLIENT_CERTIFICATE, text + because, cause);
        }
        return switch (alert) {
            case "protocol_version" -> new TlsHandshakeException(Reason.VERSION, versions(wiring) + because, cause);
            case "handshake_failure", "insufficient_security" ->
                new TlsHandshakeException(
                        Reason.REFUSED,
                        "the server shares no cipher suite or other setting with this client" + because,
                        cause);
            case "unrecognized_name" ->
                new TlsHandshakeException(
                        Reason.REFUSED, "the server does not know the host name that it was sent" + because, cause);
            default ->
                new TlsHandshakeException(Reason.REFUSED, "the server refused the TLS handshake" + because, cause);
        };
    }

    private static String versions(TlsWiring wiring) {
        return "the server does not speak " + wiring.context().config().minVersion() + " or later";
    }

    /** The peer hung up, or this side did. */
    static TlsHandshakeException closed(boolean byThisSide, @Nullable IOException cause) {
        String text = byThisSide
                ? "the connection was closed by this side during the TLS handshake"
                : cause == null
                        ? "the server closed the connection during the TLS handshake"
                        : "the connection broke during the TLS handshake: " + text(cause);
        return new TlsHandshakeException(Reason.CLOSED, text, cause);
    }

    /** What answered did not begin as TLS does. */
    static TlsHandshakeException notTls(ByteBuffer answer) {
        String text = StandardCharsets.ISO_8859_1.decode(answer.duplicate()).toString();
        String line = text.lines().findFirst().orElse("");
        String what = line.startsWith("HTTP/") ? "plain HTTP" : "something else";
        return new TlsHandshakeException(
                Reason.NOT_TLS,
                "the server does not speak TLS on this port but " + what + ": \"" + Names.printable(line) + "\"",
                null);
    }

    /** How an open connection broke, as the engine found. */
    static IOException ofRecord(IOException cause, TlsWiring wiring) {
        String alert = alert(cause);
        if (alert != null && wiring.notes().isClientCertificateAsked() && ON_CERTIFICATE.contains(alert)) {
            // RFC 8446 §4.4.2.4: a TLS 1.3 server says so after the handshake, which the client has finished by then.
            return ofAlert(alert, cause, wiring);
        }
        if (alert != null) {
            return new SSLException("the server ended the connection with TLS alert " + alert, cause);
        }
        if (!(cause instanceof SSLException)) {
            return cause;
        }
        return new SSLException("a TLS record is damaged, or against the protocol: " + text(cause), cause);
    }

    /** What the JDK says, without the name of the alert that newer ones begin with. */
    private static String text(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return Names.printable(message.replaceFirst("^\\(\\w+\\) ", ""), 200);
    }

    private static @Nullable String alert(Throwable cause) {
        Matcher matcher = ALERT.matcher(String.valueOf(cause.getMessage()));
        return matcher.find() ? matcher.group(1) : null;
    }
}
