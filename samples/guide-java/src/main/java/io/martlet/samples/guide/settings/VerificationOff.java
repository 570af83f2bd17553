// Prints:
//   whoever it was said 200
package io.martlet.samples.guide.settings;

import io.martlet.async.AsyncSession;
import io.martlet.config.ConnectorConfig;
import io.martlet.config.TlsConfig;

/** A server whose certificate is not verified. For trials only: anybody could be that server. */
public final class VerificationOff {
    public static void main(String[] args) throws Exception {
        TlsConfig tls = TlsConfig.builder().insecureSkipVerification(true).build();
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(args[0])
                .connector(ConnectorConfig.builder().tls(tls).build())
                .build()) {
            System.out.println(
                    "whoever it was said " + session.blocking().get("get").status());
        }
    }
}
