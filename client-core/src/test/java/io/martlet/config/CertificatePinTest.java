package io.martlet.config;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static io.martlet.internal.tls.TestCertificate.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.config.CertificatePin.Subject;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CertificatePinTest {
    private static final String HEX = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @Test
    void aCertificateIsPinnedByTheHashOfItsBytes() throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(LOCALHOST.leaf().getEncoded());
        String colons = HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);

        CertificatePin pin = CertificatePin.certificate(colons);

        assertEquals(CertificatePin.certificate(HexFormat.of().formatHex(hash)), pin);
        assertEquals(HexFormat.of().formatHex(hash), pin.toString());
        assertEquals(true, pin.matches(LOCALHOST.leaf()));
        assertEquals(false, pin.matches(ROOT.leaf()));
    }

    @Test
    void aPublicKeyIsPinnedByTheHashOfItsInfo() throws Exception {
        byte[] info = LOCALHOST.leaf().getPublicKey().getEncoded();
        String base64 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(info));

        CertificatePin pin = CertificatePin.publicKey("sha256/" + base64);

        assertEquals(pin, CertificatePin.publicKey("sha256//" + base64));
        assertEquals("sha256/" + base64, pin.toString());
        assertEquals(true, pin.matches(LOCALHOST.leaf()));
        assertEquals(true, pin.matches(ROOT.issue(c -> c.dns("renewed")).leaf()));
        assertEquals(false, pin.matches(ROOT.leaf()));
    }

    @Test
    void aHashThatBeginsWithASlashIsReadInBothForms() {
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex("ff" + HEX.substring(2)));

        assertEquals('/', base64.charAt(0));
        assertEquals(
                "ff" + HEX.substring(2),
                CertificatePin.publicKey("sha256/" + base64).sha256());
        assertEquals(
                "ff" + HEX.substring(2),
                CertificatePin.publicKey("sha256//" + base64).sha256());
    }

    @ParameterizedTest
    @EnumSource
    void itsTextIsReadBack(Subject subject) {
        CertificatePin pin = CertificatePin.of(subject, ROOT.leaf());

        CertificatePin read = subject == Subject.CERTIFICATE
                ? CertificatePin.certificate(pin.toString())
                : CertificatePin.publicKey(pin.toString());

        assertEquals(pin, read);
    }

    @ParameterizedTest
    @CsvSource({
        "00112233445566778899aabbccddeeff, 'pin has 16 bytes, as many as MD5 has; a SHA-256 has 32: '",
        "00112233445566778899aabbccddeeff00112233, 'pin has 20 bytes, as many as SHA-1 has; a SHA-256 has 32: '",
        "00112233, 'pin has 4 bytes; a SHA-256 has 32: '",
        "'', 'pin has 0 bytes; a SHA-256 has 32: '",
        "xyz, 'pin is not hexadecimal: '",
        "001, 'pin is not hexadecimal: '"
    })
    void anythingButASha256IsRefused(String hex, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> CertificatePin.certificate(hex));

        assertEquals(message + hex, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "sha1/ABCD, pin does not start with sha256/ (no other hash is taken): sha1/ABCD",
        "ABCD, pin does not start with sha256/ (no other hash is taken): ABCD",
        "sha256/A?CD, pin is no Base64 after sha256/: sha256/A?CD",
        "sha256/ABCD, pin has 3 bytes; a SHA-256 has 32: sha256/ABCD"
    })
    void anythingButASha256OfAPublicKeyIsRefused(String pin, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> CertificatePin.publicKey(pin));

        assertEquals(message, e.getMessage());
    }

    @Test
    void theConstructorTakesOnlyTheFormThatItPrints() {
        assertEquals(HEX, new CertificatePin(Subject.CERTIFICATE, HEX).sha256());
        assertThrows(IllegalArgumentException.class, () -> new CertificatePin(Subject.CERTIFICATE, HEX.toUpperCase()));
    }
}
