package io.martlet.samples.fetch;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.async.Errors;
import io.martlet.async.RequestSpec;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.ClientException.ResponseException;
import io.martlet.error.Phase;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.samples.fetch.BodySink.BodyTooLongException;
import io.martlet.samples.fetch.FetchResult.Body;
import io.martlet.samples.fetch.FetchResult.Failure;
import io.martlet.samples.fetch.FetchResult.Head;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one URL after the other with the same method, headers and body. Response bodies pass through, they are never
 * held. Whatever goes wrong is a result.
 */
final class Fetcher {
    private final AsyncSession session;
    private final Method method;
    private final Consumer<RequestSpec> spec;
    private final @Nullable SavedBodies savedBodies;
    private final long maxBody;

    Fetcher(
            AsyncSession session,
            Method method,
            Consumer<RequestSpec> spec,
            @Nullable SavedBodies savedBodies,
            long maxBody) {
        this.session = session;
        this.method = method;
        this.spec = spec;
        this.savedBodies = savedBodies;
        this.maxBody = maxBody;
    }

    CompletionStage<FetchResult> fetch(long index, String given) {
        Url url;
        try {
            url = Url.parse(given);
        } catch (InvalidUrlException e) {
            // Without an at sign there can be no password in it; otherwise the exception knows what to leave out.
            String harmless = given.indexOf('@') < 0 ? given : e.url();
            return CompletableFuture.completedFuture(new Call(index, harmless).failed(e));
        }
        Call call = new Call(index, url.username() == null ? given : url.toString());
        ClientRequest request;
        try {
            request = session.newRequest(method, url, spec);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(call.failed(e));
        }
        return session.open(request)
                .thenCompose(response -> read(response, call, url))
                .exceptionally(call::failed);
    }

    private CompletionStage<FetchResult> read(AsyncResponse response, Call call, Url url) {
        BodySink sink;
        try {
            sink = savedBodies == null ? new BodySink(maxBody) : savedBodies.open(call.index, url, maxBody);
        } catch (IOException e) {
            response.close();
            return CompletableFuture.failedFuture(e);
        }
        return response.transferTo(sink)
                .whenComplete((bytes, error) -> finish(sink, error == null))
                .thenApply(bytes -> call.answered(response, sink));
    }

    private static void finish(BodySink sink, boolean isWhole) {
        try {
            sink.finish(isWhole);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** One URL under way. */
    private static final class Call {
        final long index;
        private final String url;
        private final long start = System.nanoTime();

        Call(long index, String url) {
            this.index = index;
            this.url = url;
        }

        FetchResult answered(AsyncResponse response, BodySink sink) {
            return result(
                    Head.of(response),
                    new Body(sink.bytes(), sink.sha256()),
                    response.request().attempt(),
                    null);
        }

        FetchResult failed(Throwable wrapped) {
            Throwable error = Errors.unwrap(wrapped);
            if (!(error instanceof ClientException failure)) {
                return result(null, null, 1, describe(error, phaseOf(error)));
            }
            ClientResponse response = failure instanceof ResponseException judged ? judged.response() : null;
            Head head = response == null ? null : Head.of(response);
            return result(head, null, failure.attempt(), describe(failure, failure.phase()));
        }

        private static @Nullable Phase phaseOf(Throwable error) {
            if (error instanceof IllegalArgumentException) {
                return Phase.REQUEST;
            }
            return error instanceof BodyTooLongException ? Phase.READ : null;
        }

        private static Failure describe(Throwable error, @Nullable Phase phase) {
            String type = error.getClass().getSimpleName();
            String message = error.getMessage();
            return new Failure(type, phase == null ? null : phase.toString(), message == null ? type : message);
        }

        private FetchResult result(@Nullable Head head, @Nullable Body body, int attempts, @Nullable Failure failure) {
            return new FetchResult(index, url, head, body, System.nanoTime() - start, attempts, failure);
        }
    }
}
