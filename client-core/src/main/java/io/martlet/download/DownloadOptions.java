package io.martlet.download;

import io.martlet.body.TransferProgress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a file is downloaded, and what it must be. Immutable.
 *
 * @param resume          whether to continue what an earlier call left behind, and to leave it behind when this one fails. If
 *     not, each call starts over and leaves nothing. Default: true
 * @param overwrite       whether a file of that name is replaced, at once and as a whole; otherwise it is an error, a
 *     {@link java.nio.file.FileAlreadyExistsException}. Default: true
 * @param segments        in how many parts the file is fetched at once, at most, if the server can do that; 1 to 256.
 *     Default: 1
 * @param minSegmentBytes how long such a part is at least, in bytes. Default: 8 MiB
 * @param size            how many bytes the file must have; -1: any number. Default: -1
 * @param maxBytes        most bytes that it may have; 0: no limit. Default: 0
 * @param digestAlgorithm which digest is calculated, by its name in the JDK; null: none. Default: null
 * @param digest          what it must be, in lower-case hexadecimal; null: anything. Default: null
 * @param progress        is told how many bytes are there, including those of earlier calls; a download that has to start
 *     over begins with 0 again. Default: {@link TransferProgress#NONE}
 */
public record DownloadOptions(
        boolean resume,
        boolean overwrite,
        int segments,
        long minSegmentBytes,
        long size,
        long maxBytes,
        @Nullable String digestAlgorithm,
        @Nullable String digest,
        TransferProgress progress) {
    /** The default of each. */
    public static final DownloadOptions DEFAULT = builder().build();

    private static final int MOST_SEGMENTS = 256;

    /**
     * The options as given. Prefer {@link #builder}: further options will be added to this record.
     *
     * @param resume          whether what an earlier call left is used, and left for the next one when this one fails
     * @param overwrite       whether a file of that name is replaced; otherwise it is an error
     * @param segments        in how many parts the file is fetched at once, at most, 1 to 256
     * @param minSegmentBytes how long such a part is at least, in bytes, from 1
     * @param size            how many bytes the file must have; -1: any number
     * @param maxBytes        most bytes that it may have; 0: no limit
     * @param digestAlgorithm which digest is calculated, by its name in the JDK; null: none
     * @param digest          what it must be, in lower-case hexadecimal; null: anything
     * @param progress        hears of the bytes that are there
     * @throws IllegalArgumentException if a number is out of range, the algorithm is unknown, or the digest is not one of
     *     that algorithm
     */
    public DownloadOptions {
        check(segments >= 1 && segments <= MOST_SEGMENTS, "segments", segments, "a file has 1 to " + MOST_SEGMENTS);
        check(minSegmentBytes >= 1, "minSegmentBytes", minSegmentBytes, "a segment has at least one byte");
        check(size >= -1, "size", size, "it is 0 or more, or -1 for any");
        check(maxBytes >= 0, "maxBytes", maxBytes, "it is 0 or more");
        if (digestAlgorithm != null) {
            checkDigest(digestAlgorithm, digest);
        } else if (digest != null) {
            throw new IllegalArgumentException("digest is " + digest + ", without an algorithm");
        }
    }

    private static void check(boolean isGood, String name, long value, String rule) {
        if (!isGood) {
            throw new IllegalArgumentException("download " + name + " is " + value + "; " + rule);
        }
    }

    private static void checkDigest(String algorithm, @Nullable String digest) {
        int digits = 2 * newDigest(algorithm).getDigestLength();
        if (digest != null && !digest.matches("[0-9a-f]{" + digits + "}")) {
            throw new IllegalArgumentException(
                    "digest is " + digest + "; " + algorithm + " has " + digits + " hexadecimal digits");
        }
    }

    private static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("digest algorithm is " + algorithm + ", which is not known here", e);
        }
    }

    /** {@return what calculates the digest, from its beginning; null where none is asked for} */
    public @Nullable MessageDigest newDigest() {
        return digestAlgorithm == null ? null : newDigest(digestAlgorithm);
    }

    /** {@return a builder that starts with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts with these options} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.resume = resume;
        builder.overwrite = overwrite;
        builder.segments = segments;
        builder.minSegmentBytes = minSegmentBytes;
        builder.size = size;
        builder.maxBytes = maxBytes;
        builder.digestAlgorithm = digestAlgorithm;
        builder.digest = digest;
        builder.progress = progress;
        return builder;
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {
        private boolean resume = true;
        private boolean overwrite = true;
        private int segments = 1;
        private long minSegmentBytes = 8 << 20;
        private long size = -1;
        private long maxBytes;
        private @Nullable String digestAlgorithm;
        private @Nullable String digest;
        private TransferProgress progress = TransferProgress.NONE;

        private Builder() {}

        /**
         * See {@link DownloadOptions#resume}.
         *
         * @param goOn true to use what an earlier call left, and to leave it for the next one; false to begin anew
         * @return this builder
         */
        public Builder resume(boolean goOn) {
            resume = goOn;
            return this;
        }

        /**
         * See {@link DownloadOptions#overwrite}.
         *
         * @param replace true to replace a file of that name; false to have it as an error
         * @return this builder
         */
        public Builder overwrite(boolean replace) {
            overwrite = replace;
            return this;
        }

        /**
         * See {@link DownloadOptions#segments}.
         *
         * @param most how many parts are fetched at once, from 1
         * @return this builder
         */
        public Builder segments(int most) {
            segments = most;
            return this;
        }

        /**
         * See {@link DownloadOptions#minSegmentBytes}.
         *
         * @param least how long such a part is at least, in bytes, from 1
         * @return this builder
         */
        public Builder minSegmentBytes(long least) {
            minSegmentBytes = least;
            return this;
        }

        /**
         * See {@link DownloadOptions#size}.
         *
         * @param bytes how many the file must have, 0 or more; -1: any number
         * @return this builder
         */
        public Builder size(long bytes) {
            size = bytes;
            return this;
        }

        /**
         * See {@link DownloadOptions#maxBytes}.
         *
         * @param most how many bytes the file may have; 0: no limit
         * @return this builder
         */
        public Builder maxBytes(long most) {
            maxBytes = most;
            return this;
        }

        /**
         * Has a digest calculated, and compared to nothing: see {@link DownloadedFile#digest}.
         *
         * @param algorithm its name in the JDK, such as {@code "SHA-256"}
         * @return this builder
         */
        public Builder digest(String algorithm) {
            digestAlgorithm = algorithm;
            digest = null;
            return this;
        }

        /**
         * Has a digest calculated and compared to {@code expected}.
         *
         * @param algorithm its name in the JDK, such as {@code "SHA-256"}
         * @param expected  what it must be, in hexadecimal, in upper or lower case
         * @return this builder
         */
        public Builder digest(String algorithm, String expected) {
            digestAlgorithm = algorithm;
            digest = expected.toLowerCase(Locale.ROOT);
            return this;
        }

        /**
         * Has the SHA-256 calculated and compared to {@code expected}.
         *
         * @param expected what it must be, in hexadecimal, in upper or lower case
         * @return this builder
         */
        public Builder sha256(String expected) {
            return digest("SHA-256", expected);
        }

        /**
         * See {@link DownloadOptions#progress}.
         *
         * @param listener hears of the bytes that are there; {@link TransferProgress#NONE} for nobody
         * @return this builder
         */
        public Builder progress(TransferProgress listener) {
            progress = listener;
            return this;
        }

        /**
         * {@return the options collected}
         *
         * @throws IllegalArgumentException if a number is out of range, the algorithm is unknown, or the digest is not one of
         *     that algorithm
         */
        public DownloadOptions build() {
            return new DownloadOptions(
                    resume, overwrite, segments, minSegmentBytes, size, maxBytes, digestAlgorithm, digest, progress);
        }
    }
}
