package io.martlet.samples.fetch.output;

import java.util.Arrays;

/** Any number of durations in a few kilobytes, each as exact as two per cent. Not thread-safe. */
final class Latencies {
    /** Each doubling of the duration is divided into so many equal parts, a power of two. */
    private static final int PARTS = 32;

    private static final int PART_BITS = 5;

    private final long[] counts = new long[Long.SIZE * PARTS];
    private long total;

    void add(long nanos) {
        counts[slot(Math.max(1, nanos))]++;
        total++;
    }

    /** The duration in nanoseconds that so many per cent do not exceed; 0 if there are none. */
    long percentile(int percent) {
        long rank = (total * percent + 99) / 100;
        long seen = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            seen += counts[slot];
            if (seen >= rank && seen > 0) {
                return middle(slot);
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return total + " in " + Arrays.stream(counts).filter(count -> count > 0).count() + " slots";
    }

    private static int slot(long nanos) {
        int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        int shift = Math.max(0, doublings - PART_BITS);
        return shift * PARTS + (int) (nanos >>> shift);
    }

    private static long middle(int slot) {
        int shift = Math.max(0, slot / PARTS - 1);
        long low = (long) (slot - shift * PARTS) << shift;
        return low + (1L << shift) / 2;
    }
}
