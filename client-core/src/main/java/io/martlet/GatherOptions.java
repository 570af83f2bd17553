package io.martlet;

import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Url;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How {@code gather}, {@code gatherOutcomes} and {@code asCompleted} go through many elements. Immutable.
 *
 * @param concurrency      how many run at once. Default: 100
 * @param perHost          how many of these for one host; 0: no limit. An element whose host is busy is put aside, and others
 *     are taken in its place. Default: 0
 * @param host             to which host an element belongs. Default: {@link #originOf}
 * @param lookAhead        how many elements may be put aside; once there are so many, no more are taken until a host is free.
 *     This bounds the memory used. Default: 1,000
 * @param total            how many elements there are; -1: not known, unless they are a collection. Default: -1
 * @param progress         is told about the progress, by one thread at a time; if it throws, everything ends. Null: nobody is.
 *     Default: null
 * @param progressInterval how often, at most; zero: after each element. The last report comes at the end. Default: 500 ms
 * @param nanoClock        what tells the time, in nanoseconds from any point. Default: {@link System#nanoTime}
 * @param <T>              what the elements are
 */
public record GatherOptions<T extends @Nullable Object>(
        int concurrency,
        int perHost,
        Function<? super T, String> host,
        int lookAhead,
        long total,
        @Nullable Consumer<? super GatherProgress> progress,
        Duration progressInterval,
        LongSupplier nanoClock) {

    /**
     * The options as given. Prefer {@link #builder}: further options will be added to this record.
     *
     * @param concurrency      how many run at once, from 1
     * @param perHost          how many of these for one host; 0: no limit
     * @param host             to which host an element belongs
     * @param lookAhead        how many elements may be put aside, from 1
     * @param total            how many elements there are; -1: not known
     * @param progress         hears how far it has come; null: nobody does
     * @param progressInterval how often, at most; zero: after each element
     * @param nanoClock        what tells the time, in nanoseconds from any point
     * @throws IllegalArgumentException if a number is out of range
     */
    public GatherOptions {
        check(concurrency > 0, "concurrency must be positive, and is ", concurrency);
        check(perHost >= 0, "perHost is 0 for no limit, or positive, and is ", perHost);
        check(lookAhead > 0, "lookAhead must be positive, and is ", lookAhead);
        check(total >= -1, "total is -1 if it is not known, and is ", total);
        check(!progressInterval.isNegative(), "progressInterval must not be negative, and is ", progressInterval);
    }

    private static void check(boolean isGood, String rule, Object value) {
        if (!isGood) {
            throw new IllegalArgumentException(rule + value);
        }
    }

    /**
     * {@return scheme, host and port of an element that is a {@link Url}, a {@link ClientRequest} or prints as an absolute
     * URL; an empty text for others, relative URLs among them, which therefore count as one host}
     *
     * @param element what is asked about; null is one of the others
     */
    public static String originOf(@Nullable Object element) {
        if (element instanceof Url url) {
            return url.origin();
        }
        if (element instanceof ClientRequest request) {
            return request.url().origin();
        }
        try {
            return Url.parse(String.valueOf(element)).origin();
        } catch (InvalidUrlException e) {
            return "";
        }
    }

    /**
     * {@return the defaults, with so many at once}
     *
     * @param <T>         what the elements are
     * @param concurrency how many run at once, from 1
     */
    public static <T extends @Nullable Object> GatherOptions<T> of(int concurrency) {
        return GatherOptions.<T>builder().concurrency(concurrency).build();
    }

    /**
     * {@return a builder that starts with the defaults}
     *
     * @param <T> what the elements are
     */
    public static <T extends @Nullable Object> Builder<T> builder() {
        return new Builder<>();
    }

    /** {@return a builder that starts with these options} */
    public Builder<T> toBuilder() {
        Builder<T> builder = new Builder<>();
        builder.concurrency = concurrency;
        builder.perHost = perHost;
        builder.host = host;
        builder.lookAhead = lookAhead;
        builder.total = total;
        builder.progress = progress;
        builder.progressInterval = progressInterval;
        builder.nanoClock = nanoClock;
        return builder;
    }

    /** These options, with {@code count} for the total where none is told. */
    GatherOptions<T> counting(long count) {
        return total >= 0 ? this : toBuilder().total(count).build();
    }

    /** To which host {@code element} belongs. */
    String hostOf(T element) {
        return host.apply(element);
    }

    /**
     * Collects options; not thread-safe.
     *
     * @param <T> what the elements are
     */
    public static final class Builder<T extends @Nullable Object> {
        private int concurrency = 100;
        private int perHost;
        private Function<? super T, String> host = GatherOptions::originOf;
        private int lookAhead = 1000;
        private long total = -1;
        private @Nullable Consumer<? super GatherProgress> progress;
        private Duration progressInterval = Duration.ofMillis(500);
        private LongSupplier nanoClock = System::nanoTime;

        private Builder() {}

        /**
         * See {@link GatherOptions#concurrency}.
         *
         * @param most how many run at once, from 1
         * @return this builder
         */
        public Builder<T> concurrency(int most) {
            concurrency = most;
            return this;
        }

        /**
         * See {@link GatherOptions#perHost}.
         *
         * @param most how many of these for one host; 0: no limit
         * @return this builder
         */
        public Builder<T> perHost(int most) {
            perHost = most;
            return this;
        }

        /**
         * See {@link GatherOptions#host}.
         *
         * @param of what tells the host of an element; elements with equal texts belong to one host
         * @return this builder
         */
        public Builder<T> host(Function<? super T, String> of) {
            host = of;
            return this;
        }

        /**
         * See {@link GatherOptions#lookAhead}.
         *
         * @param most how many elements may be put aside, from 1
         * @return this builder
         */
        public Builder<T> lookAhead(int most) {
            lookAhead = most;
            return this;
        }

        /**
         * See {@link GatherOptions#total}.
         *
         * @param count how many elements there are; -1: not known, unless they are a collection
         * @return this builder
         */
        public Builder<T> total(long count) {
            total = count;
            return this;
        }

        /**
         * See {@link GatherOptions#progress}.
         *
         * @param listener hears how far it has come; null: nobody does
         * @return this builder
         */
        public Builder<T> progress(@Nullable Consumer<? super GatherProgress> listener) {
            progress = listener;
            return this;
        }

        /**
         * See {@link GatherOptions#progressInterval}.
         *
         * @param atMost how often the listener hears of it; zero: after each element
         * @return this builder
         */
        public Builder<T> progressInterval(Duration atMost) {
            progressInterval = atMost;
            return this;
        }

        /**
         * See {@link GatherOptions#nanoClock}.
         *
         * @param clock what tells the time, in nanoseconds from any point
         * @return this builder
         */
        public Builder<T> nanoClock(LongSupplier clock) {
            nanoClock = clock;
            return this;
        }

        /**
         * {@return the options collected}
         *
         * @throws IllegalArgumentException if a number is out of range
         */
        public GatherOptions<T> build() {
            return new GatherOptions<>(
                    concurrency, perHost, host, lookAhead, total, progress, progressInterval, nanoClock);
        }
    }
}
