package io.martlet.internal.tls;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static io.martlet.internal.tls.TestCertificate.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.TlsConfig;
import io.martlet.config.TlsVersion;
import io.martlet.internal.tls.TlsHandshakeException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsHandshakeTest {
    private static final String[] BOTH = {"TLSv1.3", "TLSv1.2"};

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, EC, TLSv1.3 TLS_AES_256_GCM_SHA384 http/1.1 with CN=server",
        "TLSv1.3, RSA, TLSv1.3 TLS_AES_256_GCM_SHA384 http/1.1 with CN=server",
        "TLSv1.3, Ed25519, TLSv1.3 TLS_AES_256_GCM_SHA384 http/1.1 with CN=server",
        "TLSv1.2, EC, TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 http/1.1 with CN=server",
        "TLSv1.2, RSA, TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 http/1.1 with CN=server"
    })
    void serversOfEitherVersionAndAnyKeyAreReached(String protocol, String key, String session) {
        TestCertificate certificate = ROOT.issue(c -> c.dns("localhost").algorithm(key));
        EngineServer server = new EngineServer(certificate).protocols(protocol);

        TlsPair pair = TlsPair.of(server).handshake();

        assertEquals(session, pair.session().toString());
        assertEquals(certificate.chain(), pair.session().certificates());
    }

    @Test
    void theNewestVersionIsTaken() {
        TlsPair pair = TlsPair.of(new EngineServer(LOCALHOST).protocols(BOTH)).handshake();

        assertEquals("TLSv1.3", pair.session().protocol());
    }

    @Test
    void aServerBelowTheMinimumIsRefused() {
        TlsConfig config =
                TlsPair.TRUSTING.toBuilder().minVersion(TlsVersion.TLS_1_3).build();
        EngineServer server = new EngineServer(LOCALHOST).protocols("TLSv1.2");

        TlsPair pair = new TlsPair(server, new TlsContext(config), "localhost").handshake();

        assertEquals(Reason.VERSION, pair.failure().reason());
        assertEquals(
                "the server does not speak TLSv1.3 or later (TLS alert protocol_version)",
                pair.failure().getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"})
    void theOneCipherSuiteThatIsOfferedIsUsed(String suite) {
        TlsConfig config =
                TlsPair.TRUSTING.toBuilder().cipherSuites(List.of(suite)).build();

        TlsPair pair = new TlsPair(new EngineServer(LOCALHOST), new TlsContext(config), "localhost").handshake();

        assertEquals(suite, pair.session().cipherSuite());
    }

    @Test
    void withoutACommonCipherSuiteTheServersAlertIsTold() {
        TlsConfig config = TlsPair.TRUSTING.toBuilder()
                .cipherSuites(List.of("TLS_AES_128_GCM_SHA256"))
                .build();
        EngineServer server = new EngineServer(LOCALHOST).cipherSuites("TLS_AES_256_GCM_SHA384");

        TlsPair pair = new TlsPair(server, new TlsContext(config), "localhost").handshake();

        assertEquals(Reason.REFUSED, pair.failure().reason());
        assertEquals(
                "the server shares no cipher suite or other setting with this client (TLS alert handshake_failure)",
                pair.failure().getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost",
        "example.com, example.com",
        "example.com., example.com",
        "EXAMPLE.com, EXAMPLE.com",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "127.0.0.1, ''",
        "[::1], ''",
        "192.0.2.7, ''"
    })
    void theNameIsSentForNamesOnly(String host, String sni) {
        TestCertificate certificate = ROOT.issue(c -> c.dns("localhost")
                .dns("example.com")
                .dns("xn--bcher-kva.example")
                .ip("127.0.0.1")
                .ip("192.0.2.7")
                .ip("::1"));

        TlsPair pair = new TlsPair(new EngineServer(certificate), new TlsContext(TlsPair.TRUSTING), host).handshake();

        pair.session();
        assertEquals(sni, namesSentTo(pair));
    }

    @Test
    void aNameThatTheJdkDoesNotTakeIsSentAllTheSame() {
        EngineServer server = new EngineServer(ROOT.issue(c -> c.dns("*.example.com")));

        TlsPair pair = new TlsPair(server, new TlsContext(TlsPair.TRUSTING), "my_host.example.com");
        pair.begin();
        pair.run();

        String hello = new String(pair.below.takeSent(), StandardCharsets.ISO_8859_1);
        assertTrue(hello.contains("my_host.example.com"), hello);
    }

    @Test
    void theServerNameOfTheSettingsIsSentAndChecked() {
        TlsConfig config =
                TlsPair.TRUSTING.toBuilder().serverName("other.example").build();
        EngineServer server = new EngineServer(ROOT.issue(c -> c.dns("other.example")));

        TlsPair pair = new TlsPair(server, new TlsContext(config), "127.0.0.1").handshake();

        pair.session();
        assertEquals("other.example", namesSentTo(pair));
    }

    private static String namesSentTo(TlsPair pair) {
        ExtendedSSLSession session = (ExtendedSSLSession) pair.server.engine().getSession();
        return String.join(
                ",",
                session.getRequestedServerNames().stream()
                        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                        .toList());
    }

    @Test
    void httpIsTheOnlyApplicationProtocolOffered() {
        TlsPair h2 = TlsPair.of(new EngineServer(LOCALHOST).applicationProtocols("h2"))
                .handshake();
        TlsPair both = TlsPair.of(new EngineServer(LOCALHOST).applicationProtocols("h2", "http/1.1"))
                .handshake();
        TlsPair none =
                TlsPair.of(new EngineServer(LOCALHOST).applicationProtocols()).handshake();

        assertEquals(
                "the server refused the TLS handshake (TLS alert no_application_protocol)",
                h2.failure().getMessage());
        assertEquals("http/1.1", both.session().alpn());
        assertEquals("", none.session().alpn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bytesMayArriveOneAtATime(String protocol) {
        TlsPair pair = TlsPair.of(new EngineServer(LOCALHOST).protocols(protocol));
        pair.cut = TlsPair::bytewise;

        pair.handshake();

        assertEquals(protocol, pair.session().protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theServersFlightsMayBeCutAnywhere(String protocol) {
        TlsContext context = new TlsContext(TlsPair.TRUSTING);
        for (int at = 1; at < 1400; at += at < 8 ? 1 : 53) {
            int offset = at;
            TlsPair pair = new TlsPair(new EngineServer(LOCALHOST).protocols(protocol), context, "localhost");
            pair.cut = bytes -> TlsPair.split(bytes, offset);

            pair.handshake();

            assertEquals(protocol, pair.session().protocol());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theHandshakeWaitsForATransportThatTakesOneByteAtATime(String protocol) {
        TlsPair pair = TlsPair.of(new EngineServer(LOCALHOST).protocols(protocol));
        pair.below.room(0);
        pair.begin();

        while (pair.outcomes() == 0) {
            pair.below.room(1);
            pair.settle();
        }

        assertEquals(protocol, pair.session().protocol());
        assertEquals(1, Collections.max(pair.below.writes()));
    }

    @Test
    void theHandshakeIsWorkedOutOnTheExecutorAndNotOnTheLoop() {
        TlsPair pair = TlsPair.of(new EngineServer(LOCALHOST));
        pair.begin();

        pair.loop.runAll();
        assertEquals(0, pair.below.takeSent().length, "the first flight was made before the executor ran");

        pair.executor.runAll();
        assertEquals(22, pair.below.takeSent()[0], "no handshake record");
    }

    @Test
    void beforeTheHandshakeThereIsNoConnectionToUse() {
        TlsPair pair = TlsPair.of(new EngineServer(LOCALHOST));
        pair.begin();

        assertThrows(IllegalStateException.class, () -> pair.client.write(ByteBuffer.allocate(1)));
        assertThrows(IllegalStateException.class, () -> pair.client.start(pair.heard));
        assertThrows(IllegalStateException.class, pair::begin);
    }
}
