package io.martlet.samples.fetch.download;

import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.samples.fetch.input.InputLine;
import io.martlet.samples.fetch.options.KeptCookies;
import io.martlet.samples.fetch.output.LineOutput;
import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.progress.Progress;
import io.martlet.samples.fetch.progress.ProgressLog;
import io.martlet.samples.fetch.progress.ProgressScreen;
import io.martlet.samples.fetch.progress.ProgressText;
import io.martlet.samples.fetch.progress.RunSnapshot;
import io.martlet.samples.fetch.run.Interruption;
import io.martlet.samples.fetch.run.OrderedRun;
import io.martlet.samples.fetch.run.RunEnding;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/** One run of {@code download}: starts the downloads, prints what came of them, and ends in order whatever happens. */
final class DownloadRun {
    private final Streams streams;
    private final DownloadArguments arguments;
    private final RunEnding ending;
    private final AsyncSessionBuilder session;
    private final Path directory;
    private final FileMeter meter = new FileMeter(System::nanoTime);

    /** Prepares a run; fails with an {@link OptionException} if an option is of no use. */
    DownloadRun(Streams streams, DownloadArguments arguments) {
        this.streams = streams;
        this.arguments = arguments;
        this.ending = new RunEnding(streams.err());
        this.session = arguments.session();
        this.directory = arguments.files().directory();
    }

    /**
     * Downloads all {@code urls} and returns the exit code.
     *
     * @param count how many there are; 0 if that is not known
     */
    int execute(Iterator<String> urls, long count) throws InterruptedException {
        if (count > 0) {
            meter.run().total(count);
        }
        boolean failFast = arguments.limits().failFast();
        OrderedRun<InputLine, DownloadResult> run =
                new OrderedRun<>(arguments.files().parallel(), result -> failFast && !result.isSuccess());
        // Closed in reverse order: downloads that are given up put on disk how far they are, and then the JVM may go.
        try (Interruption interruption = new Interruption(run::stop, Interruption.MAX_WAIT);
                run;
                AsyncSession opened = session.build();
                Progress progress = progress()) {
            Downloader downloader = new Downloader(opened, arguments, directory, meter);
            run.start(InputLine.number(urls).iterator(), (number, line) -> downloader.download(line));
            int exitCode = print(run, progress, interruption);
            KeptCookies cookies = arguments.keptCookies();
            if (cookies != null) {
                exitCode = Math.max(exitCode, ending.lastly("--cookie-jar", cookies::save));
            }
            return interruption.hasCome() ? Interruption.EXIT_CODE : exitCode;
        }
    }

    private int print(OrderedRun<InputLine, DownloadResult> run, Progress progress, Interruption interruption)
            throws InterruptedException {
        LineOutput out = new LineOutput(streams.out(), streams.outColumns() > 0 ? progress : Progress.NONE);
        DownloadTable table = new DownloadTable(out);
        try {
            table.begin();
            out.flush();
            for (DownloadResult result = run.next(); result != null; result = run.next()) {
                table.result(result);
                out.flush();
            }
            progress.close();
            table.end(run.givenUp(), interruption.hasCome() ? "interrupted" : "after the first failure");
            out.flush();
        } catch (IOException e) {
            return ending.outputFailed(e);
        }
        return table.allSucceeded() && !ending.inputFailed(run.failure()) ? RunEnding.ALL_SUCCEEDED : RunEnding.FAILED;
    }

    private Progress progress() {
        if (arguments.files().quiet()) {
            return Progress.NONE;
        }
        int columns = streams.errColumns();
        if (columns == 0) {
            return ProgressLog.start(streams.err(), this::line);
        }
        int room = ProgressScreen.room(columns);
        return ProgressScreen.start(
                streams.err(), () -> FileText.lines(meter.run().snapshot(), meter.files(), room));
    }

    private String line() {
        RunSnapshot run = meter.run().snapshot();
        return ProgressText.line(run, FileMeter.timeLeft(run, meter.files()), 0);
    }
}
