package io.martlet.samples.fetch.trace;

import io.martlet.async.AsyncMiddleware;
import io.martlet.async.AsyncResponse;
import io.martlet.http.ClientRequest;
import io.martlet.http.Status;
import io.martlet.samples.fetch.trace.FetchResult.Head;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sees the heads of all responses of a download, which itself tells of the file only. Thread-safe. */
public final class HeadWatch implements AsyncMiddleware {
    private int redirects;
    private @Nullable Head head;
    private @Nullable ClientRequest request;

    @Override
    public CompletionStage<AsyncResponse> intercept(ClientRequest request, Next next) {
        return next.send(request).thenApply(this::saw);
    }

    private synchronized AsyncResponse saw(AsyncResponse response) {
        request = response.request();
        boolean isRedirect = response.status() / 100 == 3 && response.headers().contains("Location");
        head = Head.of(response).withRedirects(redirects);
        // A hop that failed, or has to log in, is asked for again, where it is. What is asked for once more after an
        // answer,
        // or because there is no such range, goes the whole way again.
        if (isRedirect) {
            redirects++;
        } else if (!Status.isError(response.status()) || response.status() == Status.RANGE_NOT_SATISFIABLE) {
            redirects = 0;
        }
        return response;
    }

    /** That of the last response; null if there was none. */
    public synchronized @Nullable Head head() {
        return head;
    }

    /** What the last response answers; null if there was none. */
    public synchronized @Nullable ClientRequest request() {
        return request;
    }
}
