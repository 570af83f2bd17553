package io.martlet.samples.fetch.run;

import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.samples.fetch.input.DoneLines;
import io.martlet.samples.fetch.input.InputLine;
import io.martlet.samples.fetch.input.Occurrences;
import io.martlet.samples.fetch.input.UrlLines;
import io.martlet.samples.fetch.options.FetchArguments;
import io.martlet.samples.fetch.options.KeptCookies;
import io.martlet.samples.fetch.options.OutputArguments;
import io.martlet.samples.fetch.output.Csv;
import io.martlet.samples.fetch.output.Format;
import io.martlet.samples.fetch.output.HarFile;
import io.martlet.samples.fetch.output.JsonLines;
import io.martlet.samples.fetch.output.LineOutput;
import io.martlet.samples.fetch.output.Report;
import io.martlet.samples.fetch.output.ReportPage;
import io.martlet.samples.fetch.output.SavedBodies;
import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.output.Summary;
import io.martlet.samples.fetch.output.Table;
import io.martlet.samples.fetch.output.Verbose;
import io.martlet.samples.fetch.progress.Progress;
import io.martlet.samples.fetch.progress.ProgressLog;
import io.martlet.samples.fetch.progress.ProgressScreen;
import io.martlet.samples.fetch.progress.ProgressText;
import io.martlet.samples.fetch.progress.RunMeter;
import io.martlet.samples.fetch.progress.Turns;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.trace.TraceBook;
import io.martlet.samples.fetch.values.OptionException;
import io.martlet.trace.TraceListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of {@code fetch}: starts the requests, prints the results, and ends in order whatever happens. */
public final class FetchRun {
    private final Streams streams;
    private final RunEnding ending;
    private final FetchArguments arguments;
    private final AsyncSessionBuilder session;
    private final Format format;
    private final @Nullable SavedBodies savedBodies;
    private final @Nullable HarFile har;
    private final @Nullable ReportPage page;
    private final boolean isTraced;
    private final @Nullable DoneLines done;
    private final Summary summary = new Summary();
    private final RunMeter meter = new RunMeter(System::nanoTime);
    private long count;

    /** Prepares a run; fails with an {@link OptionException} if an option is of no use. */
    public FetchRun(Streams streams, FetchArguments arguments) {
        OutputArguments output = arguments.output();
        this.streams = streams;
        this.ending = new RunEnding(streams.err());
        this.arguments = arguments;
        this.format = output.format();
        this.isTraced = output.needsTrace() && arguments.connections().tells();
        this.session = arguments.session(listener(isTraced ? listener(streams, output) : null));
        this.savedBodies = output.savedBodies();
        // It may be refused; the others begin their files anew.
        this.done = output.doneLines(arguments.request().identity());
        this.har = output.har();
        this.page = output.report();
    }

    /** Lets the meter hear whose turn it is, if somebody looks at it. */
    private @Nullable TraceListener listener(@Nullable TraceListener other) {
        if (!arguments.tellsTurns()) {
            return other;
        }
        Turns turns = new Turns(meter);
        return other == null
                ? turns
                : (request, event) -> {
                    turns.on(request, event);
                    other.on(request, event);
                };
    }

    private static TraceListener listener(Streams streams, OutputArguments output) {
        TraceBook book = new TraceBook();
        if (!output.verbose()) {
            return book;
        }
        Verbose verbose = new Verbose(streams.err(), output.showSecrets());
        return (request, event) -> {
            verbose.on(request, event);
            book.on(request, event);
        };
    }

    /**
     * Fetches all {@code urls} and returns the exit code.
     *
     * @param count how many there are; 0 if that is not known
     */
    public int execute(Iterator<String> urls, long count) throws InterruptedException {
        this.count = count;
        if (count > 0) {
            meter.total(count);
        }
        boolean failFast = arguments.limits().failFast();
        OrderedRun<InputLine, FetchResult> run =
                new OrderedRun<>(arguments.limits().concurrency(), result -> failFast && !result.isSuccess());
        // Closed in reverse order: requests that are given up leave no files behind, and then the JVM may go.
        try (Interruption interruption = new Interruption(
                        run::stop, page == null ? Interruption.MAX_WAIT : Interruption.MAX_WAIT_FOR_A_PAGE);
                run;
                AsyncSession opened = session.build();
                Progress progress = progress()) {
            Fetcher fetcher = fetcher(opened);
            run.start(lines(urls), (number, line) -> fetcher.fetch(line));
            int exitCode = print(run, progress, interruption);
            exitCode = Math.max(exitCode, endFiles());
            exitCode = Math.max(exitCode, writePage(run, interruption, exitCode == RunEnding.OUTPUT_CLOSED));
            return interruption.hasCome() ? Interruption.EXIT_CODE : exitCode;
        }
    }

    private Iterator<InputLine> lines(Iterator<String> urls) {
        if (!arguments.output().isLasting()) {
            return InputLine.number(urls).iterator();
        }
        Stream<InputLine> all = InputLine.number(urls, new Occurrences()::count);
        return done == null ? all.iterator() : done.remaining(all, this::passOver);
    }

    private void passOver(String line) {
        meter.passOver();
        arguments.passOver(line);
    }

    private Fetcher fetcher(AsyncSession opened) {
        return new Fetcher(opened, arguments, isTraced, savedBodies, meter);
    }

    private int writePage(OrderedRun<InputLine, FetchResult> run, Interruption interruption, boolean isOutputClosed) {
        ReportPage report = page;
        if (report == null) {
            return RunEnding.ALL_SUCCEEDED;
        }
        boolean hasFailed = arguments.limits().failFast() && !summary.allSucceeded();
        String given = interruption.hasCome() || hasFailed ? why(interruption) : "";
        String ended = run.failure() != null ? "the input could not be read" : given;
        String why = isOutputClosed ? "nobody read its output" : ended;
        return ending.lastly("--report", () -> report.write(run.givenUp(), why));
    }

    private static String why(Interruption interruption) {
        return interruption.hasCome() ? "interrupted" : "after the first failure";
    }

    private int endFiles() {
        KeptCookies cookies = arguments.keptCookies();
        int cookiesCode = cookies == null ? RunEnding.ALL_SUCCEEDED : ending.lastly("--cookie-jar", cookies::save);
        int harCode = har == null ? RunEnding.ALL_SUCCEEDED : ending.lastly("--har", har::close);
        int doneCode = done == null ? RunEnding.ALL_SUCCEEDED : ending.lastly("--checkpoint", done::close);
        return Math.max(cookiesCode, Math.max(harCode, doneCode));
    }

    private int print(OrderedRun<InputLine, FetchResult> run, Progress progress, Interruption interruption)
            throws InterruptedException {
        LineOutput out = new LineOutput(streams.out(), streams.outColumns() > 0 ? progress : Progress.NONE);
        try {
            printResults(run, report(out), out);
            progress.close();
            printSummary(out, run.givenUp(), why(interruption));
        } catch (RunEnding.FileFailure e) {
            progress.close();
            return ending.fileFailed(e);
        } catch (IOException e) {
            progress.close();
            return ending.outputFailed(e);
        }
        return summary.allSucceeded() && !ending.inputFailed(run.failure())
                ? RunEnding.ALL_SUCCEEDED
                : RunEnding.FAILED;
    }

    private void printResults(OrderedRun<InputLine, FetchResult> run, Report report, LineOutput out)
            throws IOException, InterruptedException {
        if (done != null && streams.isOutCut()) {
            // What is appended must not become part of a broken line.
            out.line("");
        }
        begin(report);
        flush(out);
        FetchResult next = run.next();
        while (next != null) {
            FetchResult result = next;
            report.result(arguments.output().showSecrets() ? result : result.withoutSecrets());
            summary.add(result);
            if (har != null) {
                RunEnding.writeTo("--har", () -> har.add(result));
            }
            if (page != null) {
                page.add(result);
            }
            if (done != null) {
                done.add(result);
            }
            if (!run.hasNext() || done != null && done.isFull()) {
                flush(out);
            }
            next = run.next();
        }
        flush(out);
    }

    /** Where a run goes on, its output does: a line of names stands above all records once. */
    private void begin(Report report) throws IOException {
        if (done == null || format != Format.CSV) {
            report.begin();
        } else if (!done.hasHead()) {
            report.begin();
            done.addHead();
        }
    }

    /** What is written counts as done: in this order, so that nothing is lost. */
    private void flush(LineOutput out) throws IOException {
        out.flush();
        if (done != null) {
            RunEnding.writeTo("--checkpoint", done::record);
        }
    }

    /** What follows JSON lines on the same stream would be no JSON. */
    private void printSummary(LineOutput out, long givenUp, String why) throws IOException {
        long skipped = done == null ? 0 : done.skipped();
        if (format == Format.TABLE) {
            summary.print(out, skipped, givenUp, why);
            out.flush();
        } else if (!arguments.output().quiet()) {
            LineOutput err = new LineOutput(streams.err(), Progress.NONE);
            summary.print(err, skipped, givenUp, why);
            err.flush();
        }
    }

    private Report report(LineOutput out) {
        return switch (format) {
            case TABLE -> new Table(out, count, streams.outColumns());
            case JSONL -> new JsonLines(out, arguments.output().showSecrets());
            case CSV -> new Csv(out);
        };
    }

    /** Lets the progress know how many lines {@code input} has, which is counted meanwhile. */
    public void countLines(Path input) {
        Thread counter = new Thread(() -> UrlLines.count(input).ifPresent(meter::total), "martlet-count");
        counter.setDaemon(true);
        counter.start();
    }

    private Progress progress() {
        if (arguments.output().quiet() || arguments.output().verbose()) {
            return Progress.NONE;
        }
        int columns = streams.errColumns();
        if (columns == 0) {
            return ProgressLog.start(streams.err(), () -> ProgressText.line(meter.snapshot(), 0));
        }
        int room = ProgressScreen.room(columns);
        return ProgressScreen.start(streams.err(), () -> List.of(ProgressText.line(meter.snapshot(), room)));
    }
}
