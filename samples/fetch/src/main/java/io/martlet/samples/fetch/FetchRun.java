package io.martlet.samples.fetch;

import io.martlet.async.AsyncSession;
import io.martlet.body.JsonCodec;
import io.martlet.config.ConnectorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run of {@code fetch}: starts the requests, prints the results, and ends in order whatever happens. */
final class FetchRun {
    private static final String USER_AGENT = "martlet-fetch/0.1";
    private static final int ALL_SUCCEEDED = 0;

    /** 128 + SIGPIPE: what a shell reports of a program whose reader went away. */
    private static final int OUTPUT_CLOSED = 141;

    private final Streams streams;
    private final RequestArguments request;
    private final int concurrency;
    private final Format format;
    private final @Nullable SavedBodies savedBodies;
    private final Summary summary = new Summary();

    FetchRun(
            Streams streams,
            RequestArguments request,
            int concurrency,
            Format format,
            @Nullable SavedBodies savedBodies) {
        this.streams = streams;
        this.request = request;
        this.concurrency = concurrency;
        this.format = format;
        this.savedBodies = savedBodies;
    }

    /**
     * Fetches all {@code urls} and returns the exit code.
     *
     * @param count how many there are; 0 if that is not known
     */
    int execute(Iterator<String> urls, long count) throws InterruptedException {
        OrderedRun<String, FetchResult> run = new OrderedRun<>(concurrency);
        // Closed in reverse order: requests that are given up leave no files behind, and then the JVM may go.
        try (Interruption interruption = new Interruption(run::stop);
                run;
                AsyncSession session = session();
                Progress progress = progress(count)) {
            Fetcher fetcher = new Fetcher(session, request.method(), request::describe, savedBodies);
            run.start(urls, (index, url) -> fetcher.fetch(index, url).whenComplete((result, error) -> progress.step()));
            int exitCode = print(run, progress, count);
            return interruption.hasCome() ? Interruption.EXIT_CODE : exitCode;
        }
    }

    private int print(OrderedRun<String, FetchResult> run, Progress progress, long count) throws InterruptedException {
        LineOutput out = new LineOutput(streams.out(), streams.outColumns() > 0 ? progress : Progress.NONE);
        try {
            printResults(run, report(out, count), out);
            progress.close();
            printSummary(out, run.givenUp());
        } catch (IOException e) {
            return outputFailed(e);
        }
        return summary.allSucceeded() && !inputFailed(run) ? ALL_SUCCEEDED : Main.FAILED;
    }

    private void printResults(OrderedRun<String, FetchResult> run, Report report, LineOutput out)
            throws IOException, InterruptedException {
        report.begin();
        out.flush();
        FetchResult result = run.next();
        while (result != null) {
            report.result(result);
            summary.add(result);
            if (!run.hasNext()) {
                out.flush();
            }
            result = run.next();
        }
        out.flush();
    }

    /** What follows JSON lines on the same stream would be no JSON. */
    private void printSummary(LineOutput out, long givenUp) throws IOException {
        if (format == Format.TABLE) {
            summary.print(out, givenUp);
            out.flush();
        } else {
            LineOutput err = new LineOutput(streams.err(), Progress.NONE);
            summary.print(err, givenUp);
            err.flush();
        }
    }

    private int outputFailed(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("pipe")) {
            return OUTPUT_CLOSED;
        }
        streams.err().println("martlet: cannot write the results: " + message);
        return Main.FAILED;
    }

    private boolean inputFailed(OrderedRun<String, FetchResult> run) {
        Throwable failure = run.failure();
        if (failure == null) {
            return false;
        }
        if (!(failure instanceof UncheckedIOException)) {
            throw new IllegalStateException("The run broke off", failure);
        }
        streams.err().println("martlet: cannot read on from --input " + failure.getMessage());
        return true;
    }

    private Report report(LineOutput out, long count) {
        return format == Format.TABLE ? new Table(out, count, streams.outColumns()) : new JsonLines(out);
    }

    private Progress progress(long count) {
        if (streams.errColumns() == 0) {
            return Progress.NONE;
        }
        return new ProgressLine(streams.err(), streams.errColumns(), count == 0 ? ProgressLine.UNKNOWN : count);
    }

    private AsyncSession session() {
        return AsyncSession.builder()
                .header("User-Agent", USER_AGENT)
                .timeout(request.timeout())
                .connector(ConnectorConfig.builder().limit(concurrency).build())
                .jsonCodec(JsonCodec.NONE)
                .build();
    }
}
