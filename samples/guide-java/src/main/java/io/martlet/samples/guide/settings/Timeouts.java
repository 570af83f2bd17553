// Prints:
//   in time: 200
//   the whole: PT0.2S
//   silence: PT0.1S
//   no limit: 200
package io.martlet.samples.guide.settings;

import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.config.ClientTimeout;
import io.martlet.error.ClientException.ReadTimeoutException;
import io.martlet.error.ClientException.TotalTimeoutException;
import java.time.Duration;

/** Limits of a session hold for each of its requests; a request may have others, or none. */
public final class Timeouts {
    public static void main(String[] args) throws Exception {
        ClientTimeout limits = ClientTimeout.builder()
                .total(Duration.ofSeconds(30)) // all of it, the body included
                .connect(Duration.ofSeconds(10)) // until there is a connection, the wait for a free one included
                .queue(Duration.ofSeconds(8)) // the wait for a free one
                .dns(Duration.ofSeconds(5)) // looking the host up
                .socketConnect(Duration.ofSeconds(5)) // opening one connection
                .tls(Duration.ofSeconds(5)) // its handshake
                .write(Duration.ofSeconds(10)) // how long the server may take nothing
                .firstByte(Duration.ofSeconds(20)) // until it begins to answer
                .socketRead(Duration.ofSeconds(10)) // how long it may be silent
                .build();
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0]).timeout(limits).build()) {
            BlockingSession web = session.blocking();
            System.out.println("in time: " + web.get("delay/0.1").status());
            try {
                web.get("delay/5", r -> r.totalTimeout(Duration.ofMillis(200)));
            } catch (TotalTimeoutException e) {
                System.out.println("the whole: " + e.limit());
            }
            try {
                ClientTimeout impatient =
                        limits.toBuilder().socketRead(Duration.ofMillis(100)).build();
                web.get("delay/5", r -> r.timeout(impatient));
            } catch (ReadTimeoutException e) {
                System.out.println("silence: " + e.limit());
            }
            System.out.println("no limit: "
                    + web.get("delay/0.1", r -> r.timeout(ClientTimeout.NONE)).status());
        }
    }
}
