package io.martlet.samples.fetch.report;

/** How much time all requests together spent in each phase. */
final class StageTimes {
    private final long[] nanos = new long[Stage.values().length];
    private final long[] longest = new long[nanos.length];
    private final int[] counts = new int[nanos.length];

    void add(RequestRow row) {
        for (RequestRow.Span span : row.spans()) {
            int stage = span.stage().ordinal();
            nanos[stage] += span.nanos();
            longest[stage] = Math.max(longest[stage], span.nanos());
            counts[stage]++;
        }
    }

    /** How often there was this phase. */
    int count(Stage stage) {
        return counts[stage.ordinal()];
    }

    /** What they took together. */
    long nanos(Stage stage) {
        return nanos[stage.ordinal()];
    }

    /** What the longest took; 0 if there was none. */
    long longest(Stage stage) {
        return longest[stage.ordinal()];
    }

    /** The arithmetic mean; 0 if there was none. */
    long mean(Stage stage) {
        return count(stage) == 0 ? 0 : nanos(stage) / count(stage);
    }

    /** The phase's part of the time of all phases, from 0 to 1; 0 if there is none. */
    double share(Stage stage) {
        long total = 0;
        for (long each : nanos) {
            total += each;
        }
        return total == 0 ? 0 : (double) nanos(stage) / total;
    }

    /** Whether nothing was heard of any phase. */
    boolean isEmpty() {
        for (int count : counts) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }
}
