package io.martlet.samples.fetch.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The run, cut into slots of one length: how many requests were under way, and how many were done.
 *
 * @param slotNanos the length of each, 1, 2 or 5 times a power of ten
 * @param slots     from the start of the run to the end of its last request; empty if there are no requests
 */
record TimeLine(long slotNanos, List<Slot> slots) {
    private static final int MAX_SLOTS = 120;
    private static final long MIN_SLOT_NANOS = 1_000_000;

    /**
     * A slot.
     *
     * @param maxInFlight the most that were under way at once in it
     * @param succeeded   how many were done in it with a status below 400
     * @param failed      how many were done otherwise
     */
    record Slot(int maxInFlight, int succeeded, int failed) {
        int done() {
            return succeeded + failed;
        }
    }

    static TimeLine of(Requests requests) {
        int count = requests.count();
        if (count == 0) {
            return new TimeLine(MIN_SLOT_NANOS, List.of());
        }
        long slotNanos = slotNanos(requests.lastEnd());
        int slots = (int) (Math.max(0, requests.lastEnd() - 1) / slotNanos) + 1;
        int[] succeeded = new int[slots];
        int[] failed = new int[slots];
        long[] starts = new long[count];
        long[] ends = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = Math.max(0, requests.start(i));
            // What took no time was under way for a moment nevertheless.
            ends[i] = Math.max(starts[i] + 1, requests.start(i) + requests.nanos(i));
            (requests.isFailed(i) ? failed : succeeded)[slotBefore(ends[i], slotNanos, slots)]++;
        }
        Arrays.sort(starts);
        Arrays.sort(ends);
        int[] most = mostInFlight(starts, ends, slotNanos, slots);
        List<Slot> all = new ArrayList<>(slots);
        for (int i = 0; i < slots; i++) {
            all.add(new Slot(most[i], succeeded[i], failed[i]));
        }
        return new TimeLine(slotNanos, List.copyOf(all));
    }

    /** The shortest that makes no more than {@value #MAX_SLOTS} slots. */
    private static long slotNanos(long total) {
        long power = MIN_SLOT_NANOS;
        while (power * 5 * MAX_SLOTS < total) {
            power *= 10;
        }
        for (long factor : new long[] {1, 2}) {
            if (power * factor * MAX_SLOTS >= total) {
                return power * factor;
            }
        }
        return power * 5;
    }

    /** A request is under way from its start on, and at its end no more. */
    private static int[] mostInFlight(long[] starts, long[] ends, long slotNanos, int slots) {
        int[] most = new int[slots];
        int slot = 0;
        int inFlight = 0;
        int ended = 0;
        for (long start : starts) {
            while (ends[ended] <= start) {
                slot = carry(most, slot, slotBefore(ends[ended], slotNanos, slots), inFlight);
                inFlight--;
                ended++;
            }
            slot = carry(most, slot, slotBefore(start + 1, slotNanos, slots), inFlight);
            inFlight++;
            most[slot] = Math.max(most[slot], inFlight);
        }
        for (; ended < ends.length; ended++) {
            slot = carry(most, slot, slotBefore(ends[ended], slotNanos, slots), inFlight);
            inFlight--;
        }
        return most;
    }

    /** What is under way reaches into each slot up to {@code to}. */
    private static int carry(int[] most, int from, int to, int inFlight) {
        for (int slot = from + 1; slot <= to; slot++) {
            most[slot] = Math.max(most[slot], inFlight);
        }
        return Math.max(from, to);
    }

    /** The slot that holds the moment right before {@code end}. */
    private static int slotBefore(long end, long slotNanos, int slots) {
        return (int) Math.min(slots - 1, (end - 1) / slotNanos);
    }
}
