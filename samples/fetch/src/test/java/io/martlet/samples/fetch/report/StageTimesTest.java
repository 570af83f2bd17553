package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.fetch.report.RequestRow.Span;
import org.junit.jupiter.api.Test;

class StageTimesTest {
    private final StageTimes times = new StageTimes();

    @Test
    void aPhaseIsAddedUpOverAllRequestsAndHops() {
        times.add(Rows.with(
                new Span(Stage.DNS, 0, 2), new Span(Stage.FIRST_BYTE, 2, 10), new Span(Stage.FIRST_BYTE, 20, 4)));
        times.add(Rows.with(new Span(Stage.FIRST_BYTE, 0, 4)));
        assertEquals(
                "3 18 10 6",
                times.count(Stage.FIRST_BYTE) + " " + times.nanos(Stage.FIRST_BYTE) + " "
                        + times.longest(Stage.FIRST_BYTE) + " " + times.mean(Stage.FIRST_BYTE));
        assertEquals(0.9, times.share(Stage.FIRST_BYTE), 1e-9);
        assertEquals("0 0 0.0", times.count(Stage.TLS) + " " + times.mean(Stage.TLS) + " " + times.share(Stage.TLS));
    }

    @Test
    void whatNobodyHeardOfIsEmpty() {
        assertTrue(times.isEmpty());
        assertEquals(0, times.share(Stage.QUEUE));
        times.add(Rows.with(new Span(Stage.QUEUE, 0, 0)));
        assertTrue(!times.isEmpty() && times.share(Stage.QUEUE) == 0);
    }
}
