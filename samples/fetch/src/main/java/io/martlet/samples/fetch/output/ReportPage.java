package io.martlet.samples.fetch.output;

import io.martlet.samples.fetch.report.Ending;
import io.martlet.samples.fetch.report.RequestRow;
import io.martlet.samples.fetch.report.RequestRow.Problem;
import io.martlet.samples.fetch.report.RequestRow.Span;
import io.martlet.samples.fetch.report.RunReport;
import io.martlet.samples.fetch.report.Stage;
import io.martlet.samples.fetch.text.Printable;
import io.martlet.samples.fetch.text.Secrets;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.trace.FetchResult.Failure;
import io.martlet.samples.fetch.trace.FetchResult.Head;
import io.martlet.samples.fetch.trace.Hop;
import io.martlet.samples.fetch.trace.Hop.Timings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page of {@code --report}: tells a {@link RunReport} of each result, secrets left out, and puts what it writes under its
 * name when it is whole. Used by one thread.
 */
public final class ReportPage {
    private static final int MAX_URL_CHARS = 300;
    private static final int MAX_MESSAGE_CHARS = 500;

    private static final Pattern URL = Pattern.compile("(?i)(https?)://([^/?#]*)(.*)");
    private static final Pattern USUAL_PORT = Pattern.compile("(?<=^http://.{1,255}):80$|(?<=^https://.{1,255}):443$");

    private final Path file;
    private final boolean showSecrets;
    private final Instant started = Instant.now();
    private final long startNanos = System.nanoTime();
    private final RunReport report = new RunReport();

    /** Looks whether the file can be written, and leaves what is there until {@link #write}. */
    public ReportPage(Path file, boolean showSecrets) throws IOException {
        // What a link leads to is replaced, not the link.
        Path target = Files.isRegularFile(file) ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.getParent();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isWritable(isReplaced(target) ? directory : target)) {
            throw new AccessDeniedException(file.toString());
        }
        this.file = target;
        this.showSecrets = showSecrets;
    }

    /** Adds what became of one URL; what was not asked for is no request. */
    public void add(FetchResult result) throws IOException {
        Head head = result.head();
        Failure failure = result.failure();
        if (head == null && failure == null) {
            return;
        }
        String url = Printable.of(showSecrets ? result.url() : Secrets.url(result.url()));
        Matcher parts = URL.matcher(url);
        boolean isUrl = parts.matches();
        report.add(new RequestRow(
                result.index(),
                isUrl ? origin(parts.group(1), parts.group(2)) : "(no URL)",
                Printable.cutInTheMiddle(isUrl ? parts.group(3) : " " + url, MAX_URL_CHARS),
                head == null ? 0 : head.status(),
                failure == null ? null : problem(failure),
                result.body() == null ? 0 : result.body().bytes(),
                result.startNanos() - startNanos,
                result.elapsedNanos(),
                result.attempts(),
                spans(result)));
    }

    private static String origin(String scheme, String authority) {
        String origin = (scheme + "://" + authority).toLowerCase(Locale.ROOT);
        return USUAL_PORT
                .matcher(Printable.cutInTheMiddle(origin, MAX_URL_CHARS))
                .replaceFirst("");
    }

    private Problem problem(Failure failure) {
        String message = Printable.of(showSecrets ? failure.message() : Secrets.url(failure.message()));
        return new Problem(failure.type(), failure.phase(), Printable.cutInTheMiddle(message, MAX_MESSAGE_CHARS));
    }

    private static List<Span> spans(FetchResult result) {
        List<Span> spans = new ArrayList<>();
        for (Hop hop : result.hops()) {
            Timings timings = hop.timings();
            long offset = hop.startNanos() - result.startNanos();
            offset = add(spans, Stage.QUEUE, offset, timings.queue());
            offset = add(spans, Stage.DNS, offset, timings.dns());
            offset = add(spans, Stage.CONNECT, offset, timings.connect());
            offset = add(spans, Stage.TLS, offset, timings.tls());
            offset = add(spans, Stage.SEND, offset, timings.send());
            offset = add(spans, Stage.FIRST_BYTE, offset, timings.firstByte());
            add(spans, Stage.RECEIVE, offset, timings.receive());
        }
        return spans;
    }

    /** Adds a phase if there was one, and returns where the next begins. */
    private static long add(List<Span> spans, Stage stage, long offset, @Nullable Duration took) {
        if (took == null) {
            return offset;
        }
        spans.add(new Span(stage, offset, took.toNanos()));
        return offset + took.toNanos();
    }

    /**
     * Writes the page. Called once.
     *
     * @param givenUp how many requests were under way and not waited for
     * @param why     the run ended early, as {@code interrupted}; empty if it did not
     */
    public void write(long givenUp, String why) throws IOException {
        Ending ending = new Ending(started, System.nanoTime() - startNanos, givenUp, why);
        if (!isReplaced(file)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                report.write(out, ending);
            }
            return;
        }
        Path part = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                report.write(out, ending);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A device or a pipe is written to as it is. */
    private static boolean isReplaced(Path file) {
        return !Files.exists(file) || Files.isRegularFile(file);
    }
}
