package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.async.Errors;
import io.martlet.config.ClientTimeout;
import io.martlet.rate.RateLimit;
import io.martlet.retry.CircuitBreaker;
import io.martlet.retry.Hedging;
import io.martlet.retry.RetryAfter;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Keeps a client from being a burden: a limit on requests per second, and none to a server that is failing. */
final class Restraint implements Chapter {
    @Override
    public void tell(String url, PrintStream out) {
        AsyncSessionBuilder twoADay = AsyncSession.builder()
                .rateLimit(RateLimit.of(1, Duration.ofDays(1)).burst(2))
                .timeout(ClientTimeout.ofTotal(Duration.ofMinutes(1)));
        try (AsyncSession session = twoADay.baseUrl(url).build()) {
            for (int i = 0; i < 3; i++) {
                out.println("by the rate limit: " + outcome(session, "get"));
            }
        }

        CircuitBreaker.Builder breaker = CircuitBreaker.builder(0.5);
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(url)
                .use(breaker.minCalls(2).openFor(Duration.ofMinutes(1)).build())
                .use(Hedging.after(Duration.ofSeconds(10)))
                .build()) {
            for (int i = 0; i < 3; i++) {
                out.println("by the circuit breaker: " + outcome(session, "status/503"));
            }
        }

        try (AsyncSession session = AsyncSession.builder().baseUrl(url).build()) {
            String comeBack = session.get("response-headers?Retry-After=120")
                    .join()
                    .headers()
                    .get("Retry-After");
            out.println("the server wants " + RetryAfter.parse(comeBack, Instant.now()) + " of rest");
        }
    }

    private static String outcome(AsyncSession session, String path) {
        return session.get(path)
                .thenApply(response -> "" + response.status())
                .exceptionally(error -> Advice.on(Errors.unwrap(error)))
                .join();
    }
}
