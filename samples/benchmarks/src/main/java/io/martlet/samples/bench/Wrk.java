package io.martlet.samples.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk, with one thread. It tells nothing of its CPU time. */
record Wrk(Path program, String url, int inFlight, Duration length) implements Competitor {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx|Socket errors");

    /** It has nothing to warm. */
    @Override
    public void warmUp() {}

    @Override
    public Sample round() throws IOException, InterruptedException {
        long seconds = Math.max(1, length.toSeconds());
        Process process = new ProcessBuilder(
                        program.toString(), "-t1", "-c" + inFlight, "-d" + seconds + "s", "--latency", url)
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return parse(text);
    }

    /** Reads what wrk prints. */
    static Sample parse(String text) throws IOException {
        Matcher rate = RATE.matcher(text);
        if (!rate.find() || FAILED.matcher(text).find()) {
            throw new IOException("wrk failed: " + text);
        }
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.RATE, Double.parseDouble(rate.group(1)));
        putLatency(values, Metric.P50, "50%", text);
        putLatency(values, Metric.P99, "99%", text);
        return new Sample(values);
    }

    private static void putLatency(Map<Metric, Double> values, Metric metric, String part, String text) {
        Matcher latency =
                Pattern.compile("\\s" + part + "\\s+([\\d.]+)(us|ms|s)\\b").matcher(text);
        if (latency.find()) {
            double millis = switch (latency.group(2)) {
                case "us" -> 1e-3;
                case "ms" -> 1;
                default -> 1e3;
            };
            values.put(metric, Double.parseDouble(latency.group(1)) * millis);
        }
    }

    @Override
    public void close() {}
}
