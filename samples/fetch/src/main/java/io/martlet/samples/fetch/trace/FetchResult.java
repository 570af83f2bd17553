package io.martlet.samples.fetch.trace;

import io.martlet.async.AsyncResponse;
import io.martlet.http.ClientResponse;
import io.martlet.http.Headers;
import io.martlet.http.HttpVersion;
import io.martlet.http.Status;
import io.martlet.samples.fetch.text.Secrets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one URL: a response or a failure, or both where the response itself is the failure; or a body alone, if
 * that was there already and nothing was asked for.
 *
 * @param index        the place among all URLs, from 0
 * @param url          the URL as it was given, without user and password
 * @param head         what the response said of itself; null if none arrived, or not whole
 * @param body         what the body was; null on failure, or where a status says that it is none to be saved
 * @param startNanos   when it began, by {@link System#nanoTime()}
 * @param elapsedNanos from the start of the request to the end of the body or the failure
 * @param attempts     how often it was tried
 * @param failure      why there is no response; null if there is one
 * @param hops         the requests that were sent for it, redirects and retries, where that was listened to
 */
public record FetchResult(
        long index,
        String url,
        @Nullable Head head,
        @Nullable Body body,
        long startNanos,
        long elapsedNanos,
        int attempts,
        @Nullable Failure failure,
        List<Hop> hops) {

    /** The head of a response, and the redirects that led to it. */
    public record Head(
            String finalUrl, int status, String reason, HttpVersion version, Headers headers, int redirects) {
        public static Head of(AsyncResponse response) {
            return new Head(
                    response.url().toString(),
                    response.status(),
                    response.reason(),
                    response.version(),
                    response.headers(),
                    response.history().size());
        }

        public static Head of(ClientResponse response) {
            return new Head(
                    response.url().toString(),
                    response.status(),
                    response.reason(),
                    response.version(),
                    response.headers(),
                    response.history().size());
        }

        Head withRedirects(int count) {
            return new Head(finalUrl, status, reason, version, headers, count);
        }

        Head withUrl(String url) {
            return new Head(url, status, reason, version, headers, redirects);
        }
    }

    /**
     * What a body was.
     *
     * @param bytes    its length
     * @param sha256   its digest in hexadecimal; null where nobody wants to know
     * @param trailers the fields after it; null if they are not known
     * @param file     the name of the file that has it; null if it was not saved
     */
    public record Body(
            long bytes,
            @Nullable String sha256,
            @Nullable Headers trailers,
            @Nullable String file) {}

    /** Why there is no response: the exception's simple name, where it happened if that is known, what it says. */
    public record Failure(String type, @Nullable String phase, String message) {}

    /** Whether there is a response, of a status below 400, or the body was there already. */
    public boolean isSuccess() {
        return isKept() || failure == null && head != null && !Status.isError(head.status());
    }

    /** Whether the body was there already. */
    public boolean isKept() {
        return head == null && body != null;
    }

    /** The same, its URLs and what it says of failures without the values of parameters that may be secrets. */
    public FetchResult withoutSecrets() {
        Head shown = head == null ? null : head.withUrl(Secrets.url(head.finalUrl()));
        Failure told =
                failure == null ? null : new Failure(failure.type(), failure.phase(), Secrets.url(failure.message()));
        return new FetchResult(index, Secrets.url(url), shown, body, startNanos, elapsedNanos, attempts, told, hops);
    }

    public FetchResult withHops(List<Hop> heard) {
        return new FetchResult(index, url, head, body, startNanos, elapsedNanos, attempts, failure, heard);
    }

    /** The request that the response is the answer to, or that failed; null where nobody listened. */
    @Nullable
    public Hop lastHop() {
        return hops.isEmpty() ? null : hops.get(hops.size() - 1);
    }

    public long elapsedMillis() {
        return Math.round(elapsedNanos / 1e6);
    }
}
