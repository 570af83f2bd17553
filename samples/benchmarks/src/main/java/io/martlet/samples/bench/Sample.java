package io.martlet.samples.bench;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** What one round of one contestant gave; a metric that could not be measured is absent. */
record Sample(Map<Metric, Double> values) {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MIB = 1 << 20;

    /**
     * Reads the line of a worker.
     *
     * @param bytesPerRequest of the larger body, for the throughput
     * @throws IOException if it is none, or tells of requests that failed
     */
    static Sample of(String line, long bytesPerRequest) throws IOException {
        JsonObject json = parse(line);
        long errors = json.getLong("errors", 0L);
        if (errors > 0) {
            throw new IOException(errors + " requests failed, the first with " + json.getString("error"));
        }
        double requests = json.getLong("requests");
        if (requests == 0) {
            throw new IOException("No request was answered within the round");
        }
        double seconds = json.getLong("nanos") / NANOS_PER_SECOND;
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.RATE, requests / seconds);
        values.put(Metric.THROUGHPUT, requests * bytesPerRequest / MIB / seconds);
        put(values, Metric.P50, json, "p50Nanos", NANOS_PER_MILLI);
        put(values, Metric.P99, json, "p99Nanos", NANOS_PER_MILLI);
        put(values, Metric.CPU, json, "cpuNanos", NANOS_PER_MICRO * requests);
        put(values, Metric.CPU_MILLIS, json, "cpuNanos", NANOS_PER_MILLI);
        put(values, Metric.ALLOCATED, json, "allocatedBytes", requests);
        put(values, Metric.HEAP, json, "heapBytes", requests);
        put(values, Metric.MEMORY, json, "memoryBytes", requests);
        put(values, Metric.THREADS, json, "threads", 1);
        put(values, Metric.PEAK, json, "peakBytes", MIB);
        return new Sample(values);
    }

    /** A process that made one request: {@code wallNanos} from its start to its end, and the CPU time of all of it. */
    static Sample ofColdStart(String line, long wallNanos) throws IOException {
        Map<Metric, Double> values = new EnumMap<>(of(line, 0).values);
        values.put(Metric.WALL, wallNanos / NANOS_PER_MILLI);
        put(values, Metric.CPU_MILLIS, parse(line), "processCpuNanos", NANOS_PER_MILLI);
        return new Sample(values);
    }

    private static JsonObject parse(String line) throws IOException {
        try {
            return new JsonObject(line);
        } catch (DecodeException e) {
            throw new IOException("Not a line of results: " + line, e);
        }
    }

    private static void put(Map<Metric, Double> values, Metric metric, JsonObject json, String name, double unit) {
        Long value = json.getLong(name);
        if (value != null) {
            values.put(metric, value / unit);
        }
    }
}
