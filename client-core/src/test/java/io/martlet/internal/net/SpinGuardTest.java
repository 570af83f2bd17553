package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpinGuardTest {
    private final SpinGuard guard = new SpinGuard();

    @Test
    void turnsWithAReasonNeverPause() {
        assertEquals(
                0, IntStream.range(0, 10_000).mapToLong(i -> guard.turn(true)).sum());
    }

    @Test
    void idleTurnsPauseAfterAWhileAndLongerUpTo10Milliseconds() {
        long[] pauses =
                IntStream.range(0, 1000).mapToLong(i -> guard.turn(false)).toArray();
        assertEquals(0, pauses[63]);
        assertEquals(1_000_000, pauses[64]);
        assertEquals(2_000_000, pauses[65]);
        assertEquals(10_000_000, pauses[999]);
    }

    @Test
    void oneTurnWithAReasonEndsThePauses() {
        IntStream.range(0, 100).forEach(i -> guard.turn(false));
        assertEquals(0, guard.turn(true));
        assertEquals(0, guard.turn(false));
    }
}
