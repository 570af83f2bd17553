package io.martlet.samples.fetch.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The few requests that are drawn one by one: those that began first, and those that took longest. */
final class Chosen {
    /** How many of each. */
    static final int MAX = 50;

    private static final Comparator<RequestRow> BY_START =
            Comparator.comparingLong(RequestRow::startNanos).thenComparingLong(RequestRow::index);
    private static final Comparator<RequestRow> BY_LENGTH = Comparator.comparingLong(RequestRow::nanos)
            .thenComparing(Comparator.comparingLong(RequestRow::index).reversed());

    // The head of each is the one that goes next.
    private final PriorityQueue<RequestRow> first = new PriorityQueue<>(BY_START.reversed());
    private final PriorityQueue<RequestRow> slowest = new PriorityQueue<>(BY_LENGTH);

    void add(RequestRow row) {
        first.add(row);
        slowest.add(row);
        if (first.size() > MAX) {
            first.remove();
            slowest.remove();
        }
    }

    /** Those that began first, in the order of their starts. */
    List<RequestRow> first() {
        return sorted(first, BY_START);
    }

    /** Those that took longest, the longest first. */
    List<RequestRow> slowest() {
        return sorted(slowest, BY_LENGTH.reversed());
    }

    private static List<RequestRow> sorted(PriorityQueue<RequestRow> rows, Comparator<RequestRow> order) {
        List<RequestRow> sorted = new ArrayList<>(rows);
        sorted.sort(order);
        return List.copyOf(sorted);
    }
}
