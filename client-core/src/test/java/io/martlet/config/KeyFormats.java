package io.martlet.config;

import io.martlet.internal.tls.Der;
import io.martlet.internal.tls.TestCertificate;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/** The forms in which private keys are found in PEM files. */
final class KeyFormats {
    private static final byte[] SECP256R1 = Der.oid("1.2.840.10045.3.1.7");

    private KeyFormats() {}

    /** RSAPrivateKey (RFC 8017 A.1.2). */
    static byte[] pkcs1(PrivateKey key) {
        RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key;
        byte[] der = Der.sequence(
                Der.integer(BigInteger.ZERO),
                Der.integer(rsa.getModulus()),
                Der.integer(rsa.getPublicExponent()),
                Der.integer(rsa.getPrivateExponent()),
                Der.integer(rsa.getPrimeP()),
                Der.integer(rsa.getPrimeQ()),
                Der.integer(rsa.getPrimeExponentP()),
                Der.integer(rsa.getPrimeExponentQ()),
                Der.integer(rsa.getCrtCoefficient()));
        return ascii(TestCertificate.pem("RSA PRIVATE KEY", der));
    }

    /** ECPrivateKey (RFC 5915 §3) that says its curve. */
    static byte[] sec1(PrivateKey key) {
        return ascii(TestCertificate.pem("EC PRIVATE KEY", sec1(key, Der.tagged(0xA0, SECP256R1))));
    }

    /** The same with the curve in a block of its own, as openssl ecparam writes it. */
    static byte[] sec1WithParameters(PrivateKey key) {
        return ascii(TestCertificate.pem("EC PARAMETERS", SECP256R1)
                + TestCertificate.pem("EC PRIVATE KEY", sec1(key, new byte[0])));
    }

    /** The same with the curve nowhere. */
    static byte[] sec1WithoutCurve(PrivateKey key) {
        return ascii(TestCertificate.pem("EC PRIVATE KEY", sec1(key, new byte[0])));
    }

    private static byte[] sec1(PrivateKey key, byte[] curve) {
        byte[] scalar = new byte[32];
        byte[] value = ((ECPrivateKey) key).getS().toByteArray();
        int length = Math.min(32, value.length);
        System.arraycopy(value, value.length - length, scalar, 32 - length, length);
        return Der.sequence(Der.integer(BigInteger.ONE), Der.octets(scalar), curve);
    }

    /** EncryptedPrivateKeyInfo (RFC 5958 §3) by PBES2, as openssl pkcs8 -topk8 writes it. */
    static byte[] encrypted(PrivateKey key, String password) {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] iv = new byte[16];
        try {
            Cipher cipher = Cipher.getInstance(algorithm);
            PBEKeySpec secret = new PBEKeySpec(password.toCharArray());
            PBEParameterSpec parameters = new PBEParameterSpec(salt, 1_000, new IvParameterSpec(iv));
            cipher.init(
                    Cipher.ENCRYPT_MODE, SecretKeyFactory.getInstance(algorithm).generateSecret(secret), parameters);
            byte[] der = Der.sequence(pbes2(salt, 1_000, iv), Der.octets(cipher.doFinal(key.getEncoded())));
            return ascii(TestCertificate.pem("ENCRYPTED PRIVATE KEY", der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 8018 A.4 */
    private static byte[] pbes2(byte[] salt, int rounds, byte[] iv) {
        byte[] hmacSha256 = Der.sequence(Der.oid("1.2.840.113549.2.9"), Der.tagged(5));
        byte[] pbkdf2 = Der.sequence(
                Der.oid("1.2.840.113549.1.5.12"),
                Der.sequence(
                        Der.octets(salt),
                        Der.integer(BigInteger.valueOf(rounds)),
                        Der.integer(BigInteger.valueOf(32)),
                        hmacSha256));
        byte[] aes256 = Der.sequence(Der.oid("2.16.840.1.101.3.4.1.42"), Der.octets(iv));
        return Der.sequence(Der.oid("1.2.840.113549.1.5.13"), Der.sequence(pbkdf2, aes256));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
