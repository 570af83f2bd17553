package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.WireEngines;
import io.martlet.async.AsyncSession;
import io.martlet.config.ClientCertificate;
import io.martlet.config.ConnectorConfig;
import io.martlet.config.TlsConfig;
import io.martlet.config.TrustedCertificates;
import io.martlet.error.ClientException.TlsException;
import io.martlet.http.ClientResponse;
import io.martlet.samples.demo.HttpbinProcess;
import io.martlet.samples.demo.NginxProcess;
import io.martlet.samples.demo.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Martlet's own engine against servers that nobody here wrote. Skipped where they are not installed; CI installs them. */
@SuppressWarnings("try") // servers that only have to be there
class TlsRealServersTest {
    /** Certificates, made by openssl for these tests. */
    @TempDir
    private static Path keys;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        assumeTrue(NginxProcess.isInstalled(), "nginx is not installed: apt-get install nginx");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed: apt-get install openssl");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=root -keyout root.key -out root.pem");
        Files.writeString(keys.resolve("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        for (String name : List.of("server", "client")) {
            openssl("req -newkey rsa:2048 -nodes -subj /CN=%s -keyout %s.key -out %s.csr".formatted(name, name, name));
            openssl(
                    "x509 -req -days 2 -in %s.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile names -out %s.pem"
                            .formatted(name, name));
        }
    }

    private static void openssl(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments.split(" ")));
        Path log = keys.resolve("openssl.log");
        int status = new ProcessBuilder(command)
                .directory(keys.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertEquals(0, status, () -> arguments + " failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nginxIsReachedInEitherVersionAndKeepsConnections(String protocol) throws Exception {
        int port = ServerProcess.freePort();
        String server = secure(port, protocol) + "location / { return 200 \"$ssl_protocol $connection_requests\"; }";
        try (NginxProcess nginx = NginxProcess.start(directory, "", server);
                AsyncSession session = session(trusting())) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                texts.add(session.get(url(port)).get().text());
            }
            assertEquals(List.of(protocol + " 1", protocol + " 2", protocol + " 3"), texts);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nginxThatWantsACertificateGetsOne(String protocol) throws Exception {
        int port = ServerProcess.freePort();
        String server =
                secure(port, protocol) + "ssl_verify_client on; ssl_client_certificate %s/root.pem;".formatted(keys)
                        + "location / { return 200 $ssl_client_s_dn; }";
        TlsConfig with = trusting().toBuilder()
                .clientCertificate(ClientCertificate.pem(
                        Files.readAllBytes(keys.resolve("client.pem")), Files.readAllBytes(keys.resolve("client.key"))))
                .build();
        try (NginxProcess nginx = NginxProcess.start(directory, "", server);
                AsyncSession session = session(with);
                AsyncSession anonymous = session(trusting())) {
            assertEquals("CN=client", session.get(url(port)).get().text());
            assertEquals(400, anonymous.get(url(port)).get().status());
        }
    }

    @Test
    void nginxIsNotTrustedByASessionThatDoesNotKnowItsRoot() throws Exception {
        int port = ServerProcess.freePort();
        try (NginxProcess nginx = NginxProcess.start(directory, "", secure(port, "TLSv1.3"));
                AsyncSession session = session(TlsConfig.DEFAULT)) {
            assertTlsFailure(session.get(url(port)), "the certificate of CN=server is not trusted");
        }
    }

    @Test
    void aThousandAnswersOfNginxOverTlsArriveWhole() throws Exception {
        int port = ServerProcess.freePort();
        String server = secure(port, "TLSv1.3") + "location / { return 200 $uri; }";
        try (NginxProcess nginx = NginxProcess.start(directory, "", server);
                AsyncSession session = session(trusting())) {
            List<String> paths =
                    IntStream.range(0, 1_000).mapToObj(i -> "file" + i).toList();
            List<CompletableFuture<ClientResponse>> calls =
                    paths.stream().map(path -> session.get(url(port) + path)).toList();
            for (int i = 0; i < paths.size(); i++) {
                assertEquals("/" + paths.get(i), calls.get(i).get().text());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslIsReachedInEitherVersion(String version) throws Exception {
        try (OpenSsl server = new OpenSsl(version, "-www");
                AsyncSession session = session(trusting())) {
            String page = session.get(url(server.port)).get().text();
            assertTrue(page.contains(version.equals("-tls1_2") ? "TLSv1.2" : "TLSv1.3"), page);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslThatWantsACertificateAndGetsNoneIsAnError(String version) throws Exception {
        try (OpenSsl server = new OpenSsl(version, "-www", "-Verify", "1", "-verify_return_error");
                AsyncSession session = session(trusting())) {
            assertTlsFailure(session.get(url(server.port)), "the server asked for a client certificate");
        }
    }

    @Test
    void opensslOfOldVersionsOnlyIsRefused() throws Exception {
        try (OpenSsl server = new OpenSsl("-tls1_1", "-www", "-cipher", "ALL:@SECLEVEL=0");
                AsyncSession session = session(trusting())) {
            assertTlsFailure(session.get(url(server.port)), "version");
        }
    }

    @Test
    void httpbinAnswersEachRequestWithItsOwnAnswer() throws Exception {
        assumeTrue(HttpbinProcess.isInstalled(), "httpbin is not installed: apt-get install python3-httpbin");
        try (HttpbinProcess httpbin = HttpbinProcess.start();
                AsyncSession session = session(TlsConfig.DEFAULT)) {
            List<CompletableFuture<ClientResponse>> calls = IntStream.range(0, 200)
                    .mapToObj(i -> session.post(httpbin.baseUrl() + "post", spec -> spec.text("number " + i)))
                    .toList();
            for (int i = 0; i < calls.size(); i++) {
                String answer = calls.get(i).get().text();
                assertTrue(answer.contains("\"number " + i + "\""), answer);
            }
        }
    }

    private static void assertTlsFailure(CompletableFuture<ClientResponse> call, String text) {
        Throwable cause = assertThrows(ExecutionException.class, call::get).getCause();
        TlsException error = assertInstanceOf(TlsException.class, cause);
        assertTrue(error.getMessage().contains(text), error.getMessage());
    }

    private static String secure(int port, String protocol) {
        return "listen 127.0.0.1:%s ssl; ssl_protocols %s; ssl_certificate %s/server.pem; ssl_certificate_key %s/server.key;"
                .formatted(port, protocol, keys, keys);
    }

    private static String url(int port) {
        return "https://localhost:" + port + "/";
    }

    private static TlsConfig trusting() throws IOException {
        return TlsConfig.builder()
                .trustsDefaults(false)
                .trust(TrustedCertificates.pem(Files.readAllBytes(keys.resolve("root.pem"))))
                .build();
    }

    private static AsyncSession session(TlsConfig tls) {
        return AsyncSession.builder()
                .engine(WireEngines.wire())
                .connector(ConnectorConfig.builder().limit(10).tls(tls).build())
                .build();
    }

    /** {@code openssl s_server} on a free port. */
    private static final class OpenSsl implements AutoCloseable {
        private final ServerProcess process;
        private final int port;

        OpenSsl(String... options) throws IOException {
            List<String> command = new ArrayList<>(List.of("/usr/bin/openssl", "s_server", "-accept", "127.0.0.1:0"));
            command.addAll(List.of("-cert", "server.pem", "-key", "server.key", "-CAfile", "root.pem"));
            command.addAll(List.of(options));
            process = ServerProcess.start(
                    new ProcessBuilder(command).directory(keys.toFile()).redirectErrorStream(true));
            BufferedReader lines = process.process().inputReader();
            String line = lines.readLine();
            while (line != null && !line.startsWith("ACCEPT")) {
                line = lines.readLine();
            }
            assertTrue(line != null, "openssl s_server ended");
            port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
