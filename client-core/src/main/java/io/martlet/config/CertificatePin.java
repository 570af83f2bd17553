package io.martlet.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The SHA-256 by which a server's own certificate, the leaf of its chain, is recognised.
 *
 * <p>Only the leaf is looked at: the rest of what a server sends may be anything. To accept whatever one CA issues, trust
 * that CA alone: {@link TlsConfig.Builder#trustsDefaults(boolean) trustsDefaults(false)}.
 *
 * @param subject what was hashed
 * @param sha256  the 32 bytes as 64 lower-case hexadecimal digits
 */
public record CertificatePin(Subject subject, String sha256) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]*");

    /** What a pin is the hash of. */
    public enum Subject {
        /** The whole certificate in DER, as aiohttp's {@code Fingerprint}: ends with the certificate. */
        CERTIFICATE,
        /** Its SubjectPublicKeyInfo, as OkHttp's and curl's pins: lives as long as the key, over renewed certificates. */
        PUBLIC_KEY
    }

    /**
     * The pin as given.
     *
     * @param subject what was hashed
     * @param sha256  the 32 bytes as 64 lower-case hexadecimal digits
     * @throws IllegalArgumentException if {@code sha256} is not 64 lower-case hexadecimal digits
     */
    public CertificatePin {
        Objects.requireNonNull(subject, "subject");
        if (sha256.length() != 64 || !HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("pin is no SHA-256 (64 lower-case hexadecimal digits): " + sha256);
        }
    }

    /**
     * Pins the certificate.
     *
     * @param hex its SHA-256 as {@code openssl x509 -fingerprint -sha256} prints it, colons and case aside
     * @return the pin of a {@link Subject#CERTIFICATE}
     * @throws IllegalArgumentException if it is anything else, such as the too short MD5 or SHA-1
     */
    public static CertificatePin certificate(String hex) {
        String digits = hex.replace(":", "").toLowerCase(Locale.ROOT);
        if (!HEX.matcher(digits).matches() || digits.length() % 2 != 0) {
            throw new IllegalArgumentException("pin is not hexadecimal: " + hex);
        }
        checkLength(digits.length() / 2, hex);
        return new CertificatePin(Subject.CERTIFICATE, digits);
    }

    /**
     * Pins the public key.
     *
     * @param pin {@code sha256/} and the Base64 of the hash, as OkHttp writes it; curl's {@code sha256//} does as well
     * @return the pin of a {@link Subject#PUBLIC_KEY}
     * @throws IllegalArgumentException if it is anything else, such as the too short MD5 or SHA-1
     */
    public static CertificatePin publicKey(String pin) {
        if (!pin.startsWith("sha256/")) {
            throw new IllegalArgumentException("pin does not start with sha256/ (no other hash is taken): " + pin);
        }
        byte[] hash;
        try {
            // A hash may itself begin with a slash: the length tells curl's form from that.
            boolean ofCurl = pin.startsWith("sha256//") && pin.length() > "sha256/".length() + 44;
            hash = Base64.getDecoder().decode(pin.substring(ofCurl ? 8 : 7));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pin is no Base64 after sha256/: " + pin, e);
        }
        checkLength(hash.length, pin);
        return new CertificatePin(Subject.PUBLIC_KEY, HexFormat.of().formatHex(hash));
    }

    /**
     * {@return the pin that {@code certificate} has}
     *
     * @param subject     what of it is hashed
     * @param certificate as a rule a server's own
     */
    public static CertificatePin of(Subject subject, X509Certificate certificate) {
        try {
            byte[] hashed = subject == Subject.CERTIFICATE
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(hashed);
            return new CertificatePin(subject, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("SHA-256 of a certificate", e);
        }
    }

    /**
     * {@return whether {@code leaf} is the certificate, or has the key, that is meant}
     *
     * @param leaf the first certificate that a server sends
     */
    public boolean matches(X509Certificate leaf) {
        return equals(of(subject, leaf));
    }

    /** In the form that the factory reads: {@code sha256/…} for a public key, hexadecimal digits for a certificate. */
    @Override
    public String toString() {
        return subject == Subject.CERTIFICATE
                ? sha256
                : "sha256/" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
    }

    private static void checkLength(int bytes, String pin) {
        if (bytes != 32) {
            String name = bytes == 16 ? ", as many as MD5 has" : bytes == 20 ? ", as many as SHA-1 has" : "";
            throw new IllegalArgumentException("pin has " + bytes + " bytes" + name + "; a SHA-256 has 32: " + pin);
        }
    }
}
