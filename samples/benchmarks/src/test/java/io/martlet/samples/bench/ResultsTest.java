package io.martlet.samples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.client.Mode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Outcome OUTCOME = new Outcome(
            Scenario.DOWNLOAD,
            1,
            "nginx",
            List.of(
                    row(Library.MARTLET, 1234.5, 50, null),
                    row(Library.VERTX, 2469, 100, null),
                    row(Library.JDK, 1, 1, "No connection")));

    @Test
    void theTableIsAligned() {
        String table = """
                download: 1 GiB (quick: 128 MiB), dropped as it arrives. In flight: 1. Server: nginx.
                client   mode     MiB/s  CPU ms  peak MiB  x MiB/s  x CPU ms
                martlet  suspend  1,235   50.00         -     0.50      0.50
                vertx    suspend  2,469     100         -     1.00      1.00
                jdk      suspend      -       -         -        -         -
                jdk (suspend) failed: No connection
                """;
        assertEquals(table, ResultTable.of(OUTCOME));
    }

    @Test
    void jsonTellsEverySample() {
        JsonObject json = new JsonObject(ResultJson.of(List.of(OUTCOME)));
        JsonObject scenario = json.getJsonArray("scenarios").getJsonObject(0);
        JsonObject martlet = new JsonObject()
                .put("client", "martlet")
                .put("mode", "suspend")
                .put("medians", new JsonObject().put("MiB/s", 1234.5).put("CPU ms", 50.0))
                .put("toBestPeer", new JsonObject().put("MiB/s", 0.5).put("CPU ms", 0.5))
                .put("samples", List.of(Map.of("MiB/s", 1234.5, "CPU ms", 50.0)));
        assertEquals("download", scenario.getString("scenario"));
        assertEquals(
                new JsonObject(martlet.encode()), scenario.getJsonArray("rows").getJsonObject(0));
        assertEquals(
                "No connection", scenario.getJsonArray("rows").getJsonObject(2).getString("failure"));
    }

    private static Row row(Library library, double throughput, double cpu, String failure) {
        Sample sample = new Sample(Map.of(Metric.THROUGHPUT, throughput, Metric.CPU_MILLIS, cpu));
        return new Row(new Contestant(library, Mode.SUSPEND), List.of(sample), failure);
    }
}
