package io.martlet.samples.fetch;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts results and, at the end, prints what they add up to. Used by one thread. */
final class Summary {
    private final long start = System.nanoTime();
    private final Map<String, Long> statusClasses = new TreeMap<>();
    private final Map<String, Long> errorTypes = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private long kept;
    private long succeeded;
    private long failed;
    private long bytes;

    void add(FetchResult result) {
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

    boolean allSucceeded() {
        return failed == 0;
    }

    /**
     * Prints the sums of a run in which so many requests were passed over as done before, and so many were given up before
     * they were done, and why.
     */
    void print(LineOutput out, long skipped, long givenUp, String why) throws IOException {
        double seconds = (System.nanoTime() - start) / 1e9;
        long requests = succeeded + failed;
        out.line("");
        line(out, "requests", "%d (%d succeeded, %d failed)", requests, succeeded, failed);
        if (kept > 0) {
            line(out, "kept", "%d of these %s there", kept, kept == 1 ? "was" : "were");
        }
        if (skipped > 0) {
            line(out, "done", "%d before this run", skipped);
        }
        if (givenUp > 0) {
            line(out, "given up", "%d, %s", givenUp, why);
        }
        if (!statusClasses.isEmpty()) {
            line(out, "statuses", "%s", list(statusClasses));
        }
        if (!errorTypes.isEmpty()) {
            line(out, "errors", "%s", list(errorTypes));
        }
        line(out, "bytes", "%d", bytes);
        line(out, "time", "%.2f s (%.0f requests/s)", seconds, requests / seconds);
        if (!statusClasses.isEmpty()) {
            double p50 = latencies.percentile(50) / 1e6;
            double p95 = latencies.percentile(95) / 1e6;
            line(out, "latency", "p50 %.1f ms, p95 %.1f ms", p50, p95);
        }
    }

    private static void line(LineOutput out, String name, String format, Object... values) throws IOException {
        out.line(String.format(Locale.ROOT, "%-10s", name) + String.format(Locale.ROOT, format, values));
    }

    private static String list(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
