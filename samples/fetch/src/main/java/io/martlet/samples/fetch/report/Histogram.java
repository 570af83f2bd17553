package io.martlet.samples.fetch.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How many requests took how long, in bins whose edges grow like the numbers of the series R10 (ISO 3): 1, 1.25, 1.6, 2,
 * 2.5, 3.15, 4, 5, 6.3, 8, 10, so that the fast and the slow have as much room each.
 *
 * @param bins from that of the fastest to that of the slowest, without gaps; empty if there are no requests
 */
record Histogram(List<Bin> bins) {
    /** In microseconds. */
    private static final long[] SERIES = {100, 125, 160, 200, 250, 315, 400, 500, 630, 800};

    private static final long NANOS_PER_MICRO = 1_000;

    /** So many requests took from {@code fromNanos} on, and less than {@code toNanos}. */
    record Bin(long fromNanos, long toNanos, int answered, int unanswered) {
        int count() {
            return answered + unanswered;
        }
    }

    static Histogram of(Requests requests) {
        List<long[]> counts = new ArrayList<>();
        int first = Integer.MAX_VALUE;
        for (int i = 0; i < requests.count(); i++) {
            int bin = bin(requests.nanos(i));
            while (counts.size() <= bin) {
                counts.add(new long[2]);
            }
            counts.get(bin)[requests.isAnswered(i) ? 0 : 1]++;
            first = Math.min(first, bin);
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = first; bin < counts.size(); bin++) {
            long[] count = counts.get(bin);
            bins.add(new Bin(edge(bin), edge(bin + 1), (int) count[0], (int) count[1]));
        }
        return new Histogram(List.copyOf(bins));
    }

    /** The number of the bin, from 0, to which a duration belongs. */
    static int bin(long nanos) {
        int bin = 0;
        while (edge(bin + 1) <= nanos) {
            bin++;
        }
        return bin;
    }

    /** Where a bin begins, in nanoseconds: the first at 0, the second at 100 microseconds. */
    static long edge(int bin) {
        if (bin == 0) {
            return 0;
        }
        long scale = NANOS_PER_MICRO;
        for (int decade = 0; decade < (bin - 1) / SERIES.length; decade++) {
            scale = Math.multiplyExact(scale, 10);
        }
        return Math.multiplyExact(SERIES[(bin - 1) % SERIES.length], scale);
    }

    /** Where a duration lies among the bins: 0 where the first begins, 1 where it ends and the second begins. */
    double position(long nanos) {
        int bin = bin(nanos);
        double from = edge(bin);
        double to = edge(bin + 1);
        // The first has no logarithm.
        double within = bin == 0 ? nanos / to : Math.log(nanos / from) / Math.log(to / from);
        return bin + within - (bins.isEmpty() ? 0 : bin(bins.get(0).fromNanos()));
    }
}
