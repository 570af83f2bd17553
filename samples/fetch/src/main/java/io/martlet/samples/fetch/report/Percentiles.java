package io.martlet.samples.fetch.report;

import java.util.Arrays;

/** Percentiles by nearest rank: each is one of the durations, that which so many per cent of them do not exceed. */
final class Percentiles {
    private final long[] sorted;

    private Percentiles(long[] sorted) {
        this.sorted = sorted;
    }

    /** Of these durations, in any order. */
    static Percentiles of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** The duration that so many per cent, above 0 and up to 100, do not exceed; 0 if there are none. */
    long at(double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        // 99.9 is a little more than it looks in binary, and must not reach the next rank.
        int rank = (int) Math.ceil(percent * sorted.length / 100 - 1e-9);
        return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
    }

    /** The shortest; 0 if there are none. */
    long min() {
        return sorted.length == 0 ? 0 : sorted[0];
    }

    /** The longest; 0 if there are none. */
    long max() {
        return at(100);
    }

    /** The arithmetic mean; 0 if there are none. */
    long mean() {
        return Math.round(Arrays.stream(sorted).average().orElse(0));
    }
}
