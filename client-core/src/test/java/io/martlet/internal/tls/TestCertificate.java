package io.martlet.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Certificates for tests, made when they are asked for: keytool cannot make the bad ones (a NUL or a lone "*" in a name).
 *
 * <p>Keys are made once for each kind and role, so that a certificate costs a signature and no more.
 *
 * @param chain its own certificate, then those above it, the root left out
 */
public record TestCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();

    /** A root that the tests trust. */
    public static final TestCertificate ROOT =
            selfSigned(c -> c.commonName("Martlet test root").authority());

    /** A root that nobody trusts, with an RSA key. */
    public static final TestCertificate STRANGER =
            selfSigned(c -> c.commonName("Strange root").algorithm("RSA").authority());

    /** For {@code localhost}, 127.0.0.1 and ::1, valid and issued by {@link #ROOT}. */
    public static final TestCertificate LOCALHOST =
            ROOT.issue(c -> c.dns("localhost").ip("127.0.0.1").ip("::1"));

    /** What a certificate says; each method changes and returns it. */
    public static final class Spec {
        private String name = "server";
        private String algorithm = "EC";
        private boolean authority;
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = Instant.now().plus(Duration.ofDays(30));
        private final List<byte[]> names = new ArrayList<>();

        /** The common name of its subject. */
        public Spec commonName(String text) {
            name = text;
            return this;
        }

        /** EC, RSA or Ed25519. */
        public Spec algorithm(String name) {
            algorithm = name;
            return this;
        }

        /** It may issue others. */
        public Spec authority() {
            authority = true;
            return this;
        }

        /** When it is valid, in days from now. */
        public Spec validDays(int first, int last) {
            from = Instant.now().plus(Duration.ofDays(first));
            until = Instant.now().plus(Duration.ofDays(last));
            return this;
        }

        /** A DNS name among its subject alternative names, whatever is in it. */
        public Spec dns(String text) {
            names.add(Der.tagged(0x82, text.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        /** An address among its subject alternative names. */
        public Spec ip(String address) {
            try {
                names.add(Der.tagged(0x87, InetAddress.getByName(address).getAddress()));
                return this;
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(address, e);
            }
        }

        /** A mail address among its subject alternative names. */
        public Spec mail(String address) {
            names.add(Der.tagged(0x81, address.getBytes(StandardCharsets.US_ASCII)));
            return this;
        }
    }

    /** A certificate signed with its own key. */
    public static TestCertificate selfSigned(UnaryOperator<Spec> edit) {
        Spec spec = edit.apply(new Spec());
        KeyPair pair = keys(spec.algorithm, spec.name);
        X509Certificate certificate = sign(spec, pair, Der.commonName(spec.name), pair.getPrivate());
        return new TestCertificate(List.of(certificate), pair.getPrivate());
    }

    /** A certificate signed by this one. */
    public TestCertificate issue(UnaryOperator<Spec> edit) {
        Spec spec = edit.apply(new Spec());
        KeyPair pair = keys(spec.algorithm, spec.authority ? spec.name : "leaf");
        X509Certificate issuer = chain.get(0);
        List<X509Certificate> all = new ArrayList<>();
        all.add(sign(spec, pair, issuer.getSubjectX500Principal().getEncoded(), key));
        boolean root = issuer.getSubjectX500Principal().equals(issuer.getIssuerX500Principal());
        all.addAll(root ? List.of() : chain);
        return new TestCertificate(all, pair.getPrivate());
    }

    /** Its own certificate. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The same without those above it. */
    public TestCertificate alone() {
        return new TestCertificate(List.of(leaf()), key);
    }

    /** The chain in PEM. */
    public byte[] pem() {
        StringBuilder text = new StringBuilder();
        chain.forEach(certificate -> text.append(pem("CERTIFICATE", encoded(certificate))));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The key in PEM, as PKCS#8. */
    public byte[] keyPem() {
        return pem("PRIVATE KEY", key.getEncoded()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Key and chain as PKCS12. */
    public byte[] pkcs12(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("it", key, password, chain.toArray(new Certificate[0]));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Subject and names. */
    @Override
    public String toString() {
        return Names.subject(leaf()) + " for " + CertificateNames.of(leaf());
    }

    /** A block of PEM. */
    public static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys(String algorithm, String role) {
        return KEYS.computeIfAbsent(algorithm + " " + role, name -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
                switch (algorithm) {
                    case "EC" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                    case "RSA" -> generator.initialize(2048);
                    default -> {}
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static X509Certificate sign(Spec spec, KeyPair pair, byte[] issuer, PrivateKey by) {
        // RFC 5280 §4.1
        byte[] algorithm = Der.sequence(Der.oid(oidOf(by)));
        byte[] body = Der.sequence(
                Der.tagged(0xA0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.valueOf(SERIAL.getAndIncrement())),
                algorithm,
                issuer,
                Der.sequence(Der.time(spec.from), Der.time(spec.until)),
                Der.commonName(spec.name),
                pair.getPublic().getEncoded(),
                Der.tagged(0xA3, extensions(spec)));
        try {
            Signature signature = Signature.getInstance(nameOf(by));
            signature.initSign(by);
            signature.update(body);
            byte[] certificate = Der.sequence(body, algorithm, Der.bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] extensions(Spec spec) {
        List<byte[]> all = new ArrayList<>();
        byte[] constraints = spec.authority ? Der.sequence(Der.bool(true)) : Der.sequence();
        all.add(Der.sequence(Der.oid("2.5.29.19"), Der.bool(true), Der.octets(constraints)));
        if (!spec.names.isEmpty()) {
            all.add(Der.sequence(Der.oid("2.5.29.17"), Der.octets(Der.sequence(spec.names))));
        }
        return Der.sequence(all);
    }

    private static String oidOf(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "1.2.840.10045.4.3.2";
            case "RSA" -> "1.2.840.113549.1.1.11";
            default -> "1.3.101.112";
        };
    }

    private static String nameOf(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
    }
}
