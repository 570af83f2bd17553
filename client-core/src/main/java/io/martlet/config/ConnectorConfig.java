package io.martlet.config;

import io.martlet.trace.TraceListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a session gets its connections, how many it may have, and how long it keeps them. Engines other than Martlet's
 * own use {@code limit} and {@code limitPerHost} only.
 *
 * @param limit         most connections at once: in use, being opened, and idle; 0 means no limit. Default: 100
 * @param limitPerHost  most connections at once to one scheme, host and port; 0 means no limit. Default: 0
 * @param keepAlive     how long an idle connection is kept for the next request, unless the server announces a
 *     shorter time; zero means not at all. Default: 15 s
 * @param maxQueue      most requests that wait for a connection at once; one more is a
 *     {@link io.martlet.error.ClientException.QueueFullException}; 0 means no limit. Default: 0
 * @param maxAge        how long after its opening a connection may be given to another request; zero means no limit.
 *     Default: zero
 * @param forceClose    whether each connection serves only one request, which says {@code Connection: close}. Default: false
 * @param retryStale    whether a request is sent once more, on a new connection, when a kept connection turns out to have
 *     been closed by the server before any of the response arrived. This is done for idempotent requests with a
 *     replayable body (RFC 9110 §9.2.2), and for others only if not a byte of the request was taken. Default: true
 * @param tls           how TLS connections are made. Default: {@link TlsConfig#DEFAULT}
 * @param limits        how much of a response's head and framing is taken. Default: {@link Limits#DEFAULT}
 * @param resolver      who looks up hosts. Default: {@link Resolver#system()}
 * @param dnsTtl        how long the addresses of a host are used for new connections before it is looked up again; a
 *     look-up that failed is remembered for one second at most. Zero: each new connection looks it up. Default: 10 s
 * @param addressFamily which addresses of a host are used, and which first. Default: {@link AddressFamily#ANY}
 * @param localAddress  where connections start; port 0 means any. Null: the system chooses. Default: null
 * @param addressFilter asked about each address right before connecting to it; an address that it refuses is not used. It
 *     sees what a name was resolved to, so it can keep requests out of networks that they must not reach (SSRF). It may
 *     block, and is called from several threads. Null: all addresses are accepted. Default: null
 * @param traceListener is told what happens to each request on its way. Null: nobody is. Default: null
 */
public record ConnectorConfig(
        int limit,
        int limitPerHost,
        Duration keepAlive,
        int maxQueue,
        Duration maxAge,
        boolean forceClose,
        boolean retryStale,
        TlsConfig tls,
        Limits limits,
        Resolver resolver,
        Duration dnsTtl,
        AddressFamily addressFamily,
        @Nullable InetSocketAddress localAddress,
        @Nullable Predicate<? super InetSocketAddress> addressFilter,
        @Nullable TraceListener traceListener) {

    /** The defaults named above; limit 100, limitPerHost 0 and keepAlive 15 s are aiohttp's. */
    public static final ConnectorConfig DEFAULT = new ConnectorConfig(100, 0, Duration.ofSeconds(15));

    /**
     * The settings as given. Prefer {@link #toBuilder}: further settings will be added to this record.
     *
     * @param limit         most connections at once: in use, being opened, and idle; 0 means no limit
     * @param limitPerHost  most connections at once to one scheme, host and port; 0 means no limit
     * @param keepAlive     how long an idle connection is kept for the next request; zero means not at all
     * @param maxQueue      most requests that wait for a connection at once; 0 means no limit
     * @param maxAge        how long after it was opened a connection may be given to another request; zero means no
     *     limit
     * @param forceClose    whether each connection serves one request only, and is asked to close
     * @param retryStale    whether a request is sent once more when its kept connection turns out to have been closed
     * @param tls           how TLS connections are made
     * @param limits        how much of a response's head and framing is taken
     * @param resolver      who looks up hosts
     * @param dnsTtl        how long the addresses of a host are used for new connections; zero: each new connection
     *     looks it up
     * @param addressFamily which addresses of a host are used, and which first
     * @param localAddress  where connections start; null: the system chooses
     * @param addressFilter asked about each address right before it is connected to; null: all are accepted
     * @param traceListener hears what happens to each request on its way; null: nobody does
     * @throws IllegalArgumentException if one is negative
     */
    public ConnectorConfig {
        checkNotNegative("limit", limit);
        checkNotNegative("limitPerHost", limitPerHost);
        checkNotNegative("keepAlive", keepAlive);
        checkNotNegative("maxQueue", maxQueue);
        checkNotNegative("maxAge", maxAge);
        checkNotNegative("dnsTtl", dnsTtl);
    }

    /**
     * These settings, and the defaults of all others.
     *
     * @param limit        most connections at once; 0 means no limit
     * @param limitPerHost most connections at once to one scheme, host and port; 0 means no limit
     * @param keepAlive    how long an idle connection is kept for the next request; zero means not at all
     * @throws IllegalArgumentException if one is negative
     */
    public ConnectorConfig(int limit, int limitPerHost, Duration keepAlive) {
        this(
                limit,
                limitPerHost,
                keepAlive,
                0,
                Duration.ZERO,
                false,
                true,
                TlsConfig.DEFAULT,
                Limits.DEFAULT,
                Resolver.system(),
                Duration.ofSeconds(10),
                AddressFamily.ANY,
                null,
                null,
                null);
    }

    /** {@return a builder that starts with the defaults} */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** {@return a builder that starts with these settings} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    private static void checkNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("connector " + name + " is negative: " + value);
        }
    }

    private static void checkNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("connector " + name + " is negative: " + value);
        }
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {
        private int limit;
        private int limitPerHost;
        private Duration keepAlive;
        private int maxQueue;
        private Duration maxAge;
        private boolean forceClose;
        private boolean retryStale;
        private TlsConfig tls;
        private Limits limits;
        private Resolver resolver;
        private Duration dnsTtl;
        private AddressFamily addressFamily;
        private @Nullable InetSocketAddress localAddress;
        private @Nullable Predicate<? super InetSocketAddress> addressFilter;
        private @Nullable TraceListener traceListener;

        private Builder(ConnectorConfig start) {
            limit = start.limit;
            limitPerHost = start.limitPerHost;
            keepAlive = start.keepAlive;
            maxQueue = start.maxQueue;
            maxAge = start.maxAge;
            forceClose = start.forceClose;
            retryStale = start.retryStale;
            tls = start.tls;
            limits = start.limits;
            resolver = start.resolver;
            dnsTtl = start.dnsTtl;
            addressFamily = start.addressFamily;
            localAddress = start.localAddress;
            addressFilter = start.addressFilter;
            traceListener = start.traceListener;
        }

        /**
         * See {@link ConnectorConfig#limit}.
         *
         * @param connections most at once: in use, being opened, and idle; 0 means no limit
         * @return this builder
         */
        public Builder limit(int connections) {
            limit = connections;
            return this;
        }

        /**
         * See {@link ConnectorConfig#limitPerHost}.
         *
         * @param connections most at once to one scheme, host and port; 0 means no limit
         * @return this builder
         */
        public Builder limitPerHost(int connections) {
            limitPerHost = connections;
            return this;
        }

        /**
         * See {@link ConnectorConfig#keepAlive}.
         *
         * @param idle how long a connection without a request is kept; zero means not at all
         * @return this builder
         */
        public Builder keepAlive(Duration idle) {
            keepAlive = idle;
            return this;
        }

        /**
         * See {@link ConnectorConfig#maxQueue}.
         *
         * @param requests most that wait for a connection at once; 0 means no limit
         * @return this builder
         */
        public Builder maxQueue(int requests) {
            maxQueue = requests;
            return this;
        }

        /**
         * See {@link ConnectorConfig#maxAge}.
         *
         * @param age up to which a connection may be given to another request; zero means no limit
         * @return this builder
         */
        public Builder maxAge(Duration age) {
            maxAge = age;
            return this;
        }

        /**
         * See {@link ConnectorConfig#forceClose}.
         *
         * @param close true for a new connection for each request
         * @return this builder
         */
        public Builder forceClose(boolean close) {
            forceClose = close;
            return this;
        }

        /**
         * See {@link ConnectorConfig#retryStale}.
         *
         * @param retry false to fail where a kept connection turns out to have been closed
         * @return this builder
         */
        public Builder retryStale(boolean retry) {
            retryStale = retry;
            return this;
        }

        /**
         * See {@link ConnectorConfig#tls}.
         *
         * @param tls what takes the place of all TLS settings so far
         * @return this builder
         */
        public Builder tls(TlsConfig tls) {
            this.tls = tls;
            return this;
        }

        /**
         * See {@link ConnectorConfig#limits}.
         *
         * @param limits what takes the place of all of these limits so far
         * @return this builder
         */
        public Builder limits(Limits limits) {
            this.limits = limits;
            return this;
        }

        /**
         * See {@link ConnectorConfig#resolver}.
         *
         * @param resolver who looks up hosts
         * @return this builder
         */
        public Builder resolver(Resolver resolver) {
            this.resolver = resolver;
            return this;
        }

        /**
         * See {@link ConnectorConfig#dnsTtl}.
         *
         * @param time how long the addresses of a host are used; zero: each new connection looks it up
         * @return this builder
         */
        public Builder dnsTtl(Duration time) {
            dnsTtl = time;
            return this;
        }

        /**
         * See {@link ConnectorConfig#addressFamily}.
         *
         * @param family which addresses of a host are used, and which first
         * @return this builder
         */
        public Builder addressFamily(AddressFamily family) {
            addressFamily = family;
            return this;
        }

        /**
         * See {@link ConnectorConfig#localAddress}.
         *
         * @param address where connections start, port 0 for any; null: the system chooses
         * @return this builder
         */
        public Builder localAddress(@Nullable InetSocketAddress address) {
            localAddress = address;
            return this;
        }

        /**
         * See {@link ConnectorConfig#addressFilter}.
         *
         * @param filter accepts an address by true; null: all are accepted
         * @return this builder
         */
        public Builder addressFilter(@Nullable Predicate<? super InetSocketAddress> filter) {
            addressFilter = filter;
            return this;
        }

        /**
         * See {@link ConnectorConfig#traceListener}.
         *
         * @param listener hears what happens to each request; null: nobody does
         * @return this builder
         */
        public Builder traceListener(@Nullable TraceListener listener) {
            traceListener = listener;
            return this;
        }

        /**
         * {@return the settings collected}
         *
         * @throws IllegalArgumentException if one is negative
         */
        public ConnectorConfig build() {
            return new ConnectorConfig(
                    limit,
                    limitPerHost,
                    keepAlive,
                    maxQueue,
                    maxAge,
                    forceClose,
                    retryStale,
                    tls,
                    limits,
                    resolver,
                    dnsTtl,
                    addressFamily,
                    localAddress,
                    addressFilter,
                    traceListener);
        }
    }
}
