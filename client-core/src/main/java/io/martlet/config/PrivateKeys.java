package io.martlet.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Private keys from PEM, brought into the one form that the JDK reads: PKCS#8 (RFC 5958). */
final class PrivateKeys {
    private static final byte[] VERSION_0 = {2, 1, 0};
    /** SEQUENCE { rsaEncryption, NULL } (RFC 8017 A.1). */
    private static final byte[] RSA = {
        0x30, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0
    };
    /** id-ecPublicKey (RFC 5480 §2.1.1). */
    private static final byte[] EC = {6, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

    private PrivateKeys() {}

    static PrivateKey pem(SecretFile source, String algorithm, char @Nullable [] password) {
        List<Pem.Block> blocks = Pem.read(source);
        Pem.Block key = blocks.stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> source.wrong("no private key in it, only " + Pem.labels(blocks), null));
        byte[] pkcs8 = switch (key.label()) {
            case "PRIVATE KEY" -> key.der();
            case "RSA PRIVATE KEY" -> sequence(VERSION_0, RSA, der(4, key.der()));
            case "EC PRIVATE KEY" -> ofEc(key, blocks);
            case "ENCRYPTED PRIVATE KEY" -> decrypted(key, password);
            default -> throw key.wrong("is of a kind that is not read here; \"openssl pkcs8 -topk8\" helps", null);
        };
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw key.wrong("is no " + algorithm + " key, as its certificate has, or is damaged", null);
        }
    }

    /** Whether what {@code key} signs can be verified with the certificate. */
    static boolean belongs(PrivateKey key, X509Certificate certificate) {
        if (key instanceof RSAKey own && certificate.getPublicKey() instanceof RSAKey theirs) {
            return own.getModulus().equals(theirs.getModulus());
        }
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(EC);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(EC);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** RFC 5915 §3: the curve stands in the key, else in the block before it, as old OpenSSL writes it. */
    private static byte[] ofEc(Pem.Block key, List<Pem.Block> blocks) {
        byte[] curve = curve(key);
        if (curve == null) {
            curve = blocks.stream()
                    .filter(block -> block.label().equals("EC PARAMETERS"))
                    .findFirst()
                    .orElseThrow(() -> key.wrong("does not say its curve", null))
                    .der();
        }
        return sequence(VERSION_0, sequence(EC, curve), der(4, key.der()));
    }

    /** The content of the [0] in {@code SEQUENCE { INTEGER 1, OCTET STRING, [0] parameters, … }}. */
    private static byte @Nullable [] curve(Pem.Block key) {
        byte[] der = key.der();
        try {
            int position = contentStart(der, 0);
            while (position < der.length) {
                int start = contentStart(der, position);
                int end = start + length(der, position);
                if ((der[position] & 0xFF) == 0xA0) {
                    return Arrays.copyOfRange(der, start, end);
                }
                position = end;
            }
            return null;
        } catch (IndexOutOfBoundsException e) {
            throw key.wrong("is damaged", null);
        }
    }

    private static byte[] decrypted(Pem.Block key, char @Nullable [] password) {
        if (password == null) {
            throw key.wrong("needs a password, and none is given", null);
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(key.der());
            // For PBES2 (RFC 8018) the parameters know the name of the cipher, the info only that it is PBES2.
            boolean pbes2 =
                    info.getAlgName().equals("PBES2") || info.getAlgName().equals("1.2.840.113549.1.5.13");
            String cipherName = pbes2 ? info.getAlgParameters().toString() : info.getAlgName();
            SecretKey secret = SecretKeyFactory.getInstance(cipherName).generateSecret(new PBEKeySpec(password));
            Cipher cipher = Cipher.getInstance(cipherName);
            cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            boolean ascii = CharBuffer.wrap(password).chars().allMatch(c -> c < 0x80);
            throw key.wrong(
                    "cannot be decrypted: " + (ascii ? "is the password wrong?" : "the JDK takes ASCII passwords only"),
                    null);
        } catch (IOException e) {
            throw key.wrong("is damaged", null);
        }
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return der(0x30, content.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        // DER wants the shortest form of a length; a private key is far shorter than 64 KiB.
        if (content.length >= 0x100) {
            out.write(0x82);
            out.write(content.length >>> 8);
        } else if (content.length >= 0x80) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static int contentStart(byte[] der, int tagAt) {
        return tagAt + 2 + ((der[tagAt + 1] & 0x80) == 0 ? 0 : der[tagAt + 1] & 0x7F);
    }

    private static int length(byte[] der, int tagAt) {
        int length = 0;
        for (int i = tagAt + 2; i < contentStart(der, tagAt); i++) {
            length = length << 8 | der[i] & 0xFF;
        }
        return (der[tagAt + 1] & 0x80) == 0 ? der[tagAt + 1] : length;
    }
}
