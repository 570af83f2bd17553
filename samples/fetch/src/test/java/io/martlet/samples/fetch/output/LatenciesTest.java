package io.martlet.samples.fetch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @ParameterizedTest
    @ValueSource(longs = {1, 31, 32, 63, 64, 1_000, 123_456_789, 300_000_000_000L, Long.MAX_VALUE})
    void oneDurationIsKeptToTwoPerCent(long nanos) {
        latencies.add(nanos);
        assertEquals(nanos, latencies.percentile(50), nanos * 0.02);
    }

    @Test
    void percentilesAreWhatSoManyDoNotExceed() {
        LongStream.rangeClosed(1, 1_000).forEach(i -> latencies.add(i * 1_000_000));
        assertEquals(500e6, latencies.percentile(50), 10e6);
        assertEquals(950e6, latencies.percentile(95), 19e6);
        assertEquals(1_000e6, latencies.percentile(100), 20e6);
    }

    @Test
    void thereIsNoPercentileOfNothing() {
        assertEquals(0, latencies.percentile(95));
    }
}
