package io.martlet.samples.flink;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The arguments after the jar: what is fetched, where to, and within which limits. */
@Command(
        name = "martlet-flink-fetch.jar",
        sortOptions = false,
        description = {"Fetches lists of URLs on all slots of a cluster, and writes a JSON object a line for each.", ""
        })
final class FetchArguments {
    private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(?:/([smh]))?");

    @Option(
            names = {"-i", "--input"},
            paramLabel = "PATH",
            required = true,
            arity = "1..*",
            description = "Files of URLs, one a line, or folders of such files; blank lines and lines that start with #"
                    + " are skipped")
    private List<String> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            required = true,
            description = "The folder of the results")
    private String output = "";

    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            description = "Most requests at once in each slot. Default: 10")
    private int concurrency = 10;

    @Option(
            names = "--rate",
            paramLabel = "N[/UNIT]",
            description = "Most requests in a time in all slots together, redirects and retries included: 50 a second,"
                    + " 100/m, 1000/h. Default: any number")
    private @Nullable String rate;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Try what failed up to N times more, after growing waits. Default: 0")
    private int retries;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "Limit for each request as a whole, waits, redirects, retries and body included. Default: 300")
    private int timeout = 300;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            description = "Longest body that is taken, decompressed; a longer one is a failure. Default: 8388608")
    private long maxBody = 8L << 20;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "How many slots fetch. Default: that of flink run -p, or of the cluster")
    private @Nullable Integer parallelism;

    @Option(
            names = "--checkpoint",
            paramLabel = "SECONDS",
            description = "How often results are committed; what is killed repeats so much at most. Default: 10")
    private double checkpoint = 10;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this")
    private boolean isHelpWanted;

    private FetchArguments() {}

    /** Reads and checks; an {@link IllegalArgumentException} says what is wrong. */
    static FetchArguments parse(String... args) {
        FetchArguments arguments = new FetchArguments();
        try {
            new CommandLine(arguments).parseArgs(args);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage() + System.lineSeparator() + help(), e);
        }
        return arguments;
    }

    /** What there is. */
    static String help() {
        return new CommandLine(new FetchArguments()).getUsageMessage();
    }

    boolean isHelpWanted() {
        return isHelpWanted;
    }

    List<Path> inputs() {
        return inputs.stream().map(Path::new).toList();
    }

    Path output() {
        return new Path(output);
    }

    FetchSettings settings() {
        return new FetchSettings(concurrency, perSecond(), retries, Duration.ofSeconds(timeout), maxBody);
    }

    /** Says how parallel the job is and how often there is a checkpoint; refuses a rate that is too low for that. */
    void describe(StreamExecutionEnvironment environment) {
        if (parallelism != null) {
            environment.setParallelism(parallelism);
        }
        environment.enableCheckpointing(Math.round(checkpoint * 1_000));
        if (!settings().isRateEnough(environment.getParallelism())) {
            throw new IllegalArgumentException("--rate " + rate + " is too low for " + concurrency
                    + " requests at once in each of " + environment.getParallelism()
                    + " slots: the last of them would wait for longer than --timeout " + timeout);
        }
    }

    private double perSecond() {
        if (rate == null) {
            return Double.POSITIVE_INFINITY;
        }
        Matcher form = RATE.matcher(rate);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "--rate must be a number, a second unless it ends in /s, /m or /h, such as" + " 100/m, but was '"
                            + rate + "'");
        }
        double seconds = "m".equals(form.group(2)) ? 60 : "h".equals(form.group(2)) ? 3_600 : 1;
        return Double.parseDouble(form.group(1)) / seconds;
    }
}
