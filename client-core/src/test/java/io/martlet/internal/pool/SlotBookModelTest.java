package io.martlet.internal.pool;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random schedules with fixed seeds: the book decides as a naive one does, and keeps its promises after each step. */
class SlotBookModelTest {
    private static final int SCHEDULES = 1_000;
    private static final int STEPS = 300;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void theBookKeepsItsPromisesUnderAnySchedule(long thousand) {
        for (long seed = thousand * SCHEDULES; seed < (thousand + 1) * SCHEDULES; seed++) {
            Schedule schedule = new Schedule(seed);
            try {
                schedule.run(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + schedule, e);
            }
        }
    }
}
