package io.martlet.samples.fetch;

import io.martlet.samples.fetch.input.UrlLines;
import io.martlet.samples.fetch.options.FetchArguments;
import io.martlet.samples.fetch.options.Libraries;
import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.run.DryRun;
import io.martlet.samples.fetch.run.FetchRun;
import io.martlet.samples.fetch.text.Version;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code martlet fetch}: checks the arguments, opens what they name, and lets {@link FetchRun} do the work. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        version = Version.TEXT,
        sortOptions = false,
        customSynopsis = "martlet fetch [OPTION]... [URL]...",
        descriptionHeading = "%n",
        description = {
            "Fetches URLs, so many at once, and says of each what came back or why not.",
            "Without any URL it starts a demo server and fetches " + Demo.REQUESTS + " from there.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every request was answered with a status below 400",
            "1:at least one was not",
            "2:wrong usage",
            "130:interrupted; what was done until then is printed",
            "141:whoever read the output went away"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  martlet fetch -c 20 -i urls.txt --format jsonl",
            "  martlet fetch --retries 3 --rate 100/m -o pages -i urls.txt",
            "  martlet fetch -u me:password --json '{\"a\": 1}' https://example.com/",
            "  martlet fetch --har run.har --limit-per-host 4 -i urls.txt",
            "",
            "Files:",
            "  ~/.netrc  users and passwords for each host, with --netrc",
            "",
            "Environment:",
            "  NETRC     another file for --netrc"
        })
public final class FetchCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "URL", description = "What to fetch")
    private List<String> urls = List.of();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description =
                    "Take the URLs from FILE, one a line, or from standard input if it is -; blank lines and lines"
                            + " that start with # are skipped. A line may be a JSON object instead, with url, and method,"
                            + " headers and body in the place of what is said here")
    private @Nullable String input;

    @Mixin
    private FetchArguments arguments = new FetchArguments();

    FetchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        arguments.check(UrlLines.STANDARD_INPUT.equals(input) ? null : input);
        if (input != null && !urls.isEmpty()) {
            throw OptionException.usage("Give URLs or --input, not both: '" + input + "'");
        }
        if (UrlLines.STANDARD_INPUT.equals(input)) {
            return run(new UrlLines(streams.in()), 0, null);
        }
        if (input != null) {
            try (InputStream lines = UrlLines.open("--input", input)) {
                return run(new UrlLines(lines), 0, Path.of(input));
            }
        }
        if (urls.isEmpty() && arguments.output().dryRun()) {
            throw OptionException.usage("--dry-run needs URLs or --input");
        }
        if (urls.isEmpty() && arguments.output().hasCheckpoint()) {
            throw OptionException.usage("--checkpoint needs URLs or --input");
        }
        if (urls.isEmpty()) {
            Libraries.need(Libraries.DEMO_SERVER);
            return runDemo(new FetchRun(streams, arguments));
        }
        return run(urls.iterator(), urls.size(), null);
    }

    /** {@code file} is where the lines come from, if it is one. */
    private int run(Iterator<String> lines, long count, @Nullable Path file) throws IOException, InterruptedException {
        if (arguments.output().dryRun()) {
            return new DryRun(streams, arguments).print(lines);
        }
        FetchRun run = new FetchRun(streams, arguments);
        // What is no regular file gives its lines once.
        if (file != null && Files.isRegularFile(file)) {
            run.countLines(file);
        }
        return run.execute(lines, count);
    }

    private int runDemo(FetchRun run) throws InterruptedException {
        try (Demo demo = new Demo()) {
            streams.err().println("Fetching from a demo server at " + demo.baseUrl());
            return run.execute(demo.urls(), Demo.REQUESTS);
        }
    }
}
