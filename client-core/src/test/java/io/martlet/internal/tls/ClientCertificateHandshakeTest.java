package io.martlet.internal.tls;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static io.martlet.internal.tls.TestCertificate.ROOT;
import static io.martlet.internal.tls.TestCertificate.STRANGER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.martlet.config.ClientCertificate;
import io.martlet.config.TlsConfig;
import io.martlet.internal.tls.TlsHandshakeException.Reason;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateHandshakeTest {
    @ParameterizedTest
    @CsvSource({"TLSv1.3, EC", "TLSv1.3, RSA", "TLSv1.3, Ed25519", "TLSv1.2, EC", "TLSv1.2, RSA"})
    void aServerThatAsksGetsTheCertificate(String protocol, String algorithm) throws SSLPeerUnverifiedException {
        TestCertificate own = ROOT.issue(c -> c.commonName("Intermediate").authority())
                .issue(c -> c.commonName("client").algorithm(algorithm));

        TlsPair pair = connect(protocol, own);

        assertEquals(own.chain(), List.of(pair.server.engine().getSession().getPeerCertificates()));
        pair.write("request".getBytes());
        pair.settle();
        assertEquals("request", new String(pair.server.received()));
    }

    @Test
    void aServerThatDoesNotAskGetsNone() {
        EngineServer server = new EngineServer(LOCALHOST);
        TlsConfig config = with(ROOT.issue(c -> c.commonName("client")));

        TlsPair pair = new TlsPair(server, new TlsContext(config), "localhost").handshake();

        assertEquals("http/1.1", pair.session().alpn());
    }

    @Test
    void withTls12AMissingCertificateFailsTheHandshake() {
        TlsPair pair = connect("TLSv1.2", null);

        assertEquals(Reason.CLIENT_CERTIFICATE, pair.failure().reason());
        assertMissing(pair.failure());
    }

    @Test
    void withTls13AMissingCertificateEndsTheConnection() {
        TlsPair pair = connect("TLSv1.3", null);
        pair.client.start(pair.heard);
        pair.settle();

        TlsHandshakeException cause = assertInstanceOf(TlsHandshakeException.class, pair.heard.cause());
        assertEquals(Reason.CLIENT_CERTIFICATE, cause.reason());
        assertMissing(cause);
        assertEquals(List.of("TlsHandshakeException"), pair.heard.events());
        assertEquals("close", pair.below.closedBy());
    }

    private static void assertMissing(TlsHandshakeException cause) {
        // Which alert it is differs among the JDKs.
        String message = cause.getMessage().replaceAll("alert \\w+", "alert …");
        assertEquals("the server asked for a client certificate, and none is configured (TLS alert …)", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateThatTheServerDoesNotAcceptIsToldByItsName(String protocol) {
        TlsPair pair = connect(protocol, STRANGER.issue(c -> c.commonName("client")));

        TlsHandshakeException cause;
        if (protocol.equals("TLSv1.3")) {
            pair.client.start(pair.heard);
            pair.settle();
            cause = assertInstanceOf(TlsHandshakeException.class, pair.heard.cause());
        } else {
            cause = pair.failure();
        }
        assertEquals(Reason.CLIENT_CERTIFICATE, cause.reason());
        assertEquals(
                "the server asked for a client certificate, and does not accept CN=client "
                        + "(TLS alert certificate_unknown)",
                cause.getMessage());
    }

    private static TlsPair connect(String protocol, TestCertificate own) {
        EngineServer server = new EngineServer(LOCALHOST).protocols(protocol).needsClient();
        TlsConfig config = own == null ? TlsPair.TRUSTING : with(own);
        return new TlsPair(server, new TlsContext(config), "localhost").handshake();
    }

    private static TlsConfig with(TestCertificate own) {
        return TlsPair.TRUSTING.toBuilder()
                .clientCertificate(ClientCertificate.of(own.chain(), own.key()))
                .build();
    }
}
