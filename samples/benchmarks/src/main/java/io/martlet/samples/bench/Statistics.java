package io.martlet.samples.bench;

import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.client.Mode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Medians over rounds, and ratios between rows. */
final class Statistics {
    private Statistics() {}

    /** The middle one, or the mean of the two in the middle. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is no median of nothing");
        }
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of each metric that every sample has. */
    static Map<Metric, Double> medians(List<Sample> samples) {
        Map<Metric, Double> medians = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            List<Double> values = samples.stream()
                    .filter(sample -> sample.values().containsKey(metric))
                    .map(sample -> sample.values().get(metric))
                    .toList();
            if (!values.isEmpty() && values.size() == samples.size()) {
                medians.put(metric, median(values));
            }
        }
        return medians;
    }

    /** The row's value as a multiple of the best peer's in the same mode; empty if one of the two is missing or zero. */
    static OptionalDouble ratio(Row row, Metric metric, List<Row> rows) {
        OptionalDouble best = rows.stream()
                .filter(r -> r.contestant().library().role() == Library.Role.PEER)
                .filter(r -> modeOfPeers(r) == modeOfPeers(row))
                .filter(r -> r.medians().containsKey(metric))
                .mapToDouble(r -> r.medians().get(metric))
                .reduce(metric::best);
        Double value = row.medians().get(metric);
        if (value == null || best.isEmpty() || best.getAsDouble() == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value / best.getAsDouble());
    }

    private static Mode modeOfPeers(Row row) {
        return row.contestant().mode() == Mode.FUTURE_DEFAULT
                ? Mode.FUTURE
                : row.contestant().mode();
    }
}
