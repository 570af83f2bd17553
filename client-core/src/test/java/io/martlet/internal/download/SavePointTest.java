package io.martlet.internal.download;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SavePointTest {
    private static final long SECOND = 1_000_000_000;

    private long now = Long.MAX_VALUE - SECOND / 2; // it overflows

    private final SavePoint point = new SavePoint(100, () -> now);

    @Test
    void itIsDueAfterSoManyBytes() {
        assertFalse(point.isDueAfter(99));
        assertTrue(point.isDueAfter(1));
        point.begin();
        point.end();
        assertFalse(point.isDueAfter(99));
        point.reset();
        assertFalse(point.isDueAfter(1));
    }

    @Test
    void itIsDueAfterASecond() {
        now += SECOND - 1;
        assertFalse(point.isDueAfter(1));
        now += 1;
        assertTrue(point.isDueAfter(1));
        point.begin();
        point.end();
        now += SECOND - 1;
        assertFalse(point.isDueAfter(1));
        now += 1;
        assertTrue(point.isDueAfter(1));
    }

    @Test
    void aSlowDiskIsLeftAloneForTwentyTimesAsLong() {
        point.begin();
        now += SECOND;
        point.end();

        now += 20 * SECOND - 1;
        assertFalse(point.isDueAfter(1));
        now += 1;
        assertTrue(point.isDueAfter(1));
    }
}
