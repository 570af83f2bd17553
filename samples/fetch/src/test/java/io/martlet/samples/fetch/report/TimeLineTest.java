package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.fetch.report.TimeLine.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLineTest {
    @Test
    void requestsAreInFlightFromTheirStartToTheirEnd() {
        TimeLine line = TimeLine.of(Rows.requests(
                Rows.ok("a", 0, 4), // slots 0 to 3
                Rows.ok("a", 1, 1), // slot 1
                Rows.status("a", 500, 2, 2), // slots 2 and 3
                Rows.failed("a", "X", 6, 1)));
        assertEquals(Rows.MILLI, line.slotNanos());
        assertEquals(
                List.of(1, 2, 2, 2, 0, 0, 1),
                line.slots().stream().map(Slot::maxInFlight).toList());
        assertEquals(
                List.of(0, 1, 0, 1, 0, 0, 0),
                line.slots().stream().map(Slot::succeeded).toList());
        assertEquals(
                List.of(0, 0, 0, 1, 0, 0, 1),
                line.slots().stream().map(Slot::failed).toList());
    }

    @Test
    void oneAfterTheOtherIsOneAtATime() {
        Requests requests = new Requests();
        for (int i = 0; i < 100; i++) {
            requests.add(Rows.ok("a", i, 1));
        }
        TimeLine line = TimeLine.of(requests);
        assertEquals(100, line.slots().size());
        assertTrue(line.slots().stream().allMatch(slot -> slot.maxInFlight() == 1 && slot.done() == 1), line::toString);
    }

    @Test
    void whatIsCountedIsWhatCountingEachMomentGives() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<RequestRow> rows = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                rows.add(Rows.ok("a", random.nextInt(60), 1 + random.nextInt(30)));
            }
            TimeLine line = TimeLine.of(Rows.requests(rows.toArray(RequestRow[]::new)));
            assertEquals(Rows.MILLI, line.slotNanos());
            assertEquals(30, line.slots().stream().mapToInt(Slot::done).sum());
            for (int slot = 0; slot < line.slots().size(); slot++) {
                long moment = slot * Rows.MILLI;
                long inFlight = rows.stream()
                        .filter(row -> row.startNanos() <= moment && moment < row.startNanos() + row.nanos())
                        .count();
                assertEquals(inFlight, line.slots().get(slot).maxInFlight(), "in slot " + slot);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "120, 1", "121, 2", "240, 2", "241, 5", "601, 10", "61000, 1000", "7200000, 100000"})
    void slotsAreRoundAndNotMany(long millis, long slotMillis) {
        TimeLine line = TimeLine.of(Rows.requests(Rows.ok("a", 0, millis)));
        assertEquals(slotMillis * Rows.MILLI, line.slotNanos());
        assertTrue(line.slots().size() <= 120);
        assertTrue(line.slots().stream().allMatch(slot -> slot.maxInFlight() == 1));
        assertEquals(1, line.slots().get(line.slots().size() - 1).done());
    }

    @Test
    void ofNothingThereAreNoSlots() {
        assertEquals(List.of(), TimeLine.of(new Requests()).slots());
    }
}
