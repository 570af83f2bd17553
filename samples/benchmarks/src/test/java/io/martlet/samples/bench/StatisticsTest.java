package io.martlet.samples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.client.Mode;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final Row MARTLET = row(Library.MARTLET, Mode.SUSPEND, 300, 10);
    private static final Row MARTLET_DEFAULT = row(Library.MARTLET, Mode.FUTURE_DEFAULT, 100, 10);
    private static final Row VERTX = row(Library.VERTX, Mode.SUSPEND, 200, 40);
    private static final Row OKHTTP = row(Library.OKHTTP, Mode.SUSPEND, 100, 20);
    private static final Row OKHTTP_FUTURE = row(Library.OKHTTP, Mode.FUTURE, 400, 20);
    private static final Row WRK = row(Library.WRK, Mode.SUSPEND, 900, 1);
    private static final List<Row> ALL = List.of(MARTLET, MARTLET_DEFAULT, VERTX, OKHTTP, OKHTTP_FUTURE, WRK);

    @Test
    void theMedianIsTheOneInTheMiddle() {
        assertEquals(3, Statistics.median(List.of(9.0, 1.0, 3.0)));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertEquals(2.5, Statistics.median(List.of(4.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
    }

    @Test
    void aMetricThatOneSampleLacksHasNoMedian() {
        Sample whole = new Sample(Map.of(Metric.RATE, 1.0, Metric.CPU, 2.0));
        Sample part = new Sample(Map.of(Metric.RATE, 3.0));
        assertEquals(Map.of(Metric.RATE, 2.0), Statistics.medians(List.of(whole, part)));
    }

    @Test
    void theBestPeerIsTheOneWithTheMostRequests() {
        assertEquals(OptionalDouble.of(1.5), Statistics.ratio(MARTLET, Metric.RATE, ALL));
    }

    @Test
    void theBestPeerIsTheOneWithTheLeastCpu() {
        assertEquals(OptionalDouble.of(0.5), Statistics.ratio(MARTLET, Metric.CPU, ALL));
    }

    @Test
    void futuresAreComparedWithFutures() {
        assertEquals(OptionalDouble.of(0.25), Statistics.ratio(MARTLET_DEFAULT, Metric.RATE, ALL));
    }

    @Test
    void withoutAPeerThereIsNoRatio() {
        assertEquals(OptionalDouble.empty(), Statistics.ratio(MARTLET, Metric.RATE, List.of(MARTLET, WRK)));
    }

    @Test
    void aPeerThatFailedIsNotTheBest() {
        Row failed = new Row(VERTX.contestant(), VERTX.samples(), "No connection");
        assertEquals(OptionalDouble.of(3), Statistics.ratio(MARTLET, Metric.RATE, List.of(MARTLET, failed, OKHTTP)));
    }

    private static Row row(Library library, Mode mode, double rate, double cpu) {
        Sample sample = new Sample(Map.of(Metric.RATE, rate, Metric.CPU, cpu));
        return new Row(new Contestant(library, mode), List.of(sample), null);
    }
}
