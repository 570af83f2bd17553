package io.martlet.samples.bench;

import static io.martlet.samples.bench.Metric.ALLOCATED;
import static io.martlet.samples.bench.Metric.CPU;
import static io.martlet.samples.bench.Metric.CPU_MILLIS;
import static io.martlet.samples.bench.Metric.HEAP;
import static io.martlet.samples.bench.Metric.MEMORY;
import static io.martlet.samples.bench.Metric.P50;
import static io.martlet.samples.bench.Metric.P99;
import static io.martlet.samples.bench.Metric.PEAK;
import static io.martlet.samples.bench.Metric.RATE;
import static io.martlet.samples.bench.Metric.THREADS;
import static io.martlet.samples.bench.Metric.THROUGHPUT;
import static io.martlet.samples.bench.Metric.WALL;

import io.martlet.samples.bench.client.Exchange.Kind;
import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.client.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is measured. The first metric of each is the one that matters. */
enum Scenario {
    SMALL_GET("small-get", Kind.FETCH, 64, "64 connections, 163 bytes of JSON", RATE, CPU, P50, P99, ALLOCATED, PEAK),
    TLS_SMALL_GET("tls-small-get", Kind.FETCH, 64, "the same with TLS", RATE, CPU, P50, P99, ALLOCATED, PEAK),
    TLS_CONNECT("tls-connect", Kind.FETCH, 16, "a new TLS connection for each", RATE, CPU, P50, P99, ALLOCATED, PEAK),
    FAN_OUT("fan-out", Kind.FETCH, 1_000, "1,000 in flight, answers take 50 ms", RATE, CPU, P50, P99, ALLOCATED, PEAK),
    IN_FLIGHT("in-flight", Kind.FETCH, 10_000, "requests held by the server", HEAP, PEAK, MEMORY, THREADS),
    DOWNLOAD(
            "download",
            Kind.DOWNLOAD,
            1,
            "1 GiB (quick: 128 MiB), dropped as it arrives",
            THROUGHPUT,
            CPU_MILLIS,
            PEAK),
    UPLOAD("upload", Kind.UPLOAD, 1, "1 GiB (quick: 128 MiB) in bodies of 64 MiB", THROUGHPUT, CPU_MILLIS, PEAK),
    COLD_START("cold-start", Kind.FETCH, 1, "one GET, the whole process", WALL, CPU_MILLIS, PEAK),
    BRIDGE("bridge", Kind.FETCH, 64, "Martlet over answers from memory", RATE, CPU, P50, P99, ALLOCATED);

    private final String label;
    private final Kind kind;
    private final int inFlight;
    private final String description;
    private final List<Metric> metrics;

    Scenario(String label, Kind kind, int inFlight, String description, Metric... metrics) {
        this.label = label;
        this.kind = kind;
        this.inFlight = inFlight;
        this.description = description;
        this.metrics = List.of(metrics);
    }

    /** The scenario of that name on the command line. */
    static Optional<Scenario> of(String label) {
        return Arrays.stream(values()).filter(s -> s.label.equals(label)).findFirst();
    }

    String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    /** Most requests at once. */
    int inFlight() {
        return inFlight;
    }

    String description() {
        return description;
    }

    /** The columns of its table. */
    List<Metric> metrics() {
        return metrics;
    }

    boolean isTls() {
        return this == TLS_SMALL_GET || this == TLS_CONNECT;
    }

    /** Whether each request has a connection of its own. */
    boolean closes() {
        return this == TLS_CONNECT;
    }

    /** Whether that row is part of it; what is not installed is found out elsewhere. */
    boolean admits(Contestant contestant) {
        boolean isMartlet = contestant.library() == Library.MARTLET;
        if (contestant.mode() == Mode.FUTURE_DEFAULT && !isMartlet) {
            return false;
        }
        return switch (contestant.library()) {
            case WRK -> this == SMALL_GET && contestant.mode() == Mode.SUSPEND;
            case AIOHTTP -> this != BRIDGE && this != IN_FLIGHT && contestant.mode() == Mode.SUSPEND;
            default -> this != BRIDGE || isMartlet;
        };
    }
}
