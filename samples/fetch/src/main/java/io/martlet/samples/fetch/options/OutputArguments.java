package io.martlet.samples.fetch.options;

import io.martlet.samples.fetch.input.DoneLines;
import io.martlet.samples.fetch.output.Format;
import io.martlet.samples.fetch.output.HarFile;
import io.martlet.samples.fetch.output.ReportPage;
import io.martlet.samples.fetch.output.SavedBodies;
import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is printed and what is kept. */
public final class OutputArguments {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.Reader.class,
            description =
                    "table; jsonl for one JSON object a line, with the time of each phase; or csv. Default: table")
    private Format format = Format.TABLE;

    @Option(
            names = {"-o", "--output-dir"},
            paramLabel = "DIR",
            description =
                    "Save each body in DIR as NUMBER-NAME: its place among the URLs from 00001, and the last segment"
                            + " of its path. With --resume or --checkpoint as NAME-DIGEST: 16 digits that are always"
                            + " the same for the same URL, method and body; and none of statuses from 400 on")
    private @Nullable String outputDir;

    @Option(
            names = "--resume",
            description =
                    "With -o: leave alone what DIR has whole of a URL, and go on with what it has in part, where the"
                            + " server says that it is still the same. Requests other than GET without a body and -H Range"
                            + " are sent as ever. A status below 400 that brings no whole file, such as 202, or 302 with"
                            + " --no-redirects, is a failure")
    private boolean resume;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "Record in FILE which requests have succeeded and are printed, and pass over those that an earlier"
                            + " run has recorded there: a run that was killed goes on where it was")
    private @Nullable String checkpoint;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell on standard error what happens to each request, as [NUMBER] and a line as curl has it")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress, and print nothing on standard error but what went wrong")
    private boolean quiet;

    @Option(
            names = "--har",
            paramLabel = "FILE",
            description =
                    "Write all requests to FILE as an HTTP archive (HAR 1.2), for the network panel of a browser; of a"
                            + " run that goes on with a checkpoint, its own")
    private @Nullable String har;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write to FILE a page that shows the run: the slowest hosts, latency, phases, errors, and all"
                    + " requests; of a run that goes on with a checkpoint, its own")
    private @Nullable String report;

    @Option(
            names = "--dry-run",
            description = "Send nothing, and print for each URL the command of curl that would do the same")
    private boolean dryRun;

    @Option(
            names = "--show-secrets",
            description =
                    "Show passwords, tokens and cookies in what is printed and written; they are hidden otherwise")
    private boolean showSecrets;

    /** Refuses what does not go together. */
    void check() {
        if (resume && outputDir == null) {
            throw OptionException.usage("--resume needs --output-dir");
        }
    }

    /** The files that are written, by their options. */
    Map<String, @Nullable String> files() {
        Map<String, @Nullable String> files = new LinkedHashMap<>();
        files.put("--har", har);
        files.put("--report", report);
        files.put("--checkpoint", checkpoint);
        return files;
    }

    public Format format() {
        return format;
    }

    public boolean verbose() {
        return verbose;
    }

    public boolean quiet() {
        return quiet;
    }

    public boolean dryRun() {
        return dryRun;
    }

    public boolean showSecrets() {
        return showSecrets;
    }

    /** Whether the digest of each body is printed. */
    public boolean needsDigest() {
        return format != Format.TABLE;
    }

    /** Whether nothing could be printed without listening to each request. */
    boolean needsEvents() {
        return verbose || har != null;
    }

    /** Whether anything is printed that is better for listening to each request. */
    public boolean needsTrace() {
        return format != Format.TABLE || report != null || needsEvents();
    }

    public boolean hasCheckpoint() {
        return checkpoint != null;
    }

    /** Whether further runs go on with what this one leaves. */
    public boolean isLasting() {
        return resume || checkpoint != null;
    }

    /** What is done already, where the command says of each request what {@code request} does; null where nobody asks. */
    @Nullable
    public DoneLines doneLines(String request) {
        return checkpoint == null ? null : DoneLines.open("--checkpoint", checkpoint, request);
    }

    @Nullable
    public SavedBodies savedBodies() {
        try {
            return outputDir == null
                    ? null
                    : new SavedBodies(BodyValues.path("--output-dir", outputDir), isLasting(), resume);
        } catch (IOException e) {
            throw OptionException.of("--output-dir", "cannot create '" + outputDir + "'", e);
        }
    }

    /** The archive to write; null for none. */
    @Nullable
    public HarFile har() {
        try {
            return har == null ? null : new HarFile(BodyValues.path("--har", har), showSecrets);
        } catch (IOException e) {
            throw OptionException.of("--har", "cannot write '" + har + "'", e);
        }
    }

    /** The page to write; null for none. */
    @Nullable
    public ReportPage report() {
        try {
            return report == null ? null : new ReportPage(BodyValues.path("--report", report), showSecrets);
        } catch (IOException e) {
            throw OptionException.of("--report", "cannot write '" + report + "'", e);
        }
    }
}
