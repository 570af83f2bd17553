// Prints:
//   without it: TlsException
//   with it: 200
package io.martlet.samples.guide.settings;

import io.martlet.async.AsyncSession;
import io.martlet.config.ConnectorConfig;
import io.martlet.config.TlsConfig;
import io.martlet.config.TrustedCertificates;
import io.martlet.error.ClientException;
import java.nio.file.Path;

/** A server that answers only those who show a certificate. */
public final class ClientCertificate {
    public static void main(String[] args) throws Exception {
        TlsConfig anonymous = TlsConfig.builder()
                .trust(TrustedCertificates.pem(Path.of(args[1])))
                .build();
        TlsConfig known = anonymous.toBuilder()
                .clientCertificate(io.martlet.config.ClientCertificate.pem(Path.of(args[2]), Path.of(args[3])))
                .build();
        print("without it", args[0], anonymous);
        print("with it", args[0], known);
    }

    private static void print(String title, String url, TlsConfig tls) throws InterruptedException {
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(url)
                .connector(ConnectorConfig.builder().tls(tls).build())
                .build()) {
            System.out.println(title + ": " + session.blocking().get("get").status());
        } catch (ClientException e) {
            System.out.println(title + ": " + e.getClass().getSimpleName());
        }
    }
}
