package io.martlet.samples.bench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void nothingHasNoLatency() {
        assertEquals(0, latencies.percentile(0.5));
    }

    @Test
    void thePercentileIsTheDurationThatSoManyStayBelow() {
        for (int millis = 1; millis <= 100; millis++) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertEquals(50e6, latencies.percentile(0.5), 50e6 / 32);
        assertEquals(99e6, latencies.percentile(0.99), 99e6 / 32);
        assertEquals(100e6, latencies.percentile(1), 100e6 / 32);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 31, 32, 63, 64, 65, 1_000, 123_456, 60_000_000, 2_147_483_647})
    void everyDurationIsKnownToAThirtySecond(long micros) {
        latencies.add(micros * 1_000);
        assertEquals(micros, latencies.percentile(1) / 1e3, micros / 32.0 + 0.5);
    }

    @Test
    void twoCountsAreAdded() {
        Latencies others = new Latencies();
        others.add(1_000_000);
        latencies.addAll(others);
        assertEquals(1e6, latencies.percentile(0.5), 1e6 / 32);
    }

    @Test
    void lessThanNothingIsNothing() {
        latencies.add(-5);
        assertEquals(500, latencies.percentile(0.5));
    }
}
