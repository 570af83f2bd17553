package io.martlet.download;

import io.martlet.http.Headers;
import io.martlet.http.Url;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A downloaded file, complete and under its own name.
 *
 * @param path        where it is, absolute
 * @param bytes       how long it is
 * @param digest      its digest in lower-case hexadecimal, where {@link DownloadOptions} ask for one; null otherwise
 * @param resumedFrom how many of its bytes came from earlier calls; 0 if it started over
 * @param segments    in how many parts it was fetched, 1 or more
 * @param url         the URL that answered, after redirects
 * @param status      what it answered: 200, or 206 where it went on with what was there
 * @param headers     the fields of that answer, such as {@code Content-Type}, {@code Last-Modified} and {@code ETag}; of several
 *     answers those of the last that was not for one segment of many
 */
public record DownloadedFile(
        Path path,
        long bytes,
        @Nullable String digest,
        long resumedFrom,
        int segments,
        Url url,
        int status,
        Headers headers) {

    /** Path and length. */
    @Override
    public String toString() {
        return "DownloadedFile[" + path + ", " + bytes + " bytes]";
    }
}
