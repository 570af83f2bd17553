package io.martlet.samples.fetch.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunMeterTest {
    private long nanos;
    private final RunMeter meter = new RunMeter(() -> nanos);

    @Test
    void itCountsWhatIsDoneAndWhatIsNot() {
        meter.total(10);
        meter.passOver();
        meter.begin(1, "a");
        meter.begin(2, "b");
        meter.begin(3, "c");
        meter.end(1, true);
        meter.end(3, false);
        meter.end(4, false);
        RunSnapshot run = meter.snapshot();
        assertEquals(10, run.total());
        assertEquals(3, run.done());
        assertEquals(2, run.failed());
        assertEquals(1, run.passedOver());
        assertEquals(1, run.inFlight());
        assertEquals(4, run.behind());
    }

    @Test
    void theSlowestIsWhatHasBeenInFlightForLongest() {
        meter.begin(1, "a");
        pass(1);
        meter.begin(2, "b");
        pass(2);
        meter.end(1, true);
        RunSnapshot run = meter.snapshot();
        assertEquals("b", run.slowest());
        assertEquals(Duration.ofSeconds(2), run.slowestFor());
        meter.end(2, true);
        assertNull(meter.snapshot().slowest());
    }

    @Test
    void whoWaitsForItsTurnIsInFlightAndNotSlow() {
        meter.begin(1, "a");
        meter.queue(1);
        pass(60);
        meter.begin(2, "b");
        pass(1);
        assertEquals("b", meter.snapshot().slowest());
        assertEquals(2, meter.snapshot().inFlight());
        meter.end(2, true);
        assertNull(meter.snapshot().slowest());
        meter.grant(1);
        pass(3);
        assertEquals("a", meter.snapshot().slowest());
        assertEquals(Duration.ofSeconds(3), meter.snapshot().slowestFor());
        meter.queue(1);
        meter.end(1, true);
        meter.grant(1);
        assertEquals(0, meter.snapshot().inFlight());
    }

    @Test
    void ratesAreThoseOfTheLastSeconds() {
        finish(100, 1_000);
        pass(10);
        RunSnapshot early = meter.snapshot();
        assertEquals(10, early.perSecond());
        assertEquals(100, early.bytesPerSecond());
        for (int second = 0; second < 20; second++) {
            finish(5, 70);
            pass(1);
            meter.snapshot();
        }
        RunSnapshot late = meter.snapshot();
        assertEquals(5, late.perSecond());
        assertEquals(70, late.bytesPerSecond());
    }

    @Test
    void aRunThatStandsStillHasNoRate() {
        finish(100, 1_000);
        pass(1);
        meter.snapshot();
        for (int second = 0; second < 12; second++) {
            pass(1);
            meter.snapshot();
        }
        assertEquals(0, meter.snapshot().perSecond());
    }

    private void finish(int count, long bytes) {
        for (int i = 0; i < count; i++) {
            meter.begin(i, "a");
            meter.end(i, true);
        }
        meter.bytes(bytes);
    }

    private void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }
}
