package io.martlet.samples.bench.worker;

/** Counts durations in microseconds, each within 1/32 of its size: small enough to have one for each of 1,000 loops. */
final class Latencies {
    private static final int SUB_BITS = 5;
    private static final int SUB = 1 << SUB_BITS;
    private static final long MAX_MICROS = (1L << 31) - 1;
    private static final int BUCKETS = bucket(MAX_MICROS) + 1;

    private final int[] counts = new int[BUCKETS];

    void add(long nanos) {
        counts[bucket(Math.min(Math.max(nanos / 1_000, 0), MAX_MICROS))]++;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += others.counts[i];
        }
    }

    /** In nanoseconds, the middle of the bucket; 0 if nothing was counted. */
    long percentile(double part) {
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        long rank = Math.max(1, (long) Math.ceil(total * part));
        long seen = 0;
        for (int i = 0; i < BUCKETS && total > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return (lowest(i) + lowest(i + 1)) * 1_000 / 2;
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(micros) - SUB_BITS - 1);
        return (shift << SUB_BITS) + (int) (micros >> shift);
    }

    private static long lowest(int bucket) {
        if (bucket < 2 * SUB) {
            return bucket;
        }
        int shift = (bucket >> SUB_BITS) - 1;
        return (long) (bucket - (shift << SUB_BITS)) << shift;
    }
}
