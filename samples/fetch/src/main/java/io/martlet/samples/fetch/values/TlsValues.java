package io.martlet.samples.fetch.values;

import io.martlet.config.CertificatePin;
import io.martlet.config.ClientCertificate;
import io.martlet.config.TlsConfig;
import io.martlet.config.TlsVersion;
import io.martlet.config.TrustedCertificates;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a {@link TlsConfig} of what the options for TLS say. */
public record TlsValues(
        @Nullable String cacert,
        @Nullable String cert,
        @Nullable String key,
        boolean insecure,
        @Nullable String tlsMin,
        List<String> pins) {

    public TlsConfig config() {
        TlsConfig.Builder tls = TlsConfig.builder();
        if (cacert != null) {
            Path file = BodyValues.path("--cacert", cacert);
            tls.trustsDefaults(false).trust(value("--cacert", () -> TrustedCertificates.pem(file)));
        }
        if (cert != null) {
            Path chain = BodyValues.path("--cert", cert);
            Path ofKey = key == null ? chain : BodyValues.path("--key", key);
            tls.clientCertificate(value("--cert", () -> ClientCertificate.pem(chain, ofKey)));
        }
        if (insecure) {
            tls.insecureSkipVerification(true);
        }
        if (tlsMin != null) {
            tls.minVersion(version(tlsMin));
        }
        if (!pins.isEmpty()) {
            tls.pin(pins.stream().map(TlsValues::pin).toArray(CertificatePin[]::new));
        }
        return tls.build();
    }

    private static TlsVersion version(String text) {
        return switch (text) {
            case "1.2" -> TlsVersion.TLS_1_2;
            case "1.3" -> TlsVersion.TLS_1_3;
            default -> throw OptionException.of("--tls-min", "must be 1.2 or 1.3 but was '" + text + "'");
        };
    }

    private static CertificatePin pin(String text) {
        return value(
                "--pin",
                () -> text.startsWith("sha") ? CertificatePin.publicKey(text) : CertificatePin.certificate(text));
    }

    /** The library's own message says what is wrong with it. */
    private static <T> T value(String option, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw OptionException.of(option, String.valueOf(e.getMessage()));
        }
    }
}
