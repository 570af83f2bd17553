package io.martlet.config;

import io.martlet.auth.Authentication;
import io.martlet.body.JsonCodec;
import io.martlet.http.Headers;
import io.martlet.retry.RetryPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Options that a session sets for all its requests, and that each request may override.
 *
 * @param timeout         time limits. Default: {@link ClientTimeout#DEFAULT}
 * @param followRedirects whether 301, 302, 303, 307 and 308 with a {@code Location} are followed. Default: true
 * @param maxRedirects    how many redirects are followed; one more is an error, so with 0 the first one is.
 *     Default: 10
 * @param raiseForStatus  whether a status of 400 or above is an error. Default: false
 * @param maxBufferedBody longest response body in bytes that is held in memory; 0 means no limit. Streamed bodies have
 *     no limit. Default: 64 MiB
 * @param jsonCodec       how objects become JSON and back. Default: {@link JsonCodec#NONE}, which the faces replace
 * @param decompress      whether compressed responses are asked for, and bodies decoded as their {@code Content-Encoding}
 *     says (RFC 9110 §8.4): gzip and deflate, br with Brotli4j and zstd with zstd-jni on the class path, up to five of
 *     them in a row. A partial body (206), and one with any other coding, is handed over as it was sent; if this is false,
 *     every body is. Nothing is asked for where {@code Accept-Encoding} or {@code Range} is set. Corrupt
 *     content is a {@link io.martlet.error.ClientException.PayloadException}. Default: true
 * @param auth            who is asking, sent only to the origin that {@link Authentication} names. Null: nobody. Default: null
 * @param followDowngrades whether redirects from https to http are followed, without credentials; if not, such a
 *     redirect is an error. Default: true
 * @param redirectFilter  sees each redirect before it is followed, and may refuse it. Default:
 *     {@link RedirectFilter#ALL}
 * @param requireJsonType whether a body is read as JSON only if its {@code Content-Type} says that it is. Default:
 *     false, since many servers call JSON something else
 * @param skipAutoHeaders which of {@code Accept}, {@code Accept-Encoding}, {@code Content-Type} and {@code User-Agent} are
 *     not added automatically; a field that is set is sent. Names may be given in any case, and are kept in this one.
 *     Default: none
 * @param retry           whether a failed request is tried again, and when. Null: it is not. Default: null
 */
public record RequestOptions(
        ClientTimeout timeout,
        boolean followRedirects,
        int maxRedirects,
        boolean raiseForStatus,
        long maxBufferedBody,
        JsonCodec jsonCodec,
        boolean decompress,
        @Nullable Authentication auth,
        boolean followDowngrades,
        RedirectFilter redirectFilter,
        boolean requireJsonType,
        Set<String> skipAutoHeaders,
        @Nullable RetryPolicy retry) {

    /** The fields that are sent by themselves and need not be. */
    private static final List<String> AUTO_HEADERS = List.of("Accept", "Accept-Encoding", "Content-Type", "User-Agent");

    /** The default of each. */
    public static final RequestOptions DEFAULT = new RequestOptions(
            ClientTimeout.DEFAULT,
            true,
            10,
            false,
            64L << 20,
            JsonCodec.NONE,
            true,
            null,
            true,
            RedirectFilter.ALL,
            false,
            Set.of(),
            null);

    /**
     * The options as given. Prefer {@link #toBuilder}: further options will be added to this record.
     *
     * @param timeout          limits in time
     * @param followRedirects  whether redirects are followed
     * @param maxRedirects     how many redirects are followed; 0 makes the first one an error
     * @param raiseForStatus   whether a status of 400 or above is an error
     * @param maxBufferedBody  longest response body in bytes that is held in memory; 0 means no limit
     * @param jsonCodec        how objects become JSON and back
     * @param decompress       whether compressed responses are asked for and decoded
     * @param auth             who is asking; null: nobody
     * @param followDowngrades whether redirects from https to http are followed; if not, one is an error
     * @param redirectFilter   sees each redirect before it is followed, and may refuse it
     * @param requireJsonType  whether a body is read as JSON only if its {@code Content-Type} says that it is
     * @param skipAutoHeaders  which of the fields that are sent by themselves are not; in any case; copied
     * @param retry            whether a request that failed is tried again, and when; null: it is not
     * @throws IllegalArgumentException if a number is negative, or another field is among {@code skipAutoHeaders}
     */
    public RequestOptions {
        if (maxRedirects < 0) {
            throw new IllegalArgumentException("maxRedirects is negative: " + maxRedirects);
        }
        if (maxBufferedBody < 0) {
            throw new IllegalArgumentException("maxBufferedBody is negative: " + maxBufferedBody);
        }
        skipAutoHeaders =
                skipAutoHeaders.stream().map(RequestOptions::autoHeader).collect(Collectors.toUnmodifiableSet());
    }

    private static String autoHeader(String name) {
        for (String known : AUTO_HEADERS) {
            if (known.equalsIgnoreCase(name)) {
                return known;
            }
        }
        Headers.of(name, ""); // refuses what is no name at all, and cannot be printed as it is
        throw new IllegalArgumentException(
                "skipAutoHeaders has " + name + "; it may have " + String.join(", ", AUTO_HEADERS));
    }

    /** {@return a builder that starts with these options} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {
        private final RequestOptions start;
        private ClientTimeout timeout;
        private boolean followRedirects;
        private int maxRedirects;
        private boolean raiseForStatus;
        private long maxBufferedBody;
        private JsonCodec jsonCodec;
        private boolean decompress;
        private @Nullable Authentication auth;
        private boolean followDowngrades;
        private RedirectFilter redirectFilter;
        private boolean requireJsonType;
        private Set<String> skipAutoHeaders;
        private @Nullable RetryPolicy retry;

        private Builder(RequestOptions start) {
            this.start = start;
            timeout = start.timeout;
            followRedirects = start.followRedirects;
            maxRedirects = start.maxRedirects;
            raiseForStatus = start.raiseForStatus;
            maxBufferedBody = start.maxBufferedBody;
            jsonCodec = start.jsonCodec;
            decompress = start.decompress;
            auth = start.auth;
            followDowngrades = start.followDowngrades;
            redirectFilter = start.redirectFilter;
            requireJsonType = start.requireJsonType;
            skipAutoHeaders = start.skipAutoHeaders;
            retry = start.retry;
        }

        /**
         * See {@link RequestOptions#timeout}.
         *
         * @param limits what takes the place of all limits in time so far
         * @return this builder
         */
        public Builder timeout(ClientTimeout limits) {
            timeout = limits;
            return this;
        }

        /**
         * See {@link RequestOptions#followRedirects}.
         *
         * @param follow false to get each redirect as the response
         * @return this builder
         */
        public Builder followRedirects(boolean follow) {
            followRedirects = follow;
            return this;
        }

        /**
         * See {@link RequestOptions#maxRedirects}.
         *
         * @param most how many redirects are followed; 0 makes the first one an error
         * @return this builder
         */
        public Builder maxRedirects(int most) {
            maxRedirects = most;
            return this;
        }

        /**
         * See {@link RequestOptions#raiseForStatus}.
         *
         * @param raise true to make a status of 400 or above an error
         * @return this builder
         */
        public Builder raiseForStatus(boolean raise) {
            raiseForStatus = raise;
            return this;
        }

        /**
         * See {@link RequestOptions#maxBufferedBody}.
         *
         * @param bytes longest response body that is held in memory; 0 means no limit
         * @return this builder
         */
        public Builder maxBufferedBody(long bytes) {
            maxBufferedBody = bytes;
            return this;
        }

        /**
         * See {@link RequestOptions#jsonCodec}.
         *
         * @param codec how objects become JSON and back
         * @return this builder
         */
        public Builder jsonCodec(JsonCodec codec) {
            jsonCodec = codec;
            return this;
        }

        /**
         * See {@link RequestOptions#decompress}.
         *
         * @param decode false to get each body as it was sent, and not to ask for compressed ones
         * @return this builder
         */
        public Builder decompress(boolean decode) {
            decompress = decode;
            return this;
        }

        /**
         * See {@link RequestOptions#auth}.
         *
         * @param who who is asking; null: nobody, whatever the session says
         * @return this builder
         */
        public Builder auth(@Nullable Authentication who) {
            auth = who;
            return this;
        }

        /**
         * See {@link RequestOptions#followDowngrades}.
         *
         * @param follow false to make a redirect from https to http an error
         * @return this builder
         */
        public Builder followDowngrades(boolean follow) {
            followDowngrades = follow;
            return this;
        }

        /**
         * See {@link RequestOptions#redirectFilter}.
         *
         * @param filter sees each redirect before it is followed, and may refuse it
         * @return this builder
         */
        public Builder redirectFilter(RedirectFilter filter) {
            redirectFilter = filter;
            return this;
        }

        /**
         * See {@link RequestOptions#requireJsonType}.
         *
         * @param require true to read a body as JSON only if its {@code Content-Type} says that it is
         * @return this builder
         */
        public Builder requireJsonType(boolean require) {
            requireJsonType = require;
            return this;
        }

        /**
         * Adds to {@link RequestOptions#skipAutoHeaders}.
         *
         * @param names of {@code Accept}, {@code Accept-Encoding}, {@code Content-Type} and {@code User-Agent}, in any case;
         *     checked by {@link #build}
         * @return this builder
         */
        public Builder skipAutoHeaders(String... names) {
            Set<String> all = new HashSet<>(skipAutoHeaders);
            all.addAll(List.of(names));
            skipAutoHeaders = all;
            return this;
        }

        /**
         * See {@link RequestOptions#retry}.
         *
         * @param policy whether a request that failed is tried again, and when; null: it is not, whatever the session says
         * @return this builder
         */
        public Builder retry(@Nullable RetryPolicy policy) {
            retry = policy;
            return this;
        }

        /** {@return the limits set so far} */
        public ClientTimeout timeout() {
            return timeout;
        }

        /** {@return the codec set so far} */
        public JsonCodec jsonCodec() {
            return jsonCodec;
        }

        /** {@return who is asking, as set so far; null: nobody} */
        public @Nullable Authentication auth() {
            return auth;
        }

        /**
         * {@return the options collected}
         *
         * @throws IllegalArgumentException if a number is negative, or another field is among {@code skipAutoHeaders}
         */
        public RequestOptions build() {
            // Most requests change none, and share those of their session.
            return isUnchanged()
                    ? start
                    : new RequestOptions(
                            timeout,
                            followRedirects,
                            maxRedirects,
                            raiseForStatus,
                            maxBufferedBody,
                            jsonCodec,
                            decompress,
                            auth,
                            followDowngrades,
                            redirectFilter,
                            requireJsonType,
                            skipAutoHeaders,
                            retry);
        }

        private boolean isUnchanged() {
            return timeout == start.timeout
                    && followRedirects == start.followRedirects
                    && maxRedirects == start.maxRedirects
                    && raiseForStatus == start.raiseForStatus
                    && maxBufferedBody == start.maxBufferedBody
                    && jsonCodec == start.jsonCodec
                    && decompress == start.decompress
                    && auth == start.auth
                    && followDowngrades == start.followDowngrades
                    && redirectFilter == start.redirectFilter
                    && requireJsonType == start.requireJsonType
                    && skipAutoHeaders == start.skipAutoHeaders
                    && retry == start.retry;
        }
    }
}
