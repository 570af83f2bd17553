package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.fetch.report.Histogram.Bin;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 100000",
        "99999, 0, 100000",
        "100000, 100000, 125000",
        "1000000, 1000000, 1250000",
        "1249999, 1000000, 1250000",
        "1250000, 1250000, 1600000",
        "999999999, 800000000, 1000000000",
        "300000000000, 250000000000, 315000000000"
    })
    void aDurationBelongsToTheBinThatBeginsAtIt(long nanos, long from, long to) {
        int bin = Histogram.bin(nanos);
        assertEquals(from + " " + to, Histogram.edge(bin) + " " + Histogram.edge(bin + 1));
    }

    @Test
    void theBinsHoldEachRequestOnceAndHaveNoGaps() {
        Requests requests = new Requests();
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            long millis = (long) Math.pow(10, 5 * random.nextDouble());
            requests.add(i % 7 == 0 ? Rows.failed("a", "X", i, millis) : Rows.ok("a", i, millis));
        }
        List<Bin> bins = Histogram.of(requests).bins();
        assertEquals(5_000, bins.stream().mapToInt(Bin::count).sum());
        assertEquals(715, bins.stream().mapToInt(Bin::unanswered).sum());
        for (int i = 1; i < bins.size(); i++) {
            assertEquals(bins.get(i - 1).toNanos(), bins.get(i).fromNanos());
        }
        assertTrue(bins.get(0).count() > 0 && bins.get(bins.size() - 1).count() > 0);
    }

    @Test
    void ofNothingThereAreNoBins() {
        assertEquals(List.of(), Histogram.of(new Requests()).bins());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 61_000})
    void aSingleRequestHasASingleBin(long millis) {
        Histogram one = Histogram.of(Rows.requests(Rows.ok("a", 0, millis)));
        assertEquals(1, one.bins().size());
        assertEquals(1, one.bins().get(0).answered());
    }

    @Test
    void aPlaceAmongTheBinsGrowsWithTheLogarithm() {
        Histogram from1To10 = Histogram.of(Rows.requests(Rows.ok("a", 0, 1), Rows.ok("a", 0, 10)));
        assertEquals(11, from1To10.bins().size());
        assertEquals(0, from1To10.position(Rows.MILLI), 1e-9);
        assertEquals(10, from1To10.position(10 * Rows.MILLI), 1e-9);
        assertEquals(3.5, from1To10.position(Math.round(Math.sqrt(2 * 2.5) * Rows.MILLI)), 1e-5);
    }
}
