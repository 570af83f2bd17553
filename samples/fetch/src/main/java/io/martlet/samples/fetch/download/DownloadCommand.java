package io.martlet.samples.fetch.download;

import io.martlet.samples.fetch.input.UrlLines;
import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.text.Version;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code martlet download}: checks the arguments, opens what they name, and lets {@link DownloadRun} do the work. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        version = Version.TEXT,
        sortOptions = false,
        customSynopsis = "martlet download [OPTION]... URL...",
        descriptionHeading = "%n",
        description = {
            "Downloads files, so many at once.",
            "A file has its name when it is whole and has the digest that it must have; one that is there under its"
                    + " name is kept, wherever it came from, one that is there in part is gone on with.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every file is there",
            "1:at least one is not",
            "2:wrong usage",
            "130:interrupted; the next run goes on there",
            "141:whoever read the output went away"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  martlet download --segments 4 -o isos https://example.com/big.iso",
            "  martlet download --checksums SHA256SUMS -i urls.txt"
        })
public final class DownloadCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            description = "What to download, into a file with the name of the last segment of its path")
    private List<String> urls = List.of();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description =
                    "Take the URLs from FILE, one a line, or from standard input if it is -; blank lines and lines"
                            + " that start with # are skipped")
    private @Nullable String input;

    @Mixin
    private DownloadArguments arguments = new DownloadArguments();

    public DownloadCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return download();
        } catch (OptionException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private int download() throws IOException, InterruptedException {
        if ((input == null) == urls.isEmpty()) {
            throw OptionException.usage("Give URLs or --input, one of them");
        }
        arguments.check(urls.size());
        if (input == null) {
            return new DownloadRun(streams, arguments).execute(urls.iterator(), urls.size());
        }
        if (UrlLines.STANDARD_INPUT.equals(input)) {
            return new DownloadRun(streams, arguments).execute(new UrlLines(streams.in()), 0);
        }
        try (InputStream lines = UrlLines.open("--input", input)) {
            Path file = Path.of(input);
            // What is no regular file gives its lines once.
            long count = Files.isRegularFile(file) ? UrlLines.count(file).orElse(0) : 0;
            return new DownloadRun(streams, arguments).execute(new UrlLines(lines), count);
        }
    }
}
