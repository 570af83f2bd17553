package io.martlet.internal.tls;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static io.martlet.internal.tls.TestCertificate.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.ClientCertificate;
import io.martlet.config.TlsConfig;
import io.martlet.internal.tls.TlsHandshakeException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against another implementation of TLS. */
class OpenSslTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"-tls1_3, EC, TLSv1.3", "-tls1_3, RSA, TLSv1.3", "-tls1_2, EC, TLSv1.2", "-tls1_2, RSA, TLSv1.2"})
    void linesGoBothWays(String option, String key, String protocol) throws Exception {
        TestCertificate certificate = ROOT.issue(
                        c -> c.commonName("Intermediate").authority())
                .issue(c -> c.dns("localhost").algorithm(key));
        try (OpenSslServer server = new OpenSslServer(folder, certificate, option, "-alpn", "h2,http/1.1");
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", server.port())) {
            assertEquals(protocol, client.session().protocol());
            assertEquals("http/1.1", client.session().alpn());

            client.write("question\n");
            server.waitFor("question");
            server.type("answer");

            assertEquals("answer\n", client.readUntil("\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void anOrderlyEndIsNoTruncation(String option) throws Exception {
        // With -rev it sends each line back reversed, and CLOSE ends the connection.
        try (OpenSslServer server = new OpenSslServer(folder, LOCALHOST, option, "-rev");
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", server.port())) {
            client.session();
            client.write("abc\n");
            assertEquals("cba\n", client.readUntil("\n"));

            client.write("CLOSE\n");

            assertNull(client.end());
        }
    }

    @Test
    void aServerThatIsKilledTruncates() throws Exception {
        try (OpenSslServer server = new OpenSslServer(folder, LOCALHOST);
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", server.port())) {
            client.session();
            server.type("answer");
            client.readUntil("answer\n");

            server.kill();

            assertInstanceOf(TlsTruncatedException.class, client.end());
        }
    }

    @Test
    void keysAreUpdatedWheneverTheServerAsks() throws Exception {
        try (OpenSslServer server = new OpenSslServer(folder, LOCALHOST, "-tls1_3", "-msg");
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", server.port())) {
            client.session();

            for (int i = 0; i < 5; i++) {
                // Two lines typed at once would be one to it.
                server.type("K");
                server.waitFor("KeyUpdate");
                server.type("answer " + i);
                client.readUntil("answer " + i + "\n");
                client.write("question " + i + "\n");
                server.waitFor("question " + i);
                server.type("k");
                server.waitFor("KeyUpdate");
            }

            server.type("done");
            assertTrue(client.readUntil("done\n").endsWith("answer 4\ndone\n"));
        }
    }

    @Test
    void aRenegotiationIsRefused() throws Exception {
        try (OpenSslServer server = new OpenSslServer(folder, LOCALHOST, "-tls1_2");
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", server.port())) {
            client.session();

            server.type("R");

            IOException cause = client.end();
            assertEquals("the server asked for a TLS renegotiation, which is refused", cause.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void plainTextAmidTheConnectionIsAnError(String option) throws Exception {
        try (OpenSslServer server = new OpenSslServer(folder, LOCALHOST, option);
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", server.port())) {
            client.session();

            server.type("P");

            IOException cause = client.end();
            assertInstanceOf(SSLException.class, cause);
            assertTrue(
                    cause.getMessage().startsWith("a TLS record is damaged, or against the protocol: "),
                    cause.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void sessionsAreResumed(String option) throws Exception {
        TlsContext context = new TlsContext(TlsPair.TRUSTING);
        try (OpenSslServer server = new OpenSslServer(folder, LOCALHOST, option, "-rev")) {
            for (boolean resumed : new boolean[] {false, true, true}) {
                try (SocketClient client = new SocketClient(context, "localhost", server.port())) {
                    assertEquals(resumed, client.session().isResumed());
                    client.write("abc\n");
                    client.readUntil("cba\n");
                    client.write("CLOSE\n");
                    assertNull(client.end());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_3, EC", "-tls1_3, RSA", "-tls1_2, EC", "-tls1_2, RSA"})
    void aClientCertificateIsShown(String option, String key) throws Exception {
        TestCertificate own = ROOT.issue(c -> c.commonName("me").algorithm(key));
        TlsConfig config = TlsPair.TRUSTING.toBuilder()
                .clientCertificate(ClientCertificate.pem(own.pem(), own.keyPem()))
                .build();
        try (OpenSslServer server =
                        new OpenSslServer(folder, LOCALHOST, option, "-Verify", "1", "-verify_return_error");
                SocketClient client = new SocketClient(config, "localhost", server.port())) {
            client.session();
            client.write("question\n");

            assertTrue(server.waitFor("subject=").contains("CN = me"));
            server.waitFor("question");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void aMissingClientCertificateIsAnErrorThatSaysSo(String option) throws Exception {
        try (OpenSslServer server =
                        new OpenSslServer(folder, LOCALHOST, option, "-Verify", "1", "-verify_return_error");
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", server.port())) {
            Throwable cause = option.equals("-tls1_3") ? client.end() : client.failure();

            TlsHandshakeException typed = assertInstanceOf(TlsHandshakeException.class, cause);
            assertEquals(Reason.CLIENT_CERTIFICATE, typed.reason());
            assertTrue(
                    typed.getMessage().startsWith("the server asked for a client certificate, and none is configured"));
        }
    }

    @Test
    void aHostWithAnUnderscoreIsReached() throws Exception {
        TestCertificate certificate = ROOT.issue(c -> c.dns("*.example.com"));
        try (OpenSslServer server = new OpenSslServer(
                        folder,
                        certificate,
                        "-servername",
                        "my_host.example.com",
                        "-servername_fatal",
                        "-cert2",
                        folder.resolve("server.pem").toString(),
                        "-key2",
                        folder.resolve("server.pem").toString());
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "my_host.example.com", server.port())) {
            assertEquals("TLSv1.3", client.session().protocol());
            assertTrue(server.waitFor("Hostname in TLS extension").contains("my_host.example.com"));
        }
    }

    @Test
    void aServerOfOldVersionsOnlyIsRefused() throws Exception {
        try (OpenSslServer server = new OpenSslServer(folder, LOCALHOST, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0");
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", server.port())) {
            Throwable failure = client.failure();

            assertEquals(
                    Reason.VERSION,
                    assertInstanceOf(TlsHandshakeException.class, failure).reason());
        }
    }
}
