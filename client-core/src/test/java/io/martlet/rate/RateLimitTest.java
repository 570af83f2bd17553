package io.martlet.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RateLimitTest {
    @Test
    void itPrintsWhatItAllows() {
        List<String> printed = List.of(
                RateLimit.perSecond(50.0).burst(10).toString(),
                RateLimit.of(1, Duration.ofSeconds(8)).toString(),
                RateLimit.perSecond(50).perHost(5).learning().toString(),
                RateLimit.UNLIMITED.perHost(2.5, 3).toString(),
                RateLimit.UNLIMITED.learning().toString());

        assertEquals(
                List.of(
                        "RateLimit[50 a second (burst 10)]",
                        "RateLimit[0.125 a second (burst 1)]",
                        "RateLimit[50 a second (burst 1), 5 a second per host (burst 1), learning]",
                        "RateLimit[unlimited, 2.5 a second per host (burst 3)]",
                        "RateLimit[unlimited, learning]"),
                printed);
    }

    @Test
    void whatIsNoLimitIsRefused() {
        List<Executable> wrong = List.of(
                () -> RateLimit.perSecond(0),
                () -> RateLimit.perSecond(-1),
                () -> RateLimit.perSecond(Double.NaN),
                () -> RateLimit.of(0, Duration.ofSeconds(1)),
                () -> RateLimit.of(1, Duration.ZERO),
                () -> RateLimit.perSecond(1).burst(0),
                () -> RateLimit.UNLIMITED.perHost(0),
                () -> RateLimit.UNLIMITED.perHost(1, 0),
                () -> RateLimit.UNLIMITED.maxPause(Duration.ofNanos(-1)));

        List<String> messages = wrong.stream()
                .map(it -> assertThrows(IllegalArgumentException.class, it).getMessage())
                .toList();

        assertEquals(
                List.of(
                        "rate limit perSecond is 0.0; it is more than 0",
                        "rate limit perSecond is -1.0; it is more than 0",
                        "rate limit perSecond is NaN; it is more than 0",
                        "rate limit perSecond is 0.0; it is more than 0",
                        "rate limit time is PT0S; it is more than 0",
                        "rate limit burst is 0; it is at least 1",
                        "rate limit perHost is 0.0; it is more than 0",
                        "rate limit hostBurst is 0; it is at least 1",
                        "rate limit maxPause is negative: PT-0.000000001S"),
                messages);
    }
}
