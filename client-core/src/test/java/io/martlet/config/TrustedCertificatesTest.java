package io.martlet.config;

import static io.martlet.internal.tls.TestCertificate.ROOT;
import static io.martlet.internal.tls.TestCertificate.STRANGER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.internal.tls.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrustedCertificatesTest {
    private static final String ROOT_PEM = new String(ROOT.pem(), StandardCharsets.US_ASCII);
    private static final String STRANGER_PEM = new String(STRANGER.pem(), StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    @Test
    void everyCertificateOfAPemIsTakenWhateverStandsAroundIt() throws Exception {
        Path file = folder.resolve("ca.pem");
        Files.writeString(
                file,
                "\uFEFF# roots\r\n" + ROOT_PEM.replace("\n", "\r\n") + "Subject: CN=x\n  " + STRANGER_PEM
                        + new String(ROOT.keyPem(), StandardCharsets.US_ASCII) + ROOT_PEM.stripTrailing());

        TrustedCertificates read = TrustedCertificates.pem(file);

        assertEquals(Set.of(ROOT.leaf(), STRANGER.leaf()), read.certificates());
        assertEquals("2 certificates", read.toString());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whatIsWrongIsSaidWithItsPlace(String pem, String message) {
        byte[] text = pem.getBytes(StandardCharsets.ISO_8859_1);

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> TrustedCertificates.pem(text));

        assertTrue(e.getMessage().startsWith("trusted certificates: " + message), e.getMessage());
    }

    static Stream<Arguments> broken() {
        String[] lines = ROOT_PEM.split("\n");
        return Stream.of(
                Arguments.of("", "no -----BEGIN …----- in it"),
                Arguments.of("just text", "no -----BEGIN …----- in it"),
                Arguments.of("0\u0082\u0001", "no -----BEGIN …----- in it; it looks like DER or PKCS12, not PEM"),
                Arguments.of(
                        new String(ROOT.keyPem(), StandardCharsets.US_ASCII), "no CERTIFICATE in it, only PRIVATE KEY"),
                Arguments.of(
                        "text\n" + lines[0] + "\n" + lines[1],
                        "the CERTIFICATE in line 2 has no END: is the file cut off?"),
                Arguments.of(
                        lines[0] + "\n" + lines[1] + "\n" + ROOT_PEM,
                        "the CERTIFICATE in line 1 has no END before line 3"),
                Arguments.of(
                        ROOT_PEM + ROOT_PEM.replace("END CERTIFICATE", "END PRIVATE KEY"),
                        "the CERTIFICATE in line " + (lines.length + 1) + " ends with another END in line "),
                Arguments.of(ROOT_PEM.replace(lines[2], "MII!"), "line 3, in the CERTIFICATE, is no Base64"),
                Arguments.of(
                        "-----BEGIN CERTIFICATE-----\nQUJDR\n-----END CERTIFICATE-----",
                        "the CERTIFICATE in line 1 is no whole Base64: is it cut off?"),
                Arguments.of(
                        ROOT_PEM.replace(lines[2] + "\n", ""), "the CERTIFICATE in line 1 is no X.509 certificate: "),
                Arguments.of(
                        TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}),
                        "the CERTIFICATE in line 1 is no X.509 certificate: "));
    }

    @Test
    void theTrustedCertificatesOfAPkcs12AreTaken() throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", ROOT.leaf());
        store.setKeyEntry("key", STRANGER.key(), password, STRANGER.chain().toArray(new Certificate[0]));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        store.store(content, password);
        Path file = folder.resolve("trust.p12");
        Files.write(file, content.toByteArray());

        assertEquals(
                Set.of(ROOT.leaf()), TrustedCertificates.pkcs12(file, password).certificates());
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> TrustedCertificates.pkcs12(file, "x".toCharArray()));
        assertEquals(file + ": the password is wrong", wrong.getMessage());
    }

    @Test
    void aPkcs12WithoutTrustedCertificatesIsRefused() {
        char[] password = "changeit".toCharArray();
        byte[] content = ROOT.pkcs12(password);

        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> TrustedCertificates.pkcs12(content, password));

        assertEquals(
                "trusted certificates: no certificate in it is marked as trusted (keytool does that, openssl does not)",
                e.getMessage());
    }

    @Test
    void equalityIsThatOfTheSetOfCertificates() {
        TrustedCertificates one = TrustedCertificates.of(List.of(ROOT.leaf(), STRANGER.leaf()));
        TrustedCertificates other = TrustedCertificates.pem(STRANGER.pem()).plus(TrustedCertificates.pem(ROOT.pem()));

        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, TrustedCertificates.of(List.of(ROOT.leaf())));
        assertEquals(TrustedCertificates.NONE, TrustedCertificates.of(List.of()));
    }
}
