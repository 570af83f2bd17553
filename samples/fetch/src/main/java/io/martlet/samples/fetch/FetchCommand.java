package io.martlet.samples.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code martlet fetch}: checks the arguments, opens what they name, and lets {@link FetchRun} do the work. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        version = Main.VERSION,
        sortOptions = false,
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
        })
final class FetchCommand implements Callable<Integer> {
    private static final int MAX_CONCURRENCY = 10_000;
    private static final String STANDARD_INPUT = "-";

    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "What to fetch")
    private List<String> urls = List.of();

    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            defaultValue = "10",
            description = "Most requests at once. Default: ${DEFAULT-VALUE}")
    private int concurrency;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description =
                    "Take the URLs from FILE, one a line, or from standard input if it is -; blank lines and lines"
                            + " that start with # are skipped")
    private @Nullable String input;

    @Mixin
    private RequestArguments request = new RequestArguments();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.Reader.class,
            defaultValue = "table",
            description = "table, or jsonl for one JSON object a line. Default: ${DEFAULT-VALUE}")
    private Format format = Format.TABLE;

    @Option(
            names = {"-o", "--output-dir"},
            paramLabel = "DIR",
            description =
                    "Save each body in DIR as NUMBER-NAME: its place among the URLs from 00001, and the last segment"
                            + " of its path")
    private @Nullable Path outputDir;

    FetchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        request.check();
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw refusal("--concurrency", "must be 1 to " + MAX_CONCURRENCY + " but was " + concurrency);
        }
        if (input != null && !urls.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Give URLs or --input, not both: '" + input + "'");
        }
        FetchRun run = new FetchRun(streams, request, concurrency, format, savedBodies());
        if (STANDARD_INPUT.equals(input)) {
            return run.execute(new UrlLines(streams.in()), 0);
        }
        if (input != null) {
            try (InputStream lines = open(input)) {
                return run.execute(new UrlLines(lines), 0);
            }
        }
        return urls.isEmpty() ? runDemo(run) : run.execute(urls.iterator(), urls.size());
    }

    private int runDemo(FetchRun run) throws InterruptedException {
        try (Demo demo = new Demo()) {
            streams.err().println("Fetching from a demo server at " + demo.baseUrl());
            return run.execute(demo.urls(), Demo.REQUESTS);
        }
    }

    private @Nullable SavedBodies savedBodies() {
        try {
            return outputDir == null ? null : new SavedBodies(outputDir);
        } catch (IOException e) {
            throw refusal("--output-dir", "cannot create '" + outputDir + "': " + reason(e));
        }
    }

    private InputStream open(String file) {
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw refusal("--input", "'" + file + "' is a directory");
        }
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw refusal("--input", "cannot read '" + file + "': " + reason(e));
        }
    }

    private ParameterException refusal(String option, String reason) {
        return new ParameterException(spec.commandLine(), "Invalid value for option '" + option + "': " + reason);
    }

    /** The JDK's own messages are often just the path. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        String type = e.getClass().getSimpleName().replace("Exception", "");
        return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
