package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.async.Engines;
import io.martlet.config.AddressFamily;
import io.martlet.config.CertificatePin;
import io.martlet.config.ClientCertificate;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.config.Limits;
import io.martlet.config.RedirectFilter;
import io.martlet.config.RequestOptions;
import io.martlet.config.Resolver;
import io.martlet.config.SessionConfig;
import io.martlet.config.TlsConfig;
import io.martlet.config.TlsVersion;
import io.martlet.config.TrustedCertificates;
import io.martlet.retry.RetryBudget;
import io.martlet.retry.RetryPolicy;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A careful session: limited in time and size, patient with a failing server, strict about whom it trusts. */
final class Settings implements Chapter {
    private static ClientTimeout times() {
        ClientTimeout.Builder times = ClientTimeout.builder();
        return times.total(Duration.ofSeconds(20))
                .connect(Duration.ofSeconds(5))
                .socketRead(Duration.ofSeconds(5))
                .build();
    }

    /** Up to three attempts, and retries for no more than a tenth of all requests. */
    private static RetryPolicy patience() {
        RetryPolicy.Builder policy = RetryPolicy.builder();
        return policy.maxAttempts(3)
                .firstDelay(Duration.ofMillis(1))
                .budget(new RetryBudget(0.1, 10))
                .build();
    }

    /** Which servers are trusted, and who we are, if {@code certificates} has a certificate for us. */
    static TlsConfig tls(Path certificates, char[] password) {
        TlsConfig.Builder tls = TlsConfig.builder();
        return tls.minVersion(TlsVersion.TLS_1_3)
                .trust(TrustedCertificates.pem(certificates.resolve("ca.pem")))
                .clientCertificate(ClientCertificate.pkcs12(certificates.resolve("client.p12"), password))
                .pin(pin("0".repeat(64)))
                .build();
    }

    private static CertificatePin pin(String sha256) {
        return new CertificatePin(CertificatePin.Subject.CERTIFICATE, sha256);
    }

    private static ConnectorConfig connections() {
        Resolver hostsFile = host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
        Limits.Builder limits = Limits.builder();
        ConnectorConfig.Builder connections = ConnectorConfig.builder();
        return connections
                .limit(20)
                .limitPerHost(4)
                .resolver(hostsFile)
                .addressFamily(AddressFamily.IPV4_ONLY)
                .limits(limits.maxHeaders(50).build())
                .build();
    }

    @Override
    public void tell(String url, PrintStream out) {
        RedirectFilter onlyHere = (redirect, next) -> redirect.url().sameOrigin(next.url());
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(url.replace("127.0.0.1", "demo.test"))
                .engine(Engines.wire())
                .timeout(times())
                .connector(connections())
                .retry(patience())
                .options(options -> choose(options, onlyHere))
                .build()) {
            out.println("at the second attempt: "
                    + session.get("flaky/1?key=settings").join().status());
            out.println("a redirect that was not followed: "
                    + session.get("redirect-to?url=http://elsewhere.test/")
                            .join()
                            .status());
            SessionConfig config = session.config();
            out.println("at most " + config.connector().limits().maxHeaders() + " fields in a response");
            out.println("by default " + Limits.DEFAULT.maxHeaders());
        }
    }

    private static void choose(RequestOptions.Builder options, RedirectFilter filter) {
        options.redirectFilter(filter).maxBufferedBody(1 << 20);
        RequestOptions chosen = options.build();
        if (chosen.maxBufferedBody() > RequestOptions.DEFAULT.maxBufferedBody()) {
            throw new IllegalStateException("careful sessions take less than others");
        }
    }
}
