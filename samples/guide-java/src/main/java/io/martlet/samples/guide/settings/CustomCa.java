// Prints:
//   without it: TlsException
//   with it: 200
package io.martlet.samples.guide.settings;

import io.martlet.async.AsyncSession;
import io.martlet.config.ConnectorConfig;
import io.martlet.config.TlsConfig;
import io.martlet.config.TrustedCertificates;
import io.martlet.error.ClientException.TlsException;
import java.nio.file.Path;

/** A server whose certificate is signed by a CA of your own. */
public final class CustomCa {
    public static void main(String[] args) throws Exception {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            session.blocking().get("get");
        } catch (TlsException e) {
            System.out.println("without it: " + e.getClass().getSimpleName());
        }
        // Beside the authorities that the JDK trusts; trustsDefaults(false) leaves those out.
        TlsConfig tls = TlsConfig.builder()
                .trust(TrustedCertificates.pem(Path.of(args[1])))
                .build();
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(args[0])
                .connector(ConnectorConfig.builder().tls(tls).build())
                .build()) {
            System.out.println("with it: " + session.blocking().get("get").status());
        }
    }
}
