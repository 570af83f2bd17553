package io.martlet.samples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A scenario as aligned columns for people. */
final class ResultTable {
    private static final String NONE = "-";
    private static final int RATIOS = 2;
    private static final double ALL_DIGITS_FROM = 100;

    private ResultTable() {}

    /** A line for each row under a head, the ratios of the first two metrics at their end. */
    static String of(Outcome outcome) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(head(outcome.scenario()));
        outcome.rows().forEach(row -> lines.add(cells(row, outcome)));
        StringBuilder text = new StringBuilder(title(outcome));
        int[] widths = widths(lines);
        lines.forEach(line -> text.append(aligned(line, widths)).append('\n'));
        outcome.rows().stream()
                .filter(row -> row.failure() != null)
                .forEach(row -> text.append(row.contestant())
                        .append(" failed: ")
                        .append(row.failure())
                        .append('\n'));
        return text.toString();
    }

    private static String title(Outcome outcome) {
        Scenario scenario = outcome.scenario();
        return scenario.label() + ": " + scenario.description() + ". In flight: " + outcome.inFlight() + ". Server: "
                + outcome.server() + ".\n";
    }

    private static List<String> head(Scenario scenario) {
        List<String> cells = new ArrayList<>(List.of("client", "mode"));
        scenario.metrics().forEach(metric -> cells.add(metric.label()));
        scenario.metrics().stream().limit(RATIOS).forEach(metric -> cells.add("x " + metric.label()));
        return cells;
    }

    private static List<String> cells(Row row, Outcome outcome) {
        Contestant contestant = row.contestant();
        List<String> cells = new ArrayList<>(
                List.of(contestant.library().label(), contestant.mode().label()));
        List<Metric> metrics = outcome.scenario().metrics();
        metrics.forEach(metric -> cells.add(number(row.medians().get(metric))));
        metrics.stream()
                .limit(RATIOS)
                .forEach(metric -> cells.add(ratio(Statistics.ratio(row, metric, outcome.rows()))));
        return cells;
    }

    private static String number(@Nullable Double value) {
        if (value == null) {
            return NONE;
        }
        return String.format(Locale.ROOT, value < ALL_DIGITS_FROM ? "%.2f" : "%,.0f", value);
    }

    private static String ratio(OptionalDouble ratio) {
        return ratio.isEmpty() ? NONE : String.format(Locale.ROOT, "%.2f", ratio.getAsDouble());
    }

    private static int[] widths(List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return widths;
    }

    /** Names to the left, numbers to the right. */
    private static String aligned(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String format = i < 2 ? "%-" + widths[i] + "s" : "%" + widths[i] + "s";
            line.append(i == 0 ? "" : "  ").append(String.format(Locale.ROOT, format, cells.get(i)));
        }
        return line.toString().stripTrailing();
    }
}
