package io.martlet.retry;

import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ConnectionException;
import io.martlet.error.ClientException.QueueTimeoutException;
import io.martlet.error.ClientException.RateTimeoutException;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.error.ClientException.TlsException;
import io.martlet.error.ClientException.TotalTimeoutException;
import io.martlet.error.ClientException.TruncatedBodyException;
import io.martlet.http.Attribute;
import io.martlet.http.ClientRequest;
import io.martlet.http.Deadline;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failed request is tried again, and when. Immutable except for its {@link #budget}; thread-safe.
 *
 * <p>A request is tried again only if that is harmless: its method is idempotent (RFC 9110 §9.2.2) or among {@code methods}, or
 * it has an {@code Idempotency-Key}, which is then the same in each try; and its body can be sent again. The wait before a try
 * is random, at most {@code firstDelay} before the second, twice as much before each further one, and never more than
 * {@code maxDelay} ("full jitter"). If the server sends {@code Retry-After}, the wait is that time and up to
 * {@code firstDelay} more, because other clients have heard the same. A try that could not begin before the request's total
 * limit is not made.
 *
 * @param maxAttempts   how often a request is sent at most, the first time included; 1 for no retry. Default: 3
 * @param statuses      which responses are tried again. Default: 408, 425, 429, 500, 502, 503, 504
 * @param failures      which failures are. Default: {@link #isTransient}
 * @param methods       which methods are tried again although they are not idempotent. Default: none
 * @param firstDelay    longest wait before the second try. Default: 500 ms
 * @param maxDelay      longest wait without a {@code Retry-After}. Default: 30 s
 * @param maxRetryAfter longest wait that a server may ask for; if it asks for more, this is used. Default: 2 min
 * @param budget        how many retries there may be in all. Default: 20 percent of the requests, and 10 a second
 * @param clock         what a date in {@code Retry-After} is compared to. Default: the system's
 * @param random        where the random part of waits comes from. Default: {@link ThreadLocalRandom}
 */
public record RetryPolicy(
        int maxAttempts,
        Set<Integer> statuses,
        Predicate<? super ClientException> failures,
        Set<Method> methods,
        Duration firstDelay,
        Duration maxDelay,
        Duration maxRetryAfter,
        RetryBudget budget,
        Clock clock,
        RandomGenerator random) {
    /**
     * What became of the tries before, earliest first, with requests that are tried again; trace listeners see it, too. A
     * response that was tried again is a {@link io.martlet.error.ClientException.StatusException} there. The error that
     * a request ends with, raised or thrown, has them as suppressed ones.
     */
    public static final Attribute<List<ClientException>> FAILED_TRIES = new Attribute<>("failedTries");

    private static final Set<Integer> TRANSIENT_STATUSES = Set.of(408, 425, 429, 500, 502, 503, 504);

    /** Longer than any request takes, and short enough to be calculated with. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final RandomGenerator OF_THE_THREAD =
            () -> ThreadLocalRandom.current().nextLong();

    /**
     * The policy as given. Prefer {@link #builder}.
     *
     * @param maxAttempts   how often a request is sent at most, the first time included, from 1
     * @param statuses      which responses are tried again
     * @param failures      which failures are
     * @param methods       which methods are tried again although they are not idempotent
     * @param firstDelay    longest wait before the second try, zero or more
     * @param maxDelay      longest wait there is without a {@code Retry-After}, zero or more
     * @param maxRetryAfter longest wait that a server may ask for, zero or more
     * @param budget        how many retries there are in all
     * @param clock         what a date in {@code Retry-After} is compared to
     * @param random        where the random part of waits comes from; used by any thread
     * @throws IllegalArgumentException if {@code maxAttempts} is not positive or a time is negative
     */
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts is " + maxAttempts + "; a request is sent at least once");
        }
        checkNotNegative("firstDelay", firstDelay);
        checkNotNegative("maxDelay", maxDelay);
        checkNotNegative("maxRetryAfter", maxRetryAfter);
        statuses = Set.copyOf(statuses);
        methods = Set.copyOf(methods);
    }

    private static void checkNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("retry " + name + " is negative: " + value);
        }
    }

    /**
     * {@return the defaults, with at most so many tries and a budget of its own: {@code retry = RetryPolicy.of(3)}}
     *
     * @param maxAttempts how often a request is sent at most, the first time included; 1 for no retry
     */
    public static RetryPolicy of(int maxAttempts) {
        return builder().maxAttempts(maxAttempts).build();
    }

    /** {@return a builder that starts with the defaults, and a budget of its own} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return whether the same request may succeed a little later: the connection could not be opened or broke, the server
     * was silent, or its body broke off} Not so where its certificate was refused, where the limits of this client were the
     * cause, and where the time is up.
     *
     * @param failure what a try ended with
     */
    public static boolean isTransient(ClientException failure) {
        if (failure instanceof TimeoutException) {
            return !(failure instanceof TotalTimeoutException
                    || failure instanceof QueueTimeoutException
                    || failure instanceof RateTimeoutException);
        }
        return failure instanceof TruncatedBodyException
                || failure instanceof ConnectionException && !(failure instanceof TlsException);
    }

    /**
     * {@return how long to wait before {@code request}, which failed, is sent again; null: it is not} Takes from the
     * budget.
     *
     * @param request as it was sent; its {@link ClientRequest#attempt} tells how often that has been
     * @param failure what it ended with
     */
    public @Nullable Duration waitAfter(ClientRequest request, ClientException failure) {
        return mayBeRepeated(request) && failures.test(failure)
                ? affordable(request, backoff(request.attempt()))
                : null;
    }

    /**
     * {@return how long to wait before {@code request}, now answered, is sent again; null: it is not} Takes from the
     * budget.
     *
     * @param request as it was sent; its {@link ClientRequest#attempt} tells how often that has been
     * @param status  the status of the response
     * @param headers its fields, of which {@code Retry-After} counts
     */
    public @Nullable Duration waitAfter(ClientRequest request, int status, Headers headers) {
        if (!statuses.contains(status) || !mayBeRepeated(request)) {
            return null;
        }
        String field = headers.get("Retry-After");
        Duration asked = field == null ? null : RetryAfter.parse(field, clock.instant());
        return affordable(request, asked == null ? backoff(request.attempt()) : obeying(asked));
    }

    private boolean mayBeRepeated(ClientRequest request) {
        boolean isHarmless = request.method().isIdempotent()
                || methods.contains(request.method())
                || request.headers().contains("Idempotency-Key");
        return request.attempt() < maxAttempts && isHarmless && request.body().isReplayable();
    }

    private Duration obeying(Duration asked) {
        return shorter(shorter(asked, maxRetryAfter), LONGEST).plus(upTo(firstDelay));
    }

    private Duration backoff(int attempt) {
        double longest = Math.scalb((double) shorter(firstDelay, LONGEST).toNanos(), attempt - 1);
        return upTo(longest < shorter(maxDelay, LONGEST).toNanos() ? Duration.ofNanos((long) longest) : maxDelay);
    }

    private Duration upTo(Duration longest) {
        long nanos = shorter(longest, LONGEST).toNanos();
        return Duration.ofNanos((long) (random.nextDouble() * nanos));
    }

    private @Nullable Duration affordable(ClientRequest request, Duration wait) {
        Deadline deadline = request.deadline();
        boolean isInTime = deadline == null || shorter(wait, LONGEST).toNanos() < deadline.leftNanos();
        return isInTime && budget.withdraw() ? wait : null;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Collects a policy; not thread-safe. */
    public static final class Builder {
        private int maxAttempts = 3;
        private Set<Integer> statuses = TRANSIENT_STATUSES;
        private Predicate<? super ClientException> failures = RetryPolicy::isTransient;
        private Set<Method> methods = Set.of();
        private Duration firstDelay = Duration.ofMillis(500);
        private Duration maxDelay = Duration.ofSeconds(30);
        private Duration maxRetryAfter = Duration.ofMinutes(2);
        private RetryBudget budget = new RetryBudget(0.2, 10);
        private Clock clock = Clock.systemUTC();
        private RandomGenerator random = OF_THE_THREAD;

        private Builder() {}

        /**
         * See {@link RetryPolicy#maxAttempts}.
         *
         * @param most how often a request is sent at most, the first time included; 1 for no retry
         * @return this builder
         */
        public Builder maxAttempts(int most) {
            maxAttempts = most;
            return this;
        }

        /**
         * See {@link RetryPolicy#statuses}; in the place of those before.
         *
         * @param codes which responses are tried again; without any, no response is
         * @return this builder
         */
        public Builder statuses(int... codes) {
            statuses = Arrays.stream(codes).boxed().collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /**
         * See {@link RetryPolicy#failures}.
         *
         * @param which true for a failure after which a request is tried again
         * @return this builder
         */
        public Builder failures(Predicate<? super ClientException> which) {
            failures = which;
            return this;
        }

        /**
         * See {@link RetryPolicy#methods}: whoever sends one of these twice must know that it does no harm.
         *
         * @param alsoThese which methods, beside the idempotent ones; in the place of those before
         * @return this builder
         */
        public Builder methods(Method... alsoThese) {
            methods = Stream.of(alsoThese).collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /**
         * See {@link RetryPolicy#firstDelay}.
         *
         * @param longest the longest wait before the second try, zero or more
         * @return this builder
         */
        public Builder firstDelay(Duration longest) {
            firstDelay = longest;
            return this;
        }

        /**
         * See {@link RetryPolicy#maxDelay}.
         *
         * @param longest the longest wait there is without a {@code Retry-After}, zero or more
         * @return this builder
         */
        public Builder maxDelay(Duration longest) {
            maxDelay = longest;
            return this;
        }

        /**
         * See {@link RetryPolicy#maxRetryAfter}.
         *
         * @param longest the longest wait that a server may ask for, zero or more; where it asks for more, this is waited
         * @return this builder
         */
        public Builder maxRetryAfter(Duration longest) {
            maxRetryAfter = longest;
            return this;
        }

        /**
         * See {@link RetryPolicy#budget}.
         *
         * @param retries how many there are in all; {@link RetryBudget#UNLIMITED} for any number
         * @return this builder
         */
        public Builder budget(RetryBudget retries) {
            budget = retries;
            return this;
        }

        /**
         * See {@link RetryPolicy#clock}.
         *
         * @param now what a date in {@code Retry-After} is compared to
         * @return this builder
         */
        public Builder clock(Clock now) {
            clock = now;
            return this;
        }

        /**
         * See {@link RetryPolicy#random}.
         *
         * @param source where the random part of waits comes from; used by any thread
         * @return this builder
         */
        public Builder random(RandomGenerator source) {
            random = source;
            return this;
        }

        /**
         * {@return the policy collected}
         *
         * @throws IllegalArgumentException if {@code maxAttempts} is not positive or a time is negative
         */
        public RetryPolicy build() {
            return new RetryPolicy(
                    maxAttempts,
                    statuses,
                    failures,
                    methods,
                    firstDelay,
                    maxDelay,
                    maxRetryAfter,
                    budget,
                    clock,
                    random);
        }
    }
}
