package io.martlet.config;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static io.martlet.internal.tls.TestCertificate.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.config.CertificatePin.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsConfigTest {
    private static final TrustedCertificates TRUSTED = TrustedCertificates.of(List.of(ROOT.leaf()));
    private static final CertificatePin PIN = new CertificatePin(Subject.CERTIFICATE, "ab".repeat(32));

    @Test
    void theDefaultsVerifyAndTrustTheJdk() {
        assertEquals("TlsConfig[verification=on, trusted=defaults, minVersion=TLSv1.2]", TlsConfig.DEFAULT.toString());
        assertEquals(TlsConfig.DEFAULT, TlsConfig.builder().build());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void eachSettingIsPrintedAndMakesADifference(TlsConfig.Builder builder, String printed) {
        TlsConfig config = builder.build();

        assertEquals("TlsConfig[" + printed + "]", config.toString());
        assertNotEquals(TlsConfig.DEFAULT, config);
        assertEquals(config, config.toBuilder().build());
        assertEquals(config.hashCode(), config.toBuilder().build().hashCode());
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        TlsConfig.builder().insecureSkipVerification(true),
                        "verification=OFF, trusted=defaults, minVersion=TLSv1.2"),
                Arguments.of(
                        TlsConfig.builder().trust(TRUSTED),
                        "verification=on, trusted=defaults + 1 certificate, minVersion=TLSv1.2"),
                Arguments.of(
                        TlsConfig.builder().trust(TRUSTED).trustsDefaults(false),
                        "verification=on, trusted=1 certificate, minVersion=TLSv1.2"),
                Arguments.of(
                        TlsConfig.builder().minVersion(TlsVersion.TLS_1_3),
                        "verification=on, trusted=defaults, minVersion=TLSv1.3"),
                Arguments.of(
                        TlsConfig.builder().pin(PIN),
                        "verification=on, trusted=defaults, minVersion=TLSv1.2, pins=[" + "ab".repeat(32) + "]"),
                Arguments.of(
                        TlsConfig.builder().cipherSuites(List.of("TLS_AES_128_GCM_SHA256")),
                        "verification=on, trusted=defaults, minVersion=TLSv1.2, cipherSuites=[TLS_AES_128_GCM_SHA256]"),
                Arguments.of(
                        TlsConfig.builder().clientCertificate(ClientCertificate.of(LOCALHOST.chain(), LOCALHOST.key())),
                        "verification=on, trusted=defaults, minVersion=TLSv1.2, clientCertificate=CN=server"),
                Arguments.of(
                        TlsConfig.builder().serverName("other.example"),
                        "verification=on, trusted=defaults, minVersion=TLSv1.2, serverName=other.example"));
    }

    @Test
    void theBuilderDoesNotChangeWhatItBuilt() {
        TlsConfig.Builder builder = TlsConfig.builder().pin(PIN);
        TlsConfig first = builder.build();

        builder.pin(CertificatePin.of(Subject.PUBLIC_KEY, ROOT.leaf()));

        assertEquals(1, first.pins().size());
        assertEquals(2, builder.build().pins().size());
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "EXAMPLE.com., example.com",
        "bücher.example, xn--bcher-kva.example",
        "my_host.example, my_host.example",
        "192.0.2.1, 192.0.2.1",
        "::1, [::1]",
        "[2001:DB8::1], [2001:db8::1]"
    })
    void theServerNameIsBroughtIntoOneForm(String name, String host) {
        assertEquals(host, TlsConfig.builder().serverName(name).build().serverName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "a:443",
                "user@a",
                "a?b",
                "a#b",
                "https://a",
                "127.1",
                "a\r\nb",
                "*.example"
            })
    void aServerNameThatIsNoHostIsRefused(String name) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> TlsConfig.builder().serverName(name).build());

        assertEquals("tls serverName is no host: ", e.getMessage().substring(0, 27));
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_NOT_THERE, 'tls cipher suite \"TLS_NOT_THERE\" is unknown to this JDK'",
        "TLS_ECDHE_RSA_WITH_NULL_SHA, tls cipher suite TLS_ECDHE_RSA_WITH_NULL_SHA offers no security",
        "TLS_DH_anon_WITH_AES_128_GCM_SHA256, tls cipher suite TLS_DH_anon_WITH_AES_128_GCM_SHA256 offers no security",
        "SSL_RSA_EXPORT_WITH_RC4_40_MD5, tls cipher suite SSL_RSA_EXPORT_WITH_RC4_40_MD5 offers no security",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA, tls cipher suite SSL_RSA_WITH_3DES_EDE_CBC_SHA offers no security"
    })
    void aCipherSuiteThatIsUnknownOrOffersNothingIsRefused(String suite, String message) {
        TlsConfig.Builder builder = TlsConfig.builder().cipherSuites(List.of("TLS_AES_128_GCM_SHA256", suite));

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(message, e.getMessage());
    }

    @Test
    void cipherSuitesThatDoNotFitTheVersionAreRefused() {
        TlsConfig.Builder builder = TlsConfig.builder()
                .minVersion(TlsVersion.TLS_1_3)
                .cipherSuites(List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(
                "tls cipher suites hold none for minVersion TLSv1.3: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]",
                e.getMessage());
    }

    @Test
    void trustingNobodyIsRefused() {
        TlsConfig.Builder builder = TlsConfig.builder().trustsDefaults(false);

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals("tls trusts nobody: trustsDefaults is off and no certificate is given", e.getMessage());
        builder.insecureSkipVerification(true).build();
    }
}
