package io.martlet.samples.fetch.run;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.async.Errors;
import io.martlet.async.RequestSpec;
import io.martlet.download.DownloadOptions;
import io.martlet.download.DownloadedFile;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.ClientException.RateTimeoutException;
import io.martlet.error.ClientException.ResponseException;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.error.ClientException.StatusException;
import io.martlet.error.Phase;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.Status;
import io.martlet.http.Url;
import io.martlet.samples.fetch.input.FetchTarget;
import io.martlet.samples.fetch.input.InputLine;
import io.martlet.samples.fetch.options.FetchArguments;
import io.martlet.samples.fetch.output.BodySink;
import io.martlet.samples.fetch.output.SavedBodies;
import io.martlet.samples.fetch.progress.BodyWatch;
import io.martlet.samples.fetch.progress.BodyWatch.BodyTooLongException;
import io.martlet.samples.fetch.progress.RunMeter;
import io.martlet.samples.fetch.progress.Turns;
import io.martlet.samples.fetch.trace.CallTrace;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.trace.FetchResult.Body;
import io.martlet.samples.fetch.trace.FetchResult.Failure;
import io.martlet.samples.fetch.trace.FetchResult.Head;
import io.martlet.samples.fetch.trace.HeadWatch;
import io.martlet.samples.fetch.trace.Hop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one URL after the other with the same method, headers and body. Response bodies pass through, they are never
 * held. Whatever goes wrong is a result.
 */
final class Fetcher {
    private final AsyncSession session;
    private final FetchArguments arguments;
    private final boolean isTraced;
    private final @Nullable SavedBodies savedBodies;
    private final long maxBody;
    private final RunMeter meter;
    private final boolean isDigested;

    Fetcher(
            AsyncSession session,
            FetchArguments arguments,
            boolean isTraced,
            @Nullable SavedBodies savedBodies,
            RunMeter meter) {
        this.session = session;
        this.arguments = arguments;
        this.isTraced = isTraced;
        this.savedBodies = savedBodies;
        this.maxBody = arguments.limits().maxBody();
        this.meter = meter;
        this.isDigested = arguments.output().needsDigest();
    }

    /** Fetches what a line of the input says: a URL, or more of it as JSON. */
    CompletionStage<FetchResult> fetch(InputLine line) {
        return start(line)
                .whenComplete((result, error) -> meter.end(line.index(), error == null && result.isSuccess()));
    }

    private CompletionStage<FetchResult> start(InputLine line) {
        long index = line.index();
        FetchTarget target;
        try {
            target = FetchTarget.parse(line.text());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(new Call(index, "-", null).failed(e));
        }
        String given = target.url();
        Url url;
        try {
            url = Url.parse(given);
        } catch (InvalidUrlException e) {
            // Without an at sign there can be no password in it; otherwise the exception knows what to leave out.
            String harmless = given.indexOf('@') < 0 ? given : e.url();
            return CompletableFuture.completedFuture(new Call(index, harmless, null).failed(e));
        }
        CallTrace trace = isTraced ? new CallTrace(index) : null;
        Call call = new Call(index, url.username() == null ? given : url.toString(), trace);
        ClientRequest built;
        HeadWatch watch = new HeadWatch();
        try {
            Method method = arguments.request().method(target);
            built = session.newRequest(
                    method, url, spec -> describe(spec.attribute(Turns.INDEX, index), url, target, trace, watch));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(call.failed(e));
        }
        meter.begin(index, url.host());
        if (arguments.tellsTurns()) {
            meter.queue(index);
        }
        Path file = savedBodies == null ? null : savedBodies.file(line, url, identity(built));
        if (file != null && savedBodies.isResumed() && isDownload(built)) {
            return resume(file, built, call, watch);
        }
        return session.open(built)
                .thenCompose(response -> read(response, call, file))
                .exceptionallyCompose(call::failedOnceHeard);
    }

    private void describe(RequestSpec spec, Url url, FetchTarget target, @Nullable CallTrace trace, HeadWatch watch) {
        arguments.describe(spec, url);
        target.describe(spec);
        if (savedBodies != null && savedBodies.isResumed()) {
            spec.use(watch);
        }
        if (trace != null) {
            spec.attribute(CallTrace.OF_REQUEST, trace);
        }
    }

    /** What makes the answer another one: a part of a file is not that file. */
    private String identity(ClientRequest request) {
        Headers headers = request.headers();
        List<String> ranges = headers.getAll("Range");
        return arguments.request().identity() + (ranges.isEmpty() ? "" : "Range " + ranges);
    }

    /** Whether the answer is a file that can be had in parts. */
    private static boolean isDownload(ClientRequest request) {
        return request.method().equals(Method.GET)
                && request.body().isEmpty()
                && !request.headers().contains("Range")
                && !request.headers().contains("If-Range");
    }

    /** A file has its name when it is whole: then there is nothing to ask for. */
    private CompletionStage<FetchResult> resume(Path file, ClientRequest request, Call call, HeadWatch watch) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return CompletableFuture.supplyAsync(() -> call.kept(file, isDigested))
                    .exceptionally(call::failed);
        }
        DownloadOptions.Builder options = DownloadOptions.builder().progress(new BodyWatch(meter, maxBody));
        if (isDigested) {
            options.digest("SHA-256");
        }
        arguments.limits().describe(options);
        return session.download(request, file, options.build())
                .thenCompose(saved -> call.downloaded(saved, watch))
                .exceptionallyCompose(call::failedOnceHeard);
    }

    private CompletionStage<FetchResult> read(AsyncResponse response, Call call, @Nullable Path given) {
        boolean isRefused = savedBodies != null && savedBodies.isLasting() && Status.isError(response.status());
        Path file = isRefused ? null : given;
        BodySink sink;
        try {
            sink = file == null ? new BodySink(isDigested) : SavedBodies.open(file);
        } catch (IOException e) {
            response.close();
            return CompletableFuture.failedFuture(e);
        }
        return response.transferTo(sink, new BodyWatch(meter, maxBody))
                .whenComplete((bytes, error) -> finish(sink, error == null))
                .thenCompose(bytes -> call.answered(response, sink, file));
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
        private final @Nullable CallTrace trace;
        private final long start = System.nanoTime();

        Call(long index, String url, @Nullable CallTrace trace) {
            this.index = index;
            this.url = url;
            this.trace = trace;
        }

        CompletionStage<FetchResult> answered(AsyncResponse response, BodySink sink, @Nullable Path file) {
            long elapsed = System.nanoTime() - start;
            Body body = new Body(sink.bytes(), sink.sha256(), response.trailers(), name(file));
            int attempts = response.request().attempt();
            return heard(hop -> hop.request() == response.request())
                    .thenApply(heard -> result(Head.of(response), body, elapsed, attempts, null));
        }

        CompletionStage<FetchResult> downloaded(DownloadedFile file, HeadWatch watch) {
            long elapsed = System.nanoTime() - start;
            Body body = new Body(file.bytes(), file.digest(), null, name(file.path()));
            ClientRequest request = watch.request();
            int attempts = request == null ? 1 : request.attempt();
            return heard(hop -> hop.request() == request)
                    .thenApply(heard -> result(watch.head(), body, elapsed, attempts, null));
        }

        /** A body that was there; it is read only where its digest is asked for. */
        FetchResult kept(Path file, boolean isDigested) {
            Body body;
            try {
                if (isDigested) {
                    BodySink sink = new BodySink(true);
                    Files.copy(file, sink);
                    body = new Body(sink.bytes(), sink.sha256(), null, name(file));
                } else {
                    body = new Body(Files.size(file), null, null, name(file));
                }
            } catch (IOException e) {
                throw new CompletionException(e);
            }
            return result(null, body, System.nanoTime() - start, 0, null);
        }

        private static @Nullable String name(@Nullable Path file) {
            return file == null ? null : String.valueOf(file.getFileName());
        }

        CompletionStage<FetchResult> failedOnceHeard(Throwable wrapped) {
            Throwable error = Errors.unwrap(wrapped);
            FetchResult result = failed(error);
            if (!mayHaveEvents(error)) {
                return CompletableFuture.completedFuture(result);
            }
            return heard(hop -> hop.failure() == error || hop.failure() == null)
                    .thenApply(heard -> trace == null ? result : result.withHops(trace.hops()));
        }

        private CompletionStage<@Nullable Void> heard(Predicate<Hop> isLast) {
            return trace == null ? CompletableFuture.completedFuture(null) : trace.heard(isLast);
        }

        FetchResult failed(Throwable wrapped) {
            long elapsed = System.nanoTime() - start;
            Throwable error = Errors.unwrap(wrapped);
            if (error instanceof StatusException status && status.response() != null) {
                // As without a download: a status is an answer. One that is neither an error nor a file saved nothing.
                Head head = Head.of(status.response());
                Failure failure = Status.isError(head.status()) ? null : noFile(head.status(), status);
                return result(head, null, elapsed, status.attempt(), failure);
            }
            if (!(error instanceof ClientException failure)) {
                return result(null, null, elapsed, 1, describe(error, phaseOf(error)));
            }
            ClientResponse response = failure instanceof ResponseException judged ? judged.response() : null;
            Head head = response == null ? null : Head.of(response);
            return result(head, null, elapsed, failure.attempt(), describe(failure, failure.phase()));
        }

        /** What fails on the way to the engine has none of its own. */
        private static boolean mayHaveEvents(Throwable error) {
            return !(error instanceof IllegalArgumentException
                    || error instanceof InvalidUrlException
                    || error instanceof RateTimeoutException
                    || error instanceof SessionClosedException);
        }

        private static @Nullable Phase phaseOf(Throwable error) {
            if (error instanceof IllegalArgumentException) {
                return Phase.REQUEST;
            }
            return error instanceof BodyTooLongException ? Phase.READ : null;
        }

        private static Failure noFile(int code, StatusException status) {
            String message = "status " + code + " brings no whole file to save, and --resume saves no other";
            return new Failure(status.getClass().getSimpleName(), String.valueOf(status.phase()), message);
        }

        private static Failure describe(Throwable error, @Nullable Phase phase) {
            String type = error.getClass().getSimpleName();
            String message = error.getMessage();
            return new Failure(type, phase == null ? null : phase.toString(), message == null ? type : message);
        }

        private FetchResult result(
                @Nullable Head head, @Nullable Body body, long elapsed, int attempts, @Nullable Failure failure) {
            List<Hop> hops = trace == null ? List.of() : trace.hops();
            return new FetchResult(index, url, head, body, start, elapsed, attempts, failure, hops);
        }
    }
}
