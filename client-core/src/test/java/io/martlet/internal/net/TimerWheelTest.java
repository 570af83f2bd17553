package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private static final long MILLI = 1_000_000;
    private static final long TICK = TimerWheel.TICK_NANOS;

    private final TimerWheel wheel = new TimerWheel(0);

    @ParameterizedTest
    @CsvSource({
        "0, 10",
        "1, 10",
        "9, 10",
        "10, 20",
        "11, 20",
        "25, 30",
        "5119, 5120",
        "5120, 5130",
        "5121, 5130",
        "1000000, 1000010",
        "-5, 10"
    })
    void aTimerIsDueAtTheFirstTickAfterItsDeadline(long delayMillis, long dueMillis) {
        Timer timer = new Idle();
        wheel.schedule(timer, 0, delayMillis * MILLI);
        assertNull(wheel.poll(dueMillis * MILLI - 1));
        assertSame(timer, wheel.poll(dueMillis * MILLI));
        assertNull(wheel.poll(Long.MAX_VALUE));
    }

    @Test
    void theTimeToTheNextTimerIsExactAndEndlessWithoutAny() {
        assertEquals(TimerWheel.NEVER, wheel.nanosToNext(0));
        wheel.schedule(new Idle(), 3, 25 * MILLI);
        assertEquals(30 * MILLI - 7, wheel.nanosToNext(7));
        assertEquals(0, wheel.nanosToNext(30 * MILLI));
        assertEquals(0, wheel.nanosToNext(Long.MAX_VALUE));
        wheel.poll(30 * MILLI);
        assertEquals(TimerWheel.NEVER, wheel.nanosToNext(30 * MILLI));
    }

    @Test
    void onlyATimerBeforeAllOthersShortensTheWait() {
        assertTrue(wheel.schedule(new Idle(), 0, 500 * MILLI));
        assertFalse(wheel.schedule(new Idle(), 0, 600 * MILLI));
        assertFalse(wheel.schedule(new Idle(), 0, 500 * MILLI));
        assertTrue(wheel.schedule(new Idle(), 0, 100 * MILLI));
    }

    @Test
    void aCancelledTimerIsNeverDueAndWakesAtMostOnce() {
        Timer timer = new Idle();
        assertFalse(wheel.cancel(timer));
        wheel.schedule(timer, 0, 20 * MILLI);
        assertTrue(wheel.cancel(timer));
        assertFalse(wheel.cancel(timer));
        assertEquals("0 timers", wheel.toString());
        assertNull(wheel.poll(50 * MILLI));
        assertEquals(TimerWheel.NEVER, wheel.nanosToNext(50 * MILLI));
    }

    @Test
    void aTimerArmedAnewIsDueAtItsLastDeadlineOnly() {
        Timer timer = new Idle();
        wheel.schedule(timer, 0, 20 * MILLI);
        wheel.schedule(timer, 5 * MILLI, 100 * MILLI);
        assertEquals(1, wheel.size());
        assertNull(wheel.poll(109 * MILLI));
        assertSame(timer, wheel.poll(110 * MILLI));
        wheel.schedule(timer, 110 * MILLI, 50 * MILLI);
        wheel.schedule(timer, 110 * MILLI, 0);
        assertSame(timer, wheel.poll(120 * MILLI));
        assertNull(wheel.poll(1000 * MILLI));
    }

    @Test
    void aTimerArmedWithoutDelayWhileOthersAreTakenWaitsForTheNextTick() {
        Timer timer = new Idle();
        wheel.schedule(timer, 0, 0);
        assertSame(timer, wheel.poll(TICK));
        wheel.schedule(timer, TICK, 0);
        assertNull(wheel.poll(TICK));
        assertSame(timer, wheel.poll(2 * TICK));
    }

    @Test
    void aDueTimerCanBeCancelledAndMovedBeforeItIsTaken() {
        Timer[] timers = {new Idle(), new Idle(), new Idle()};
        for (Timer timer : timers) {
            wheel.schedule(timer, 0, MILLI);
        }
        Timer taken = wheel.poll(TICK);
        List<Timer> rest = new ArrayList<>(List.of(timers));
        rest.remove(taken);
        assertEquals(0, wheel.nanosToNext(TICK));
        assertTrue(wheel.cancel(rest.get(0)));
        wheel.schedule(rest.get(1), TICK, TICK);
        assertNull(wheel.poll(TICK));
        assertSame(rest.get(1), wheel.poll(3 * TICK));
        assertEquals(0, wheel.size());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "0, 2, 1", "1, 0, 2", "1, 2, 0", "2, 0, 1", "2, 1, 0"})
    void timersOfOneSlotAreDueInTheirOwnRounds(int first, int second, int third) {
        long round = 5120 * MILLI;
        for (int rounds : new int[] {first, second, third}) {
            wheel.schedule(new Idle(), 0, rounds * round);
        }
        for (int rounds = 0; rounds < 3; rounds++) {
            assertEquals(rounds * round + TICK, wheel.nanosToNext(0));
            assertNull(wheel.poll(rounds * round + TICK - 1));
            assertNotNull(wheel.poll(rounds * round + TICK));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE / 2})
    void endlessDelaysDoNotOverflow(long delay) {
        Timer timer = new Idle();
        wheel.schedule(timer, 5 * MILLI, delay);
        assertNull(wheel.poll(Long.MAX_VALUE / 4));
        assertTrue(wheel.nanosToNext(5 * MILLI) >= delay);
        assertTrue(wheel.cancel(timer));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE, Long.MAX_VALUE - 15 * MILLI, 0, 12345})
    void theClockMayStartAnywhereAndWrapAround(long start) {
        TimerWheel started = new TimerWheel(start);
        Timer timer = new Idle();
        started.schedule(timer, start + MILLI, 25 * MILLI);
        assertEquals(29 * MILLI, started.nanosToNext(start + MILLI));
        assertNull(started.poll(start + 29 * MILLI));
        assertSame(timer, started.poll(start + 30 * MILLI));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void inRandomUseNoneIsEarlyNoneLaterThanATickAndNoneLost(int seed) {
        new RandomUse(seed).run(20_000);
    }

    /** Arms, moves, cancels and polls as the wheel's owner would; a map says what is right. */
    private final class RandomUse {
        private final Random random;
        private final Map<Timer, Long> deadlines = new HashMap<>();
        private final List<Timer> timers = new ArrayList<>();
        private long now;
        private long lastPoll;

        RandomUse(int seed) {
            random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                timers.add(new Idle());
            }
        }

        void run(int steps) {
            for (int i = 0; i < steps; i++) {
                step();
                assertEquals(deadlines.size(), wheel.size());
            }
        }

        private void step() {
            Timer timer = timers.get(random.nextInt(timers.size()));
            switch (random.nextInt(4)) {
                case 0 -> assertEquals(deadlines.remove(timer) != null, wheel.cancel(timer));
                case 1, 2 -> {
                    long delay = (long) Math.pow(10, 5 + 6 * random.nextDouble());
                    wheel.schedule(timer, now, delay);
                    deadlines.put(timer, now + delay);
                }
                default -> poll();
            }
        }

        private void poll() {
            // Half of the time as a loop does, after having slept as told; else whenever it was woken.
            long sleep = Math.min(wheel.nanosToNext(now), 20_000 * MILLI);
            now += random.nextBoolean() ? sleep : random.nextInt((int) (30 * MILLI));
            for (Timer due = wheel.poll(now); due != null; due = wheel.poll(now)) {
                long deadline = deadlines.remove(due);
                assertTrue(deadline <= now, "early");
                assertTrue(lastPoll - deadline < TICK, "it was due at the poll before");
            }
            deadlines.values().forEach(deadline -> assertTrue(now - deadline < TICK, "late"));
            lastPoll = now;
        }
    }

    private static final class Idle extends Timer {
        @Override
        protected void expired() {}
    }
}
