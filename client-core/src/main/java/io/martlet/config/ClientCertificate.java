package io.martlet.config;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this client proves its identity with where a server asks for it: a certificate, the chain above it, its private
 * key.
 *
 * <p>An immutable value; files are read when it is made, passwords are not kept. Keys may be RSA, EC or Ed25519. Two are
 * equal if their certificates are: a certificate has one key, and that the key is its key is checked here.
 */
public final class ClientCertificate {
    private final List<X509Certificate> chain;
    private final PrivateKey privateKey;
    private final int hash;

    private ClientCertificate(List<X509Certificate> chain, PrivateKey privateKey) {
        this.chain = chain;
        this.privateKey = privateKey;
        this.hash = chain.hashCode();
    }

    /**
     * {@return a chain and a key in PEM, which may be one file}
     *
     * @param chain the client's own certificate first, then those that lead to the CA, if any
     * @param key   a {@code PRIVATE KEY} (PKCS#8), {@code RSA PRIVATE KEY} (PKCS#1) or {@code EC PRIVATE KEY} (SEC 1)
     * @throws IllegalArgumentException if one cannot be read, is damaged, or the key is not the certificate's
     */
    public static ClientCertificate pem(Path chain, Path key) {
        return pem(SecretFile.of(chain), SecretFile.of(key), null);
    }

    /**
     * {@return the same with an {@code ENCRYPTED PRIVATE KEY} (PKCS#8)}
     *
     * @param chain    the client's own certificate first, then those that lead to the CA, if any
     * @param key      may be in the same file
     * @param password of the key; not kept
     */
    public static ClientCertificate pem(Path chain, Path key, char[] password) {
        return pem(SecretFile.of(chain), SecretFile.of(key), password);
    }

    /**
     * {@return chain and key from memory}
     *
     * @param chain what {@link #pem(Path, Path)} would find in the file of the chain
     * @param key   what it would find in the file of the key
     */
    public static ClientCertificate pem(byte[] chain, byte[] key) {
        return pem(SecretFile.of("client certificate", chain), SecretFile.of("client key", key), null);
    }

    /**
     * {@return chain and encrypted key from memory}
     *
     * @param chain    what {@link #pem(Path, Path, char[])} would find in the file of the chain
     * @param key      what it would find in the file of the key
     * @param password of the key; not kept
     */
    public static ClientCertificate pem(byte[] chain, byte[] key, char[] password) {
        return pem(SecretFile.of("client certificate", chain), SecretFile.of("client key", key), password);
    }

    /**
     * {@return the one key of a PKCS12 file, with its chain}
     *
     * @param file     may hold trusted certificates as well, which are passed over
     * @param password of the file and of the key; not kept
     * @throws IllegalArgumentException if it cannot be read, the password is wrong, or there is not exactly one key
     */
    public static ClientCertificate pkcs12(Path file, char[] password) {
        return pkcs12(SecretFile.of(file), password);
    }

    /**
     * {@return the same from memory}
     *
     * @param content  what would be in the file
     * @param password of the content and of the key; not kept
     */
    public static ClientCertificate pkcs12(byte[] content, char[] password) {
        return pkcs12(SecretFile.of("client certificate", content), password);
    }

    /**
     * {@return a chain and its key, which may live in hardware}
     *
     * @param chain the client's own certificate first; copied
     * @param key   of that certificate
     * @throws IllegalArgumentException if the chain is empty or the key is not that of its first certificate
     */
    public static ClientCertificate of(List<X509Certificate> chain, PrivateKey key) {
        return of(SecretFile.of("client key", new byte[0]), chain, key);
    }

    private static ClientCertificate pem(SecretFile chain, SecretFile key, char @Nullable [] password) {
        List<X509Certificate> certificates = Pem.certificates(chain);
        String algorithm = certificates.get(0).getPublicKey().getAlgorithm();
        return of(key, certificates, PrivateKeys.pem(key, algorithm, password));
    }

    private static ClientCertificate pkcs12(SecretFile source, char[] password) {
        KeyStore store = source.pkcs12(password);
        try {
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw source.wrong("it must hold one key with its certificate, but holds " + keys.size(), null);
            }
            PrivateKey key = (PrivateKey) store.getKey(keys.get(0), password);
            Certificate[] chain = store.getCertificateChain(keys.get(0));
            return of(source, Stream.of(chain).map(X509Certificate.class::cast).toList(), key);
        } catch (GeneralSecurityException e) {
            throw source.wrong("the key cannot be read: " + e.getMessage(), e);
        }
    }

    private static ClientCertificate of(SecretFile source, List<X509Certificate> chain, PrivateKey key) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("client certificate: the chain is empty");
        }
        if (!PrivateKeys.belongs(key, chain.get(0))) {
            throw source.wrong(
                    "the key is not that of the certificate "
                            + chain.get(0).getSubjectX500Principal().getName(),
                    null);
        }
        return new ClientCertificate(List.copyOf(chain), key);
    }

    /** {@return the client's own certificate, then those above it} */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** {@return the private key: not for logs} */
    public PrivateKey privateKey() {
        return privateKey;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof ClientCertificate that && hash == that.hash && chain.equals(that.chain);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The subject of the certificate; nothing of the key. */
    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal().getName();
    }
}
