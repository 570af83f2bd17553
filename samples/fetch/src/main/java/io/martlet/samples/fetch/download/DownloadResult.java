package io.martlet.samples.fetch.download;

import io.martlet.samples.fetch.trace.FetchResult.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What became of one URL of {@code download}.
 *
 * @param index        the place among all URLs, from 0
 * @param url          the URL as it was given, without what may be a secret
 * @param what         what was done
 * @param file         the file; null if it has none, or no name yet
 * @param bytes        how long the file is; 0 on failure
 * @param elapsedNanos how long it took
 * @param failure      why there is no such file; null if there is one
 */
record DownloadResult(
        long index,
        String url,
        What what,
        @Nullable Path file,
        long bytes,
        long elapsedNanos,
        @Nullable Failure failure) {

    /** What was done for a URL. */
    enum What {
        /** Fetched as a whole. */
        SAVED,
        /** Fetched from where an earlier run was. */
        RESUMED,
        /** It was there. */
        KEPT,
        /** The same URL was there before. */
        REPEATED,
        /** There is no such file. */
        FAILED
    }

    boolean isSuccess() {
        return what != What.FAILED;
    }
}
