package io.martlet.retry;

import io.martlet.body.SourceBody;
import io.martlet.http.ClientRequest;
import java.time.Duration;

/**
 * When not to wait for a slow answer alone: {@code use(Hedging.after(Duration.ofMillis(300)))}. A request that has no response
 * after {@code delay} is sent once more, beside the first; the response that comes first is the answer, whatever its status,
 * and the other is cancelled and closed. Immutable but for its {@link #budget}, thread-safe.
 *
 * <p>Only what is harmless is sent twice: the method is idempotent (RFC 9110 §9.2.2), or there is an {@code Idempotency-Key},
 * which all have; and the body is in memory, as two may be sending it at once. Where one fails while another is on its way, the other is waited for; where none
 * is left the first failure is thrown, with the others as suppressed ones.
 *
 * <p>Keep one policy for all requests that it is for: each has a budget of its own, and a new one always has a try left.
 *
 * <p><b>Use it</b> for reads where a few answers take much longer than the rest for no reason of their own, such as one slow server
 * behind many; with a delay that 95 of 100 answers do not need. <b>Do not use it</b> where all is slow, as then it is load that
 * makes it so, and the budget is all that keeps hedging from adding to it; nor where an answer costs the server much.
 *
 * <p>The time for which a request waits for a connection, or for its turn by a rate limit, counts: a delay should be longer.
 *
 * @param delay    how long to wait before each further try, more than 0
 * @param maxExtra how many further tries there are at most, from 1. Default: 1
 * @param budget   how many there are in all. Default: for 5 percent of the requests, and 1 a second
 */
public record Hedging(Duration delay, int maxExtra, RetryBudget budget) {
    /**
     * The policy as given.
     *
     * @param delay    how long to wait before each further try, more than 0
     * @param maxExtra how many further tries there are at most, from 1
     * @param budget   how many there are in all
     * @throws IllegalArgumentException if {@code delay} or {@code maxExtra} is not positive
     */
    public Hedging {
        if (delay.isNegative() || delay.isZero()) {
            throw new IllegalArgumentException("hedging delay is " + delay + "; it is more than 0");
        }
        if (maxExtra < 1) {
            throw new IllegalArgumentException("hedging maxExtra is " + maxExtra + "; it is at least 1");
        }
    }

    /**
     * {@return a policy of one further try after {@code delay}, within a budget of its own}
     *
     * @param delay how long to wait for a response before it, more than 0
     */
    public static Hedging after(Duration delay) {
        return new Hedging(delay, 1, new RetryBudget(0.05, 1));
    }

    /**
     * {@return this policy with another {@link #maxExtra}, and the same budget}
     *
     * @param furtherTries how many there are at most for one request, from 1
     */
    public Hedging atMost(int furtherTries) {
        return new Hedging(delay, furtherTries, budget);
    }

    /**
     * {@return this policy with another {@link #budget}}
     *
     * @param furtherTries how many there are in all; {@link RetryBudget#UNLIMITED} for any number
     */
    public Hedging budget(RetryBudget furtherTries) {
        return new Hedging(delay, maxExtra, furtherTries);
    }

    /**
     * {@return whether {@code request} may be sent more than once}
     *
     * @param request what is to be sent; its method, its fields and its body count
     */
    public boolean concerns(ClientRequest request) {
        boolean isHarmless =
                request.method().isIdempotent() || request.headers().contains("Idempotency-Key");
        return isHarmless && request.body().isReplayable() && !(request.body() instanceof SourceBody);
    }
}
