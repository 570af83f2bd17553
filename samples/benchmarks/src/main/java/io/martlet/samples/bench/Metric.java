package io.martlet.samples.bench;

/** What a round measures. */
enum Metric {
    RATE("requests/s", Better.HIGHER),
    THROUGHPUT("MiB/s", Better.HIGHER),
    WALL("ms", Better.LOWER),
    CPU("CPU us/req", Better.LOWER),
    CPU_MILLIS("CPU ms", Better.LOWER),
    P50("p50 ms", Better.LOWER),
    P99("p99 ms", Better.LOWER),
    ALLOCATED("alloc B/req", Better.LOWER),
    HEAP("heap B/req", Better.LOWER),
    MEMORY("memory B/req", Better.LOWER),
    THREADS("threads", Better.LOWER),
    PEAK("peak MiB", Better.LOWER);

    /** Which way is better. */
    enum Better {
        HIGHER,
        LOWER
    }

    private final String label;
    private final Better better;

    Metric(String label, Better better) {
        this.label = label;
        this.better = better;
    }

    /** With its unit, as in the head of a table. */
    String label() {
        return label;
    }

    /** The better of two values. */
    double best(double a, double b) {
        return better == Better.HIGHER ? Math.max(a, b) : Math.min(a, b);
    }
}
