package io.martlet.config;

/**
 * How much of a response's head and framing is taken before the response is given up. None of them can be switched off;
 * {@link Integer#MAX_VALUE} comes close to it.
 *
 * @param maxStatusLine   longest status line in bytes, without its line end; zero is rejected. Default: 8,190
 * @param maxHeaderLine   longest header or trailer line in bytes, without its line end, however many pieces it arrives
 *     in; zero is rejected. Default: 8,190
 * @param maxHeaders      most header fields of a response, its trailers included; zero accepts none. Default: 128
 * @param maxInterim      most interim responses (1xx) before the final one; zero accepts none. Default: 8
 * @param maxChunkLine    longest line with the size of a chunk and its extensions, in bytes and without its line end;
 *     zero is rejected. Default: 4,096
 * @param maxTrailerBytes most bytes of all trailers together, line ends included; zero accepts no trailers. Default:
 *     16,384
 */
public record Limits(
        int maxStatusLine, int maxHeaderLine, int maxHeaders, int maxInterim, int maxChunkLine, int maxTrailerBytes) {
    /** aiohttp's limits for lines and fields, ours for what aiohttp does not limit. */
    public static final Limits DEFAULT = new Limits(8190, 8190, 128, 8, 4096, 16_384);

    /**
     * The limits as given. Prefer {@link #toBuilder}: further limits will be added to this record.
     *
     * @param maxStatusLine   longest status line in bytes, without its line end
     * @param maxHeaderLine   longest header or trailer line in bytes, without its line end
     * @param maxHeaders      most header fields of a response, its trailers included; zero accepts none
     * @param maxInterim      most interim responses (1xx) before the final one; zero accepts none
     * @param maxChunkLine    longest line with the size of a chunk and its extensions, in bytes and without its line end
     * @param maxTrailerBytes most bytes of all trailers together, line ends included; zero accepts no trailers
     * @throws IllegalArgumentException if one is negative, or a line length is zero
     */
    public Limits {
        checkAtLeast(1, "maxStatusLine", maxStatusLine);
        checkAtLeast(1, "maxHeaderLine", maxHeaderLine);
        checkAtLeast(0, "maxHeaders", maxHeaders);
        checkAtLeast(0, "maxInterim", maxInterim);
        checkAtLeast(1, "maxChunkLine", maxChunkLine);
        checkAtLeast(0, "maxTrailerBytes", maxTrailerBytes);
    }

    /** {@return a builder that starts with the defaults} */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** {@return a builder that starts with these limits} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    private static void checkAtLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException("limit " + name + " is less than " + least + ": " + value);
        }
    }

    /** Collects limits; not thread-safe. */
    public static final class Builder {
        private int maxStatusLine;
        private int maxHeaderLine;
        private int maxHeaders;
        private int maxInterim;
        private int maxChunkLine;
        private int maxTrailerBytes;

        private Builder(Limits start) {
            maxStatusLine = start.maxStatusLine;
            maxHeaderLine = start.maxHeaderLine;
            maxHeaders = start.maxHeaders;
            maxInterim = start.maxInterim;
            maxChunkLine = start.maxChunkLine;
            maxTrailerBytes = start.maxTrailerBytes;
        }

        /**
         * See {@link Limits#maxStatusLine}.
         *
         * @param bytes most without the line end; at least 1
         * @return this builder
         */
        public Builder maxStatusLine(int bytes) {
            maxStatusLine = bytes;
            return this;
        }

        /**
         * See {@link Limits#maxHeaderLine}.
         *
         * @param bytes most of a header or trailer line, without its line end; at least 1
         * @return this builder
         */
        public Builder maxHeaderLine(int bytes) {
            maxHeaderLine = bytes;
            return this;
        }

        /**
         * See {@link Limits#maxHeaders}.
         *
         * @param fields most of a response, trailers included; zero accepts none
         * @return this builder
         */
        public Builder maxHeaders(int fields) {
            maxHeaders = fields;
            return this;
        }

        /**
         * See {@link Limits#maxInterim}.
         *
         * @param responses most before the final one; zero accepts none
         * @return this builder
         */
        public Builder maxInterim(int responses) {
            maxInterim = responses;
            return this;
        }

        /**
         * See {@link Limits#maxChunkLine}.
         *
         * @param bytes most of size and extensions, without the line end; at least 1
         * @return this builder
         */
        public Builder maxChunkLine(int bytes) {
            maxChunkLine = bytes;
            return this;
        }

        /**
         * See {@link Limits#maxTrailerBytes}.
         *
         * @param bytes most of all trailers together, line ends included; zero accepts no trailers
         * @return this builder
         */
        public Builder maxTrailerBytes(int bytes) {
            maxTrailerBytes = bytes;
            return this;
        }

        /**
         * {@return the limits collected}
         *
         * @throws IllegalArgumentException if one is negative, or a line length is zero
         */
        public Limits build() {
            return new Limits(maxStatusLine, maxHeaderLine, maxHeaders, maxInterim, maxChunkLine, maxTrailerBytes);
        }
    }
}
