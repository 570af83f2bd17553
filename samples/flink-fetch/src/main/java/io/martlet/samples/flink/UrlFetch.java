package io.martlet.samples.flink;

import io.martlet.async.AsyncSession;
import io.martlet.async.Errors;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.ClientResponse;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One line on its way to its result. */
final class UrlFetch {
    private static final String UNKNOWN = "-";

    private final String shown;
    private final long start = System.nanoTime();

    /** @param shown the URL as the result has it, without secrets */
    private UrlFetch(String shown) {
        this.shown = shown;
    }

    /** A future that fails with nothing but an {@link Error}. */
    static CompletableFuture<ResultLine> start(AsyncSession session, String line) {
        Url url;
        try {
            url = parse(line);
        } catch (InvalidUrlException e) {
            String harmless = mayHoldSecrets(line) ? e.url() : line;
            return CompletableFuture.completedFuture(new UrlFetch(harmless).ended(null, e));
        }
        UrlFetch fetch = new UrlFetch(url.username() == null ? line : url.toString());
        return fetch.response(session, url).handle(fetch::ended);
    }

    private static Url parse(String line) throws InvalidUrlException {
        if (isTooLong(line)) {
            throw new InvalidUrlException(
                    UNKNOWN, "the line is longer than " + UrlLineFormat.MAX_LINE_CHARS + " characters");
        }
        if (line.startsWith("{")) {
            throw new InvalidUrlException(UNKNOWN, "the line is JSON; here it is a URL and nothing else");
        }
        return Url.parse(line);
    }

    /** Of what is no URL: there may be a password before an at sign, and anything in JSON. */
    private static boolean mayHoldSecrets(String line) {
        return isTooLong(line) || line.startsWith("{") || line.indexOf('@') >= 0;
    }

    private static boolean isTooLong(String line) {
        return line.length() > UrlLineFormat.MAX_LINE_CHARS;
    }

    private CompletableFuture<ClientResponse> response(AsyncSession session, Url url) {
        try {
            return session.send(session.newRequest(Method.GET, url, request -> {}));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ResultLine ended(@Nullable ClientResponse response, @Nullable Throwable wrapped) {
        Throwable failure = wrapped == null ? null : Errors.unwrap(wrapped);
        if (failure instanceof Error) {
            throw new CompletionException(failure);
        }
        return new ResultLine(shown, response, (Exception) failure, System.nanoTime() - start);
    }
}
