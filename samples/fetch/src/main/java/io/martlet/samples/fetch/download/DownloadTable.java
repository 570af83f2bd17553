package io.martlet.samples.fetch.download;

import io.martlet.samples.fetch.download.DownloadResult.What;
import io.martlet.samples.fetch.output.LineOutput;
import io.martlet.samples.fetch.text.Printable;
import io.martlet.samples.fetch.trace.FetchResult.Failure;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a run in columns, and what they add up to. Used by one thread. */
final class DownloadTable {
    private static final String ROW = "%4s  %-18s %14s %9s  %s";

    private final LineOutput out;
    private final long start = System.nanoTime();
    private final Map<What, Long> counts = new EnumMap<>(What.class);
    private long bytes;

    DownloadTable(LineOutput out) {
        this.out = out;
    }

    void begin() throws IOException {
        row("#", "file", "bytes", "ms", "name");
    }

    void result(DownloadResult result) throws IOException {
        counts.merge(result.what(), 1L, Long::sum);
        bytes += result.bytes();
        String number = Long.toString(result.index() + 1);
        String millis = Long.toString(Math.round(result.elapsedNanos() / 1e6));
        Failure failure = result.failure();
        String url = Printable.of(result.url());
        if (failure == null) {
            String name =
                    result.file() == null ? url : Printable.of(result.file().toString());
            row(number, what(result.what()), Long.toString(result.bytes()), millis, name);
            return;
        }
        row(number, failure.type().replaceFirst("(?<=.)Exception$", ""), "-", millis, url);
        String phase = failure.phase() == null ? "" : " [" + failure.phase() + "]";
        row("", Printable.of(failure.message()) + phase, "", "", "");
    }

    private void row(String number, String what, String size, String millis, String name) throws IOException {
        out.line(String.format(Locale.ROOT, ROW, number, what, size, millis, name)
                .stripTrailing());
    }

    private static String what(What what) {
        return what.name().toLowerCase(Locale.ROOT);
    }

    boolean allSucceeded() {
        return !counts.containsKey(What.FAILED);
    }

    /** The sums of a run in which so many files were given up before they were whole, and why. */
    void end(long givenUp, String why) throws IOException {
        double seconds = (System.nanoTime() - start) / 1e9;
        String list = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + what(count.getKey()))
                .collect(Collectors.joining(", "));
        out.line("");
        out.line("files     " + (list.isEmpty() ? "none" : list));
        if (givenUp > 0) {
            out.line("given up  " + givenUp + ", " + why + "; the next run goes on with them");
        }
        out.line("bytes     " + bytes);
        out.line(String.format(Locale.ROOT, "time      %.2f s", seconds));
    }
}
