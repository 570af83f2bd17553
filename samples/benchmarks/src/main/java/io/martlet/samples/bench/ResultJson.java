package io.martlet.samples.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A campaign as JSON for programs: medians, every sample, ratios. */
final class ResultJson {
    private ResultJson() {}

    /** All scenarios and the machine they ran on, as one object. */
    static String of(List<Outcome> outcomes) {
        JsonArray scenarios = new JsonArray();
        outcomes.forEach(outcome -> scenarios.add(scenario(outcome)));
        return new JsonObject()
                .put("java", System.getProperty("java.runtime.version"))
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("scenarios", scenarios)
                .encode();
    }

    private static JsonObject scenario(Outcome outcome) {
        JsonArray rows = new JsonArray();
        outcome.rows().forEach(row -> rows.add(row(row, outcome)));
        return new JsonObject()
                .put("scenario", outcome.scenario().label())
                .put("inFlight", outcome.inFlight())
                .put("server", outcome.server())
                .put("rows", rows);
    }

    private static JsonObject row(Row row, Outcome outcome) {
        JsonArray samples = new JsonArray();
        row.samples().forEach(sample -> samples.add(metrics(sample.values())));
        JsonObject ratios = new JsonObject();
        outcome.scenario()
                .metrics()
                .forEach(metric -> Statistics.ratio(row, metric, outcome.rows())
                        .ifPresent(ratio -> ratios.put(metric.label(), ratio)));
        JsonObject json = new JsonObject()
                .put("client", row.contestant().library().label())
                .put("mode", row.contestant().mode().label())
                .put("medians", metrics(row.medians()))
                .put("toBestPeer", ratios)
                .put("samples", samples);
        return row.failure() == null ? json : json.put("failure", row.failure());
    }

    private static JsonObject metrics(Map<Metric, Double> values) {
        JsonObject json = new JsonObject();
        values.forEach((metric, value) -> json.put(metric.label(), value));
        return json;
    }
}
