package io.martlet.samples.fetch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "999.6, 1.0 kB",
        "1234, 1.2 kB",
        "99499, 99 kB",
        "999600, 1.0 MB",
        "12345678, 12 MB",
        "1e15, 1.0 PB",
        "1e19, 10000 PB"
    })
    void bytesHaveTwoDigitsOrThree(double bytes, String expected) {
        assertEquals(expected, Amounts.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0/s",
        "0.05, 3.0/m",
        "0.002, 0.1/m",
        "0.001, 3.6/h",
        "0.0003, 1.1/h",
        "0.5, 0.5/s",
        "9.96, 10/s",
        "1234, 1234/s"
    })
    void fewAreCountedByTheMinute(double perSecond, String expected) {
        assertEquals(expected, Amounts.rate(perSecond));
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "59, 0:59", "754, 12:34", "3723, 1:02:03", "360000, >99 h"})
    void timesHaveNoUnitsUntilTheyAreAbsurd(long seconds, String expected) {
        assertEquals(expected, Amounts.time(Duration.ofSeconds(seconds)));
    }
}
