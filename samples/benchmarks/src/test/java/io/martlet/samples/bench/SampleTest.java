package io.martlet.samples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theLineOfAWorkerBecomesFiguresPerRequest() throws IOException {
        String line = """
                {"requests":100,"nanos":2000000000,"p50Nanos":1500000,"cpuNanos":5000000,"allocatedBytes":70000,
                "peakBytes":2097152,"errors":0}""";
        Map<Metric, Double> expected = Map.of(
                Metric.RATE, 50.0,
                Metric.THROUGHPUT, 50.0,
                Metric.P50, 1.5,
                Metric.CPU, 50.0,
                Metric.CPU_MILLIS, 5.0,
                Metric.ALLOCATED, 700.0,
                Metric.PEAK, 2.0);
        assertEquals(expected, Sample.of(line, 1 << 20).values());
    }

    @Test
    void aColdStartIsTheWholeProcess() throws IOException {
        String line = "{\"requests\":1,\"nanos\":1,\"cpuNanos\":1,\"processCpuNanos\":7000000,\"errors\":0}";
        Sample sample = Sample.ofColdStart(line, 9_000_000);
        assertEquals(9, sample.values().get(Metric.WALL));
        assertEquals(7, sample.values().get(Metric.CPU_MILLIS));
    }

    @Test
    void requestsThatFailedSpoilTheRound() {
        String line = "{\"requests\":9,\"nanos\":1,\"errors\":2,\"error\":\"Status 500\"}";
        IOException refusal = assertThrows(IOException.class, () -> Sample.of(line, 0));
        assertEquals("2 requests failed, the first with Status 500", refusal.getMessage());
    }

    @Test
    void aRoundWithoutAnswersIsNone() {
        assertThrows(IOException.class, () -> Sample.of("{\"requests\":0,\"nanos\":1,\"errors\":0}", 0));
    }

    @Test
    void whatALibraryPrintsIsNoResult() {
        assertThrows(IOException.class, () -> Sample.of("Hello", 0));
    }

    @Test
    void theOutputOfWrkIsRead() throws IOException {
        String text = """
                  Latency Distribution
                     50%  521.00us
                     75%    1.00ms
                     99%    1.20s
                Requests/sec:  89213.55
                """;
        Map<Metric, Double> values = Wrk.parse(text).values();
        assertEquals(89_213.55, values.get(Metric.RATE));
        assertEquals(0.521, values.get(Metric.P50), 1e-9);
        assertEquals(1_200, values.get(Metric.P99), 1e-9);
    }

    @Test
    void errorsThatWrkCountsSpoilTheRound() {
        String text = "Non-2xx or 3xx responses: 4\nRequests/sec:  89213.55\n";
        assertThrows(IOException.class, () -> Wrk.parse(text));
    }
}
