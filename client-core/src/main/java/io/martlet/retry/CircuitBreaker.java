package io.martlet.retry;

import io.martlet.error.ClientException;
import io.martlet.error.ClientException.TotalTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * When to leave a server alone, for each origin by itself: {@code use(CircuitBreaker.of(0.5))}. Immutable; who counts is the
 * middleware that is made of it.
 *
 * <p>Closed, it lets everything through and counts what fails. When at least {@code failureShare} of the calls in
 * {@code window} have failed, and there were {@code minCalls}, it opens: for {@code openFor} each call is a
 * {@link io.martlet.error.ClientException.CircuitOpenException} at once, and nothing is sent. Then it is half open: it lets
 * {@code probes} calls through, and refuses others meanwhile. If all of them succeed it closes, if one fails it opens again.
 *
 * <p><b>Use it</b> where many requests go to few servers, and one that hangs would hold them all up until their time limits;
 * where there is something better to do than to wait, such as an older answer or another server. <b>Do not use it</b> for
 * sporadic requests, which never make a sample, where one origin stands for many servers of which one is ill, or against
 * overload alone: a {@link RetryBudget} and a {@link io.martlet.rate.RateLimit} send less instead of nothing.
 *
 * <p>Retries are outside of it: each try counts, and an open circuit ends them, as it is open for longer than they wait. Only
 * the head of a response counts; a body that breaks off does not. What this client is the cause of, such as waiting for a
 * connection until {@code queue}, is neither success nor failure; nor is what the caller cancels. A {@code total} that is over is
 * a failure, wherever the time went: where many wait for connections, set {@code timeout.queue} below it. A probe that hangs for
 * longer than {@code openFor} makes room for another.
 *
 * @param failureShare how much must fail, more than 0 and at most 1
 * @param window       for how long a call is counted, to a tenth of it. Default: 10 s
 * @param minCalls     how many calls must be counted before it opens, from 1. Default: 20
 * @param openFor      how long nothing is let through. Default: 10 s
 * @param probes       how many calls must succeed before it closes, from 1. Default: 1
 * @param statuses     which responses are failures. Default: 500, 502, 503, 504
 * @param failures     which errors are. Default: {@link #isOfTheServer}
 * @param nanoClock    what time passes by, in nanoseconds from any point in time. Default: {@link System#nanoTime}
 */
public record CircuitBreaker(
        double failureShare,
        Duration window,
        int minCalls,
        Duration openFor,
        int probes,
        Set<Integer> statuses,
        Predicate<? super ClientException> failures,
        LongSupplier nanoClock) {
    private static final Duration SHORTEST_WINDOW = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * The breaker as given. Prefer {@link #of} and {@link #builder}: further settings will be added.
     *
     * @param failureShare how much must fail, more than 0 and at most 1
     * @param window       for how long a call is counted, to a tenth of it; from 10 ms to a year
     * @param minCalls     how many calls must be counted before it opens, from 1
     * @param openFor      how long nothing is let through, from 10 ms to a year
     * @param probes       how many calls must succeed before it closes, from 1
     * @param statuses     which responses are failures
     * @param failures     which errors are
     * @param nanoClock    what time passes by, in nanoseconds from any point in time
     * @throws IllegalArgumentException if a share is not in its range, a number not positive, or a time shorter than 10 ms or
     *     longer than a year
     */
    public CircuitBreaker {
        if (!(failureShare > 0 && failureShare <= 1)) {
            throw new IllegalArgumentException("failureShare is " + failureShare + "; it is more than 0 and at most 1");
        }
        checkTime("window", window);
        checkTime("openFor", openFor);
        checkNumber("minCalls", minCalls);
        checkNumber("probes", probes);
        statuses = Set.copyOf(statuses);
    }

    private static void checkTime(String name, Duration value) {
        if (value.compareTo(SHORTEST_WINDOW) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "circuit breaker " + name + " is " + value + "; it is from 10 ms to a year");
        }
    }

    private static void checkNumber(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("circuit breaker " + name + " is " + value + "; it is at least 1");
        }
    }

    /**
     * {@return the defaults, opened by that share of failures}
     *
     * @param failureShare how much must fail, more than 0 and at most 1
     */
    public static CircuitBreaker of(double failureShare) {
        return builder(failureShare).build();
    }

    /**
     * {@return a builder that starts with the defaults}
     *
     * @param failureShare how much must fail, more than 0 and at most 1
     */
    public static Builder builder(double failureShare) {
        return new Builder(failureShare);
    }

    /**
     * {@return whether the server is the cause: what is {@link RetryPolicy#isTransient}, and a total limit that was
     * reached}
     *
     * @param failure what a call ended with
     */
    public static boolean isOfTheServer(ClientException failure) {
        return failure instanceof TotalTimeoutException || RetryPolicy.isTransient(failure);
    }

    /** Collects a breaker; not thread-safe. */
    public static final class Builder {
        private final double failureShare;
        private Duration window = Duration.ofSeconds(10);
        private int minCalls = 20;
        private Duration openFor = Duration.ofSeconds(10);
        private int probes = 1;
        private Set<Integer> statuses = Set.of(500, 502, 503, 504);
        private Predicate<? super ClientException> failures = CircuitBreaker::isOfTheServer;
        private LongSupplier nanoClock = System::nanoTime;

        private Builder(double failureShare) {
            this.failureShare = failureShare;
        }

        /**
         * See {@link CircuitBreaker#window}.
         *
         * @param counted for how long a call is counted, from 10 ms to a year
         * @return this builder
         */
        public Builder window(Duration counted) {
            window = counted;
            return this;
        }

        /**
         * See {@link CircuitBreaker#minCalls}.
         *
         * @param fewest how many calls must be counted before it opens, from 1
         * @return this builder
         */
        public Builder minCalls(int fewest) {
            minCalls = fewest;
            return this;
        }

        /**
         * See {@link CircuitBreaker#openFor}.
         *
         * @param time how long nothing is let through, from 10 ms to a year
         * @return this builder
         */
        public Builder openFor(Duration time) {
            openFor = time;
            return this;
        }

        /**
         * See {@link CircuitBreaker#probes}.
         *
         * @param calls how many must succeed before it closes, from 1
         * @return this builder
         */
        public Builder probes(int calls) {
            probes = calls;
            return this;
        }

        /**
         * See {@link CircuitBreaker#statuses}; in the place of those before.
         *
         * @param codes which responses are failures; without any, no response is one
         * @return this builder
         */
        public Builder statuses(int... codes) {
            statuses = Arrays.stream(codes).boxed().collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /**
         * See {@link CircuitBreaker#failures}.
         *
         * @param which true for an error that counts as a failure
         * @return this builder
         */
        public Builder failures(Predicate<? super ClientException> which) {
            failures = which;
            return this;
        }

        /**
         * See {@link CircuitBreaker#nanoClock}.
         *
         * @param nanos what time passes by, in nanoseconds from any point in time
         * @return this builder
         */
        public Builder nanoClock(LongSupplier nanos) {
            nanoClock = nanos;
            return this;
        }

        /**
         * {@return the breaker collected}
         *
         * @throws IllegalArgumentException if a share is not in its range, a number not positive, or a time shorter than 10 ms
         *     or longer than a year
         */
        public CircuitBreaker build() {
            return new CircuitBreaker(failureShare, window, minCalls, openFor, probes, statuses, failures, nanoClock);
        }
    }
}
