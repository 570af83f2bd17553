package io.martlet.config;

import java.time.Duration;

/**
 * How many connections a session may have, and how long it keeps them.
 *
 * @param limit        most connections in use at once; 0 means no limit. Default: 100
 * @param limitPerHost most connections in use at once to one scheme, host and port; 0 means no limit. Default: 0
 * @param keepAlive    how long an idle connection is kept for the next request; zero means not at all. Default: 15 s.
 *     Stock CIO keeps none, whatever this says
 */
public record ConnectorConfig(int limit, int limitPerHost, Duration keepAlive) {
    /** aiohttp's defaults: limit 100, limitPerHost 0, keepAlive 15 s. */
    public static final ConnectorConfig DEFAULT = new ConnectorConfig(100, 0, Duration.ofSeconds(15));

    /**
     * The settings as given. Prefer {@link #toBuilder}: further settings will be added to this record.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public ConnectorConfig {
        checkNotNegative("limit", limit);
        checkNotNegative("limitPerHost", limitPerHost);
        if (keepAlive.isNegative()) {
            throw new IllegalArgumentException("connector keepAlive is negative: " + keepAlive);
        }
    }

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** A builder that starts with these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    private static void checkNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("connector " + name + " is negative: " + value);
        }
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {
        private int limit;
        private int limitPerHost;
        private Duration keepAlive;

        private Builder(ConnectorConfig start) {
            limit = start.limit;
            limitPerHost = start.limitPerHost;
            keepAlive = start.keepAlive;
        }

        /** See {@link ConnectorConfig#limit}. */
        public Builder limit(int connections) {
            limit = connections;
            return this;
        }

        /** See {@link ConnectorConfig#limitPerHost}. */
        public Builder limitPerHost(int connections) {
            limitPerHost = connections;
            return this;
        }

        /** See {@link ConnectorConfig#keepAlive}. */
        public Builder keepAlive(Duration idle) {
            keepAlive = idle;
            return this;
        }

        /**
         * The settings collected.
         *
         * @throws IllegalArgumentException if one is negative
         */
        public ConnectorConfig build() {
            return new ConnectorConfig(limit, limitPerHost, keepAlive);
        }
    }
}
