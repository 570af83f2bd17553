package io.martlet.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a request and its parts may take; where aiohttp has the same name, it means the same.
 *
 * <p>{@code null} and zero both mean no limit; negative values are refused. When a limit is reached, the
 * request ends with a {@link io.martlet.error.ClientException.TimeoutException} that names it.
 *
 * @param total         everything: waiting for a slot, connecting, sending, redirects, the body until it is read.
 *     Default: 300 s
 * @param connect       getting a connection: waiting for a slot, looking up the host, TCP, TLS. Takes no time when a kept
 *     connection is free. Default: none
 * @param socketConnect opening a connection once the addresses of the host are known, TLS included. Default: 30 s
 * @param socketRead    the longest silence of the server once the request is sent, before and during the response; it
 *     does not count while the body is held back because nobody reads it. Default: none
 * @param queue         waiting for a slot alone. Default: none
 * @param dns           looking up the host alone. Default: none
 * @param tls           the TLS handshake alone. Default: none
 * @param write         the longest time in which the server accepts no byte of the request. Default: none
 * @param firstByte     from the end of the request to the first byte of the response. Default: none
 */
public record ClientTimeout(
        @Nullable Duration total,
        @Nullable Duration connect,
        @Nullable Duration socketConnect,
        @Nullable Duration socketRead,
        @Nullable Duration queue,
        @Nullable Duration dns,
        @Nullable Duration tls,
        @Nullable Duration write,
        @Nullable Duration firstByte) {

    /** aiohttp's defaults: total 300 s, socketConnect 30 s, no other limit. */
    public static final ClientTimeout DEFAULT =
            new ClientTimeout(Duration.ofSeconds(300), null, Duration.ofSeconds(30), null);

    /** No limit at all. */
    public static final ClientTimeout NONE = new ClientTimeout(null, null, null, null);

    /**
     * The limits as given; zero becomes null. Prefer {@link #toBuilder}: further limits will be added to this record.
     *
     * @param total         everything, until the body is read
     * @param connect       getting a connection
     * @param socketConnect opening a connection once the addresses of the host are known, TLS included
     * @param socketRead    the longest silence of the server once the request is sent
     * @param queue         waiting for a slot alone
     * @param dns           looking up the host alone
     * @param tls           the TLS handshake alone
     * @param write         the longest time in which the server takes nothing of the request
     * @param firstByte     from the end of the request to the first byte of the response
     * @throws IllegalArgumentException if one is negative
     */
    public ClientTimeout {
        total = checked("total", total);
        connect = checked("connect", connect);
        socketConnect = checked("socketConnect", socketConnect);
        socketRead = checked("socketRead", socketRead);
        queue = checked("queue", queue);
        dns = checked("dns", dns);
        tls = checked("tls", tls);
        write = checked("write", write);
        firstByte = checked("firstByte", firstByte);
    }

    /**
     * The four limits that aiohttp has, and none of the others.
     *
     * @param total         everything, until the body is read; null and zero mean no limit
     * @param connect       getting a connection; null and zero mean no limit
     * @param socketConnect opening a connection once the addresses of the host are known, TLS included; null and zero mean
     *     no limit
     * @param socketRead    the longest silence of the server once the request is sent; null and zero mean no limit
     * @throws IllegalArgumentException if one is negative
     */
    public ClientTimeout(
            @Nullable Duration total,
            @Nullable Duration connect,
            @Nullable Duration socketConnect,
            @Nullable Duration socketRead) {
        this(total, connect, socketConnect, socketRead, null, null, null, null, null);
    }

    /**
     * {@return the defaults with another {@code total}}
     *
     * @param total everything, until the body is read; null and zero mean no limit
     */
    public static ClientTimeout ofTotal(@Nullable Duration total) {
        return DEFAULT.toBuilder().total(total).build();
    }

    /** {@return a builder that starts with the defaults} */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** {@return a builder that starts with these limits} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    private static @Nullable Duration checked(String name, @Nullable Duration limit) {
        if (limit != null && limit.isNegative()) {
            throw new IllegalArgumentException("timeout " + name + " is negative: " + limit);
        }
        return limit == null || limit.isZero() ? null : limit;
    }

    /** Collects limits; not thread-safe. */
    public static final class Builder {
        private @Nullable Duration total;
        private @Nullable Duration connect;
        private @Nullable Duration socketConnect;
        private @Nullable Duration socketRead;
        private @Nullable Duration queue;
        private @Nullable Duration dns;
        private @Nullable Duration tls;
        private @Nullable Duration write;
        private @Nullable Duration firstByte;

        private Builder(ClientTimeout start) {
            total = start.total;
            connect = start.connect;
            socketConnect = start.socketConnect;
            socketRead = start.socketRead;
            queue = start.queue;
            dns = start.dns;
            tls = start.tls;
            write = start.write;
            firstByte = start.firstByte;
        }

        /**
         * See {@link ClientTimeout#total}.
         *
         * @param limit for everything, until the body is read; null and zero mean none
         * @return this builder
         */
        public Builder total(@Nullable Duration limit) {
            total = limit;
            return this;
        }

        /**
         * See {@link ClientTimeout#connect}.
         *
         * @param limit for getting a connection; null and zero mean none
         * @return this builder
         */
        public Builder connect(@Nullable Duration limit) {
            connect = limit;
            return this;
        }

        /**
         * See {@link ClientTimeout#socketConnect}.
         *
         * @param limit for opening a connection, TLS included; null and zero mean none
         * @return this builder
         */
        public Builder socketConnect(@Nullable Duration limit) {
            socketConnect = limit;
            return this;
        }

        /**
         * See {@link ClientTimeout#socketRead}.
         *
         * @param limit of the silence of the server; null and zero mean none
         * @return this builder
         */
        public Builder socketRead(@Nullable Duration limit) {
            socketRead = limit;
            return this;
        }

        /**
         * See {@link ClientTimeout#queue}.
         *
         * @param limit for waiting for a slot alone; null and zero mean none
         * @return this builder
         */
        public Builder queue(@Nullable Duration limit) {
            queue = limit;
            return this;
        }

        /**
         * See {@link ClientTimeout#dns}.
         *
         * @param limit for looking up the host alone; null and zero mean none
         * @return this builder
         */
        public Builder dns(@Nullable Duration limit) {
            dns = limit;
            return this;
        }

        /**
         * See {@link ClientTimeout#tls}.
         *
         * @param limit for the TLS handshake alone; null and zero mean none
         * @return this builder
         */
        public Builder tls(@Nullable Duration limit) {
            tls = limit;
            return this;
        }

        /**
         * See {@link ClientTimeout#write}.
         *
         * @param limit of the time in which the server takes nothing; null and zero mean none
         * @return this builder
         */
        public Builder write(@Nullable Duration limit) {
            write = limit;
            return this;
        }

        /**
         * See {@link ClientTimeout#firstByte}.
         *
         * @param limit for the first byte of the response, from the end of the request; null and zero mean none
         * @return this builder
         */
        public Builder firstByte(@Nullable Duration limit) {
            firstByte = limit;
            return this;
        }

        /**
         * {@return the limits collected}
         *
         * @throws IllegalArgumentException if one is negative
         */
        public ClientTimeout build() {
            return new ClientTimeout(total, connect, socketConnect, socketRead, queue, dns, tls, write, firstByte);
        }
    }
}
