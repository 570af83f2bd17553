package io.martlet.config;

import static io.martlet.internal.tls.TestCertificate.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.internal.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientCertificateTest {
    private static final TestCertificate EC = client("EC");
    private static final TestCertificate RSA = client("RSA");
    private static final TestCertificate ED25519 = client("Ed25519");
    private static final char[] PASSWORD = "S3cret password".toCharArray();

    @TempDir
    private Path folder;

    private static TestCertificate client(String algorithm) {
        return ROOT.issue(c -> c.commonName("Intermediate").authority())
                .issue(c -> c.commonName("client").algorithm(algorithm));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyIsReadInEachOfItsForms(String form, TestCertificate certificate, byte[] key) {
        ClientCertificate read = ClientCertificate.pem(certificate.pem(), key);

        // That it is the certificate's key was checked by reading it.
        assertEquals(certificate.key().getAlgorithm(), read.privateKey().getAlgorithm(), form);
        assertEquals(certificate.chain(), read.chain());
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("PKCS#8", EC, EC.keyPem()),
                Arguments.of("PKCS#8", RSA, RSA.keyPem()),
                Arguments.of("PKCS#8", ED25519, ED25519.keyPem()),
                Arguments.of("PKCS#1", RSA, KeyFormats.pkcs1(RSA.key())),
                Arguments.of("SEC 1", EC, KeyFormats.sec1(EC.key())),
                Arguments.of("SEC 1 and parameters", EC, KeyFormats.sec1WithParameters(EC.key())));
    }

    @Test
    void anEncryptedKeyIsReadWithItsPassword() {
        byte[] key = KeyFormats.encrypted(EC.key(), new String(PASSWORD));

        assertEquals(EC.key(), ClientCertificate.pem(EC.pem(), key, PASSWORD).privateKey());
        assertMessage(
                "client key: the ENCRYPTED PRIVATE KEY in line 1 needs a password, and none is given",
                () -> ClientCertificate.pem(EC.pem(), key));
        assertMessage(
                "client key: the ENCRYPTED PRIVATE KEY in line 1 cannot be decrypted: is the password wrong?",
                () -> ClientCertificate.pem(EC.pem(), key, "wrong".toCharArray()));
        assertMessage(
                "client key: the ENCRYPTED PRIVATE KEY in line 1 cannot be decrypted: the JDK takes ASCII passwords only",
                () -> ClientCertificate.pem(EC.pem(), key, "pässword".toCharArray()));
    }

    @Test
    void chainAndKeyMayBeOneFile() throws IOException {
        Path file = folder.resolve("both.pem");
        Files.writeString(file, new String(EC.keyPem()) + "some words\n" + new String(EC.pem()));

        assertEquals(EC.chain(), ClientCertificate.pem(file, file).chain());
    }

    @Test
    void aPkcs12FileIsReadWithItsPassword() throws IOException {
        Path file = folder.resolve("client.p12");
        Files.write(file, RSA.pkcs12(PASSWORD));

        ClientCertificate read = ClientCertificate.pkcs12(file, PASSWORD);

        assertEquals(RSA.key(), read.privateKey());
        assertEquals(RSA.chain(), read.chain());
        assertMessage(file + ": the password is wrong", () -> ClientCertificate.pkcs12(file, "x".toCharArray()));
    }

    @ParameterizedTest
    @CsvSource({
        "ec.key, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
        "ec-traditional.key, ecparam -genkey -name secp384r1",
        "rsa.key, genrsa 2048",
        "rsa-traditional.key, genrsa -traditional 2048",
        "ed25519.key, genpkey -algorithm Ed25519",
        "encrypted.key, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -pass pass:secret"
    })
    void whatOpensslWritesIsRead(String file, String command) throws Exception {
        Path key = folder.resolve(file);
        Path certificate = folder.resolve("client.pem");
        openssl(command + " -out " + key);
        openssl("req -x509 -new -subj /CN=client -days 3 -passin pass:secret -key " + key + " -out " + certificate);

        ClientCertificate read = file.startsWith("encrypted")
                ? ClientCertificate.pem(certificate, key, "secret".toCharArray())
                : ClientCertificate.pem(certificate, key);

        assertEquals("CN=client", read.toString());
    }

    private static void openssl(String command) throws Exception {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl")));
        assumeTrue(installed, "openssl is not installed");
        // "genrsa -out file 2048": options come before the number.
        String ordered = command.replaceFirst("(.*) 2048 -out (.*)", "$1 -out $2 2048");
        Process process = new ProcessBuilder(("openssl " + ordered).split(" "))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whatIsWrongIsSaidWithItsSource(byte[] chain, byte[] key, String message) {
        assertMessage(message, () -> ClientCertificate.pem(chain, key));
    }

    static Stream<Arguments> broken() {
        byte[] foreign = ROOT.keyPem();
        byte[] legacy =
                KeyFormats.ascii("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----\n");
        return Stream.of(
                Arguments.of(EC.pem(), foreign, "client key: the key is not that of the certificate CN=client"),
                Arguments.of(
                        EC.pem(),
                        RSA.keyPem(),
                        "client key: the PRIVATE KEY in line 1 is no EC key, as its certificate has, or is damaged"),
                Arguments.of(EC.pem(), EC.pem(), "client key: no private key in it, only CERTIFICATE"),
                Arguments.of(EC.keyPem(), EC.keyPem(), "client certificate: no CERTIFICATE in it, only PRIVATE KEY"),
                Arguments.of(
                        EC.pem(),
                        KeyFormats.sec1WithoutCurve(EC.key()),
                        "client key: the EC PRIVATE KEY in line 1 does not say its curve"),
                Arguments.of(
                        EC.pem(),
                        KeyFormats.ascii(TestCertificate.pem("EC PRIVATE KEY", new byte[] {0x30, 9, 2})),
                        "client key: the EC PRIVATE KEY in line 1 is damaged"),
                Arguments.of(
                        EC.pem(),
                        KeyFormats.ascii(TestCertificate.pem("DSA PRIVATE KEY", new byte[] {0x30, 9, 2})),
                        "client key: the DSA PRIVATE KEY in line 1 is of a kind that is not read here; "
                                + "\"openssl pkcs8 -topk8\" helps"),
                Arguments.of(
                        EC.pem(),
                        legacy,
                        "client key: the RSA PRIVATE KEY in line 1 is encrypted in OpenSSL's old way; "
                                + "\"openssl pkcs8 -topk8\" makes it readable"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.pem");

        assertMessage(missing + ": there is no such file", () -> ClientCertificate.pem(missing, missing));
    }

    @Test
    void aPkcs12WithoutKeyIsRefused() {
        assertMessage(
                "client certificate: it is no PKCS12 file, or damaged: .*",
                () -> ClientCertificate.pkcs12(EC.pem(), PASSWORD));
    }

    @Test
    void theChainMustNotBeEmpty() {
        assertMessage("client certificate: the chain is empty", () -> ClientCertificate.of(List.of(), EC.key()));
    }

    @Test
    void equalityIsThatOfTheCertificates() {
        ClientCertificate one = ClientCertificate.of(EC.chain(), EC.key());
        ClientCertificate same = ClientCertificate.pem(EC.pem(), EC.keyPem());

        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertNotEquals(one, ClientCertificate.of(RSA.chain(), RSA.key()));
        assertNotEquals(one, ClientCertificate.of(client("EC").chain(), EC.key()));
    }

    @Test
    void nothingOfTheKeyIsPrinted() {
        String key = Base64.getEncoder().encodeToString(EC.key().getEncoded()).substring(10, 30);
        ClientCertificate certificate = ClientCertificate.of(EC.chain(), EC.key());

        assertEquals("CN=client", certificate.toString());
        assertFalse(TlsConfig.builder()
                .clientCertificate(certificate)
                .build()
                .toString()
                .contains(key));
    }

    private static void assertMessage(String expected, Executable action) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, action);

        if (!e.getMessage().matches(expected)) {
            assertEquals(expected, e.getMessage());
        }
    }
}
