package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, '[0.0, 1.0]'",
        "1, 1, '[0.0, 1.0]'",
        "4, 1, '[0.0, 1.0, 2.0, 3.0, 4.0]'",
        "5, 1, '[0.0, 2.0, 4.0, 6.0]'",
        "50, 1, '[0.0, 20.0, 40.0, 60.0]'",
        "1349, 1, '[0.0, 500.0, 1000.0, 1500.0]'",
        "0.3, 0.1, '[0.0, 0.1, 0.2, 0.30000000000000004]'"
    })
    void ticksAreRoundAndReachTheLargestValue(double max, double minStep, String ticks) {
        List<Double> found = Axis.upTo(max, 4, minStep).ticks();
        assertEquals(ticks, found.toString());
    }
}
