package io.martlet.internal.tls;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static io.martlet.internal.tls.TestCertificate.ROOT;
import static io.martlet.internal.tls.TestCertificate.STRANGER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.CertificatePin;
import io.martlet.config.CertificatePin.Subject;
import io.martlet.config.TlsConfig;
import io.martlet.config.TrustedCertificates;
import io.martlet.internal.tls.TlsHandshakeException.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
    private static final TestCertificate INTERMEDIATE =
            ROOT.issue(c -> c.commonName("Intermediate").authority());

    @ParameterizedTest
    @MethodSource("refused")
    void aCertificateThatFailsOneCheckIsRefusedWithItsName(
            TestCertificate certificate, String host, Reason reason, String message) {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            EngineServer server = new EngineServer(certificate).protocols(protocol);

            TlsPair pair = new TlsPair(server, new TlsContext(TlsPair.TRUSTING), host).handshake();

            assertEquals(reason, pair.failure().reason());
            assertTrue(
                    pair.failure().getMessage().matches(message), pair.failure().getMessage());
            assertEquals("close", pair.below.closedBy());
            assertEquals(0, pair.server.received().length);
            assertTrue(pair.server.failure() != null, "the server heard no alert");
        }
    }

    static Stream<Arguments> refused() {
        String time = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
        return Stream.of(
                Arguments.of(
                        ROOT.issue(c -> c.dns("localhost").validDays(-9, -1)),
                        "localhost",
                        Reason.EXPIRED,
                        "the certificate of CN=server expired at " + time),
                Arguments.of(
                        ROOT.issue(c -> c.dns("localhost").validDays(1, 9)),
                        "localhost",
                        Reason.NOT_YET_VALID,
                        "the certificate of CN=server is not valid before " + time),
                Arguments.of(
                        ROOT.issue(c -> c.commonName("Old CA").authority().validDays(-9, -1))
                                .issue(c -> c.dns("localhost")),
                        "localhost",
                        Reason.EXPIRED,
                        "the certificate of CN=Old CA expired at " + time),
                Arguments.of(
                        ROOT.issue(c -> c.dns("other.example").dns("*.more.example")),
                        "localhost",
                        Reason.OTHER_HOST,
                        "the server's certificate is not for localhost but for other.example, \\*.more.example"),
                Arguments.of(
                        ROOT.issue(c -> c.commonName("localhost")),
                        "localhost",
                        Reason.OTHER_HOST,
                        "the server's certificate is not for localhost but for no host at all .*"),
                Arguments.of(
                        ROOT.issue(c -> c.commonName("localhost").mail("a@localhost")),
                        "localhost",
                        Reason.OTHER_HOST,
                        "the server's certificate is not for localhost but for no host at all .*"),
                Arguments.of(
                        ROOT.issue(c -> c.commonName("127.0.0.1").dns("localhost")),
                        "127.0.0.1",
                        Reason.OTHER_HOST,
                        "the server's certificate is not for 127.0.0.1 but for localhost"),
                Arguments.of(
                        ROOT.issue(c -> c.dns("127.0.0.1")),
                        "127.0.0.1",
                        Reason.OTHER_HOST,
                        "the server's certificate is not for 127.0.0.1 but for 127.0.0.1"),
                Arguments.of(
                        ROOT.issue(c -> c.ip("127.0.0.1").dns("localhost")),
                        "[::1]",
                        Reason.OTHER_HOST,
                        "the server's certificate is not for ::1 but for localhost, 127.0.0.1"),
                wildcard("*.example.com", "a.b.example.com"),
                wildcard("*.com", "example.com"),
                wildcard("f*.example.com", "foo.example.com"),
                wildcard("*", "localhost"),
                wildcard("localhost\0.example.com", "localhost"),
                wildcard("bücher.example", "xn--bcher-kva.example"),
                Arguments.of(
                        TestCertificate.selfSigned(c -> c.dns("localhost")),
                        "localhost",
                        Reason.UNTRUSTED,
                        "the certificate of CN=server is not trusted: it is self-signed"),
                Arguments.of(
                        STRANGER.issue(c -> c.dns("localhost")),
                        "localhost",
                        Reason.UNTRUSTED,
                        "the certificate of CN=server is not trusted: its issuer CN=Strange root is unknown here, or the "
                                + "server left out an intermediate certificate"),
                Arguments.of(
                        new TestCertificate(
                                List.of(STRANGER.issue(c -> c.dns("localhost")).leaf(), STRANGER.leaf()),
                                STRANGER.issue(c -> c.dns("localhost")).key()),
                        "localhost",
                        Reason.UNTRUSTED,
                        "the certificate of CN=server is not trusted: its root CN=Strange root is unknown here"),
                Arguments.of(
                        INTERMEDIATE.issue(c -> c.dns("localhost")).alone(),
                        "localhost",
                        Reason.UNTRUSTED,
                        "the certificate of CN=server is not trusted: its issuer CN=Intermediate is unknown here, or the "
                                + "server left out an intermediate certificate"),
                Arguments.of(
                        // Whoever has a certificate is no CA by that.
                        ROOT.issue(c -> c.commonName("No CA")).issue(c -> c.dns("localhost")),
                        "localhost",
                        Reason.UNTRUSTED,
                        "the certificate of CN=server is not trusted: .*"));
    }

    private static Arguments wildcard(String pattern, String host) {
        return Arguments.of(
                ROOT.issue(c -> c.dns(pattern)),
                host,
                Reason.OTHER_HOST,
                "the server's certificate is not for " + host + " but for .*");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aCertificateThatPassesAllChecksIsAccepted(TestCertificate certificate, String host) {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            EngineServer server = new EngineServer(certificate).protocols(protocol);

            TlsPair pair = new TlsPair(server, new TlsContext(TlsPair.TRUSTING), host).handshake();

            assertEquals(certificate.chain(), pair.session().certificates());
        }
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of(LOCALHOST, "localhost"),
                Arguments.of(LOCALHOST, "127.0.0.1"),
                Arguments.of(LOCALHOST, "[::1]"),
                Arguments.of(ROOT.issue(c -> c.dns("*.example.com")), "www.example.com"),
                Arguments.of(ROOT.issue(c -> c.dns("xn--bcher-kva.example")), "xn--bcher-kva.example"),
                Arguments.of(INTERMEDIATE.issue(c -> c.dns("localhost")), "localhost"),
                Arguments.of(INTERMEDIATE.issue(c -> c.dns("localhost").algorithm("RSA")), "localhost"));
    }

    @Test
    void aServersOwnCertificateMayBeTrustedButNotBeyondItsTime() {
        TestCertificate valid = TestCertificate.selfSigned(c -> c.dns("localhost"));
        TestCertificate expired =
                TestCertificate.selfSigned(c -> c.dns("localhost").validDays(-9, -1));

        TlsPair good = pair(valid, TlsPair.trusting(valid));
        TlsPair old = pair(expired, TlsPair.trusting(expired));
        TlsPair elsewhere =
                new TlsPair(new EngineServer(valid), new TlsContext(TlsPair.trusting(valid)), "127.0.0.1").handshake();

        assertEquals("CN=server", Names.subject(good.session().certificates().get(0)));
        assertEquals(Reason.EXPIRED, old.failure().reason());
        assertEquals(Reason.OTHER_HOST, elsewhere.failure().reason());
    }

    @Test
    void theJdksCertificatesAreTrustedBesideOrInsteadOfTheOnesGiven() {
        TrustedCertificates root = TrustedCertificates.of(List.of(ROOT.leaf()));
        TlsConfig beside = TlsConfig.builder().trust(root).build();

        assertEquals(
                Reason.UNTRUSTED, pair(LOCALHOST, TlsConfig.DEFAULT).failure().reason());
        assertEquals("http/1.1", pair(LOCALHOST, beside).session().alpn());
        assertEquals("http/1.1", pair(LOCALHOST, TlsPair.TRUSTING).session().alpn());
    }

    @Test
    void withoutVerificationAnyCertificateIsAccepted() {
        TlsConfig off = TlsConfig.builder().insecureSkipVerification(true).build();

        for (TestCertificate bad : List.of(
                TestCertificate.selfSigned(c -> c.commonName("x").validDays(-9, -1)),
                STRANGER.issue(c -> c.dns("other.example").validDays(1, 2)))) {
            TlsPair named = pair(bad, off);
            TlsPair addressed = new TlsPair(new EngineServer(bad), new TlsContext(off), "127.0.0.1").handshake();

            assertEquals(bad.chain(), named.session().certificates());
            assertEquals(bad.chain(), addressed.session().certificates());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERTIFICATE", "PUBLIC_KEY"})
    void oneOfThePinsMustMatchBesideAllOtherChecks(Subject subject) {
        CertificatePin right = CertificatePin.of(subject, LOCALHOST.leaf());
        CertificatePin wrong = CertificatePin.of(subject, ROOT.leaf());
        TestCertificate strange = STRANGER.issue(c -> c.dns("localhost"));

        TlsPair good =
                pair(LOCALHOST, TlsPair.TRUSTING.toBuilder().pin(wrong, right).build());
        TlsPair bad = pair(LOCALHOST, TlsPair.TRUSTING.toBuilder().pin(wrong).build());
        TlsPair untrusted = pair(
                strange,
                TlsPair.TRUSTING.toBuilder()
                        .pin(CertificatePin.of(subject, strange.leaf()))
                        .build());

        assertEquals("http/1.1", good.session().alpn());
        assertEquals(Reason.PIN, bad.failure().reason());
        assertEquals(
                "the server's certificate is none of the 1 pinned: its SHA-256 is "
                        + CertificatePin.of(Subject.CERTIFICATE, LOCALHOST.leaf()) + ", that of its public key "
                        + CertificatePin.of(Subject.PUBLIC_KEY, LOCALHOST.leaf()),
                bad.failure().getMessage());
        assertEquals(Reason.UNTRUSTED, untrusted.failure().reason());
    }

    @Test
    void withoutVerificationAPinIsTheOnlyCheck() {
        TestCertificate strange =
                TestCertificate.selfSigned(c -> c.commonName("x").validDays(-9, -1));
        TlsConfig off = TlsConfig.builder()
                .insecureSkipVerification(true)
                .pin(CertificatePin.of(Subject.CERTIFICATE, strange.leaf()))
                .build();

        assertEquals(strange.chain(), pair(strange, off).session().certificates());
        assertEquals(Reason.PIN, pair(LOCALHOST, off).failure().reason());
    }

    private static TlsPair pair(TestCertificate certificate, TlsConfig config) {
        return new TlsPair(new EngineServer(certificate), new TlsContext(config), "localhost").handshake();
    }
}
