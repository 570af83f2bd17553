package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.fetch.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options for TLS and for addresses, against the JDK's HTTPS server. */
class TlsOptionsTest {
    @TempDir
    private static Path keys;

    private static X509Certificate certificate;

    @TempDir
    private Path out;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate = TlsPeer.makeCertificate(keys, "server");
        TlsPeer.makeCertificate(keys, "client");
    }

    @Test
    void aServerThatNobodyVouchesForIsNotTrusted() throws Exception {
        try (TlsPeer server = TlsPeer.start(keys, "TLSv1.3")) {
            assertEquals("TlsException", failure(server.url()).get("type").asText());
        }
    }

    @Test
    void theCertificatesOfAFileAreTrusted() throws Exception {
        try (TlsPeer server = TlsPeer.start(keys, "TLSv1.3")) {
            assertEquals("TLSv1.3 nobody", fetched(server.url(), "--cacert", key("server.pem")));
        }
    }

    @Test
    void insecureTrustsEveryone() throws Exception {
        try (TlsPeer server = TlsPeer.start(keys, "TLSv1.2")) {
            assertEquals("TLSv1.2 nobody", fetched(server.url(), "-k"));
        }
    }

    @Test
    void aCertificateIsShownToTheServer() throws Exception {
        try (TlsPeer server = TlsPeer.start(keys, "TLSv1.3")) {
            String[] twoFiles = {"-k", "--cert", key("client.pem"), "--key", key("client.key")};
            assertEquals("TLSv1.3 CN=client", fetched(server.url(), twoFiles));
            Path both = keys.resolve("both.pem");
            Files.writeString(
                    both, Files.readString(keys.resolve("client.pem")) + Files.readString(keys.resolve("client.key")));
            assertEquals("TLSv1.3 CN=client", fetched(server.url(), "-k", "--cert", both.toString()));
        }
    }

    @Test
    void aServerOfAnOldVersionIsRefused() throws Exception {
        try (TlsPeer server = TlsPeer.start(keys, "TLSv1.2")) {
            JsonNode failure = failure("-k", "--tls-min", "1.3", server.url());
            assertEquals("TlsException", failure.get("type").asText());
        }
    }

    @Test
    void aPinHasToFit() throws Exception {
        String publicKey = "sha256/"
                + Base64.getEncoder()
                        .encodeToString(sha256(certificate.getPublicKey().getEncoded()));
        String whole = HexFormat.of().formatHex(sha256(certificate.getEncoded()));
        try (TlsPeer server = TlsPeer.start(keys, "TLSv1.3")) {
            for (String pin : List.of(publicKey, whole)) {
                String[] options = {"--cacert", key("server.pem"), "--pin", pin};
                assertEquals("TLSv1.3 nobody", fetched(server.url(), options));
            }
            String[] wrong = {"--cacert", key("server.pem"), "--pin", "ab".repeat(32), server.url()};
            assertEquals("TlsException", failure(wrong).get("type").asText());
        }
    }

    @Test
    void aHostIsReachedUnderTheAddressOfResolveAtItsPortOnly() throws Exception {
        try (TlsPeer server = TlsPeer.start(keys, "TLSv1.3")) {
            String url = server.url().replace("localhost", "a.test");
            String[] any = {"-k", "--resolve", "A.test:*:127.0.0.1"};
            assertEquals("TLSv1.3 nobody", fetched(url, any));
            String[] there = {"-k", "--resolve", "a.test:" + server.port() + ":127.0.0.1"};
            assertEquals("TLSv1.3 nobody", fetched(url, there));
            JsonNode elsewhere = failure("-k", "--resolve", "a.test:1:127.0.0.1", url);
            assertEquals("ConnectorException", elsewhere.get("type").asText());
        }
    }

    private String fetched(String url, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of("fetch", "-o", out.toString(), url));
        args.addAll(List.of(options));
        Result result = Cli.run(args.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.out() + result.err());
        return Files.readString(out.resolve("00001-page"));
    }

    private static JsonNode failure(String... options) {
        List<String> args = new ArrayList<>(List.of("fetch", "--format", "jsonl"));
        args.addAll(List.of(options));
        Result result = Cli.run(args.toArray(String[]::new));
        assertTrue(result.exitCode() == 1, result.out() + result.err());
        return result.json().get(0).get("error");
    }

    private static String key(String file) {
        return keys.resolve(file).toString();
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
