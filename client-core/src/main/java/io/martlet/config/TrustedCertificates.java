package io.martlet.config;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that are trusted to vouch for servers: those of CAs, or a server's own.
 *
 * <p>An immutable value; files are read when it is made. Order and repetition make no difference.
 */
public final class TrustedCertificates {
    /** No certificate. */
    public static final TrustedCertificates NONE = new TrustedCertificates(Set.of());

    private final Set<X509Certificate> certificates;
    /** Kept because hashing takes in every byte of every certificate, and pools look configurations up often. */
    private final int hash;

    private TrustedCertificates(Set<X509Certificate> certificates) {
        this.certificates = certificates;
        this.hash = certificates.hashCode();
    }

    /**
     * {@return the certificates of a PEM file: every {@code CERTIFICATE} in it}
     *
     * @param file may hold other things than certificates
     * @throws IllegalArgumentException if it cannot be read or holds none, or one that is damaged; says which
     */
    public static TrustedCertificates pem(Path file) {
        return of(Pem.certificates(SecretFile.of(file)));
    }

    /**
     * {@return the same from memory}
     *
     * @param text what would be in the file
     */
    public static TrustedCertificates pem(byte[] text) {
        return of(Pem.certificates(SecretFile.of("trusted certificates", text)));
    }

    /**
     * {@return the certificates of a PKCS12 file, as {@code keytool -importcert} makes it} The JDK sees only those marked as
     * trusted; what {@code openssl pkcs12} puts into a file is not, use PEM then.
     *
     * @param file     holds certificates that are marked so
     * @param password of the file; not kept
     * @throws IllegalArgumentException if it cannot be read, the password is wrong, or there is no such certificate
     */
    public static TrustedCertificates pkcs12(Path file, char[] password) {
        return pkcs12(SecretFile.of(file), password);
    }

    /**
     * {@return the same from memory}
     *
     * @param content  what would be in the file
     * @param password of the content; not kept
     */
    public static TrustedCertificates pkcs12(byte[] content, char[] password) {
        return pkcs12(SecretFile.of("trusted certificates", content), password);
    }

    /**
     * {@return those certificates}
     *
     * @param certificates to trust; copied, and may be none
     */
    public static TrustedCertificates of(Collection<X509Certificate> certificates) {
        return new TrustedCertificates(Collections.unmodifiableSet(new LinkedHashSet<>(certificates)));
    }

    private static TrustedCertificates pkcs12(SecretFile source, char[] password) {
        KeyStore store = source.pkcs12(password);
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate c) {
                    found.add(c);
                }
            }
        } catch (KeyStoreException e) {
            throw source.wrong("it is no PKCS12 file, or damaged: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw source.wrong("no certificate in it is marked as trusted (keytool does that, openssl does not)", null);
        }
        return of(found);
    }

    /**
     * {@return these and those together}
     *
     * @param others what is trusted besides
     */
    public TrustedCertificates plus(TrustedCertificates others) {
        Set<X509Certificate> both = new LinkedHashSet<>(certificates);
        both.addAll(others.certificates);
        return of(both);
    }

    /** {@return the certificates, each once} */
    public Set<X509Certificate> certificates() {
        return certificates;
    }

    /** {@return whether there are none} */
    public boolean isEmpty() {
        return certificates.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof TrustedCertificates that
                        && hash == that.hash
                        && certificates.equals(that.certificates);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** How many there are. */
    @Override
    public String toString() {
        return certificates.size() == 1 ? "1 certificate" : certificates.size() + " certificates";
    }
}
