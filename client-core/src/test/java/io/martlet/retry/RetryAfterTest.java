package io.martlet.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                              | PT0S",
                "2                              | PT2S",
                "00120                          | PT2M",
                "999999999999                   | PT999999999999S",
                "Fri, 20 Nov 2026 12:00:07 GMT  | PT7S",
                "Friday, 20-Nov-26 12:01:00 GMT | PT1M",
                "Fri Nov 20 12:00:01 2026       | PT1S",
                "Fri, 20 Nov 2026 12:00:00 GMT  | PT0S",
                "Fri, 20 Nov 2026 11:59:59 GMT  | PT0S",
                "Sun, 06 Nov 1994 08:49:37 GMT  | PT0S",
                "Sunday, 06-Nov-94 08:49:37 GMT | PT0S",
                "Sun Nov  6 08:49:37 1994       | PT0S",
                "Tue, 1 Dec 2026 12:00:00 GMT   | PT264H",
            })
    void itIsSecondsOrADate(String value, Duration wait) {
        assertEquals(wait, RetryAfter.parse(value, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000", "99999999999999999999999999"})
    void moreSecondsThanAnybodyWaitsAreTheMostThereAre(String value) {
        assertEquals(Duration.ofSeconds(Long.MAX_VALUE), RetryAfter.parse(value, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "1.5",
                "1e12",
                "soon",
                "٣",
                "2 s",
                "Mon, 20 Nov 2026 12:00:00 GMT",
                "Fri, 31 Feb 2026 12:00:00 GMT"
            })
    void anythingElseIsNothing(String value) {
        assertNull(RetryAfter.parse(value, NOW));
    }
}
