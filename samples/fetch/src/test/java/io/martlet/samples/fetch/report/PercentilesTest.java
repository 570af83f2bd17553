package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {
    @ParameterizedTest
    @CsvSource({"50, 5", "51, 6", "90, 9", "95, 10", "99.9, 10", "100, 10", "1, 1"})
    void aPercentileIsTheNearestRank(double percent, long expected) {
        Percentiles ten = Percentiles.of(new long[] {3, 1, 2, 10, 9, 8, 7, 6, 5, 4});
        assertEquals(expected, ten.at(percent));
    }

    @Test
    void aTenthOfAPercentIsARankOfItsOwnInAThousand() {
        Percentiles thousand = Percentiles.of(LongStream.rangeClosed(1, 1_000).toArray());
        assertEquals(999, thousand.at(99.9));
        assertEquals(990, thousand.at(99));
    }

    @Test
    void theEndsAndTheMeanAreThoseOfAll() {
        Percentiles three = Percentiles.of(new long[] {1, 2, 6});
        assertEquals("3 1 3 6", three.count() + " " + three.min() + " " + three.mean() + " " + three.max());
    }

    @Test
    void ofNothingThereIsNothing() {
        Percentiles none = Percentiles.of(new long[0]);
        assertEquals(
                "0 0 0 0 0",
                none.count() + " " + none.min() + " " + none.mean() + " " + none.max() + " " + none.at(50));
    }
}
