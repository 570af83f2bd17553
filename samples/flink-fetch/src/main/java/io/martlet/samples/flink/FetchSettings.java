package io.martlet.samples.flink;

import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.cookie.CookieJar;
import io.martlet.rate.RateLimit;
import io.martlet.retry.RetryPolicy;
import java.io.Serializable;
import java.time.Duration;

/**
 * What requests are like. Goes to the task managers in its serialised form.
 *
 * @param concurrency most requests at once in each slot, from 1
 * @param rate        requests a second of all slots together, retries and redirects included; infinity for any number
 * @param retries     how often what failed is tried again, from 0
 * @param timeout     limit for each request as a whole, waits and retries included; more than 0, as a request that
 *                    never ends would keep its place in the slot for ever
 * @param maxBody     longest body in bytes that is taken, from 1; a slot holds up to {@code concurrency} of them
 */
record FetchSettings(int concurrency, double rate, int retries, Duration timeout, long maxBody)
        implements Serializable {
    FetchSettings {
        check("concurrency", concurrency, concurrency >= 1);
        check("rate", rate, rate > 0);
        check("retries", retries, retries >= 0);
        check("timeout", timeout, !timeout.isNegative() && !timeout.isZero());
        check("maxBody", maxBody, maxBody >= 1);
    }

    private static void check(String name, Object value, boolean isRight) {
        if (!isRight) {
            throw new IllegalArgumentException(name + " is " + value);
        }
    }

    /**
     * A session for one slot, which has its share of the rate. It keeps no cookies: what a URL gives must not depend on
     * the slot that it comes to.
     *
     * @param slots how many there are in all
     */
    AsyncSession open(int slots) {
        AsyncSessionBuilder session = AsyncSession.builder()
                .timeout(ClientTimeout.ofTotal(timeout))
                .connector(ConnectorConfig.builder().limit(concurrency).build())
                .cookieJar(CookieJar.NONE)
                .options(options -> options.maxBufferedBody(maxBody));
        if (Double.isFinite(rate)) {
            session.rateLimit(RateLimit.perSecond(rate / slots));
        }
        if (retries > 0) {
            session.retry(RetryPolicy.of(retries + 1));
        }
        return session.build();
    }

    /**
     * Whether a slot that is full gives each of its requests a turn within {@code timeout}; otherwise some would fail
     * for no other reason than the rate.
     */
    boolean isRateEnough(int slots) {
        return (double) concurrency * slots / rate < timeout.toMillis() / 1e3;
    }
}
