package io.martlet.samples.fetch.output;

import io.martlet.samples.fetch.text.Decimals;
import io.martlet.samples.fetch.trace.FetchResult;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts results and, at the end, prints what they add up to. Used by one thread. */
public final class Summary {
    private final long start = System.nanoTime();
    private final Map<String, Long> statusClasses = new TreeMap<>();
    private final Map<String, Long> errorTypes = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private long kept;
    private long succeeded;
    private long failed;
    private long bytes;

    public void add(FetchResult result) {
        if (result.isSuccess()) {
            succeeded++;
        } else {
            failed++;
        }
        if (result.failure() != null) {
            errorTypes.merge(result.failure().type(), 1L, Long::sum);
        } else if (result.isKept()) {
            kept++;
        } else if (result.head() != null) {
            statusClasses.merge(result.head().status() / 100 + "xx", 1L, Long::sum);
            bytes += result.body() == null ? 0 : result.body().bytes();
            latencies.add(result.elapsedNanos());
        }
    }

    public boolean allSucceeded() {
        return failed == 0;
    }

    /**
     * Prints the sums of a run in which so many requests were passed over as done before, and so many were given up before
     * they were done, and why.
     */
    public void print(LineOutput out, long skipped, long givenUp, String why) throws IOException {
        double seconds = (System.nanoTime() - start) / 1e9;
        long requests = succeeded + failed;
        out.line("");
        line(out, "requests", requests + " (" + succeeded + " succeeded, " + failed + " failed)");
        if (kept > 0) {
            line(out, "kept", kept + " of these " + (kept == 1 ? "was" : "were") + " there");
        }
        if (skipped > 0) {
            line(out, "done", skipped + " before this run");
        }
        if (givenUp > 0) {
            line(out, "given up", givenUp + ", " + why);
        }
        if (!statusClasses.isEmpty()) {
            line(out, "statuses", list(statusClasses));
        }
        if (!errorTypes.isEmpty()) {
            line(out, "errors", list(errorTypes));
        }
        line(out, "bytes", Long.toString(bytes));
        String rate = Decimals.text(requests / seconds, 0);
        line(out, "time", Decimals.text(seconds, 2) + " s (" + rate + " requests/s)");
        if (!statusClasses.isEmpty()) {
            String p50 = Decimals.text(latencies.percentile(50) / 1e6, 1);
            String p95 = Decimals.text(latencies.percentile(95) / 1e6, 1);
            line(out, "latency", "p50 " + p50 + " ms, p95 " + p95 + " ms");
        }
    }

    private static void line(LineOutput out, String name, String text) throws IOException {
        out.line(Decimals.left(name, 10) + text);
    }

    private static String list(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
