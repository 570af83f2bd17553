package io.martlet.samples.bench.worker;

import io.martlet.samples.bench.client.Exchange;
import java.util.function.Supplier;

/** One round: requests are made, and what they cost is measured. */
final class Round {
    private Round() {}

    /** Measures a load, made when its time begins, as a line of JSON. */
    static String measure(Loop loop, Exchange exchange, Supplier<Load> load) throws InterruptedException {
        long allocated = Usage.allocatedBytes();
        long cpu = Usage.cpuNanos();
        long start = System.nanoTime();
        Tally tally = loop.run(exchange, load.get());
        long nanos = System.nanoTime() - start;
        cpu = Usage.cpuNanos() - cpu;
        allocated = Usage.allocatedBytes() - allocated;
        return describe(tally, nanos)
                .with("cpuNanos", cpu)
                .with("processCpuNanos", Usage.cpuNanos())
                .with("allocatedBytes", Math.max(0, allocated))
                .with("peakBytes", Usage.peakMemoryBytes())
                .toString();
    }

    /** What the loop counted. */
    static JsonLine describe(Tally tally, long nanos) {
        JsonLine line = new JsonLine()
                .with("requests", tally.requests())
                .with("nanos", nanos)
                .with("p50Nanos", tally.latency(0.5))
                .with("p99Nanos", tally.latency(0.99))
                .with("errors", tally.errors());
        String error = tally.firstError();
        return error == null ? line : line.with("error", error);
    }
}
