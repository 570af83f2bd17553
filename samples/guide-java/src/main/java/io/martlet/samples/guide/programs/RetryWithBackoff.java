// Prints:
//   get: 200
//   503: gave up at try 3, after 2 others
//   404: would be the same again, gave up at try 1
package io.martlet.samples.guide.programs;

import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.error.ClientException.StatusException;
import io.martlet.retry.RetryPolicy;
import java.time.Duration;

/** Failed requests that may be repeated are tried up to three times; the waits are random, and their limit doubles. */
public final class RetryWithBackoff {
    public static void main(String[] args) throws Exception {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(3)
                .firstDelay(Duration.ofMillis(50))
                .maxDelay(Duration.ofSeconds(1))
                .build();
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(args[0])
                .retry(policy)
                .raiseForStatus(true)
                .build()) {
            BlockingSession web = session.blocking();
            System.out.println("get: " + web.get("get").status());
            try {
                web.get("status/503");
            } catch (StatusException e) {
                System.out.println(
                        "503: gave up at try " + e.attempt() + ", after " + e.getSuppressed().length + " others");
            }
            try {
                web.get("status/404");
            } catch (StatusException e) {
                System.out.println("404: would be the same again, gave up at try " + e.attempt());
            }
        }
    }
}
