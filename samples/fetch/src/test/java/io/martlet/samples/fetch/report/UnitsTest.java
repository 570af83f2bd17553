package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "420000, 0.42 ms",
        "9994000, 9.99 ms",
        "9996000, 10.0 ms",
        "99960000, 100 ms",
        "999400000, 999 ms",
        "999600000, 1.00 s",
        "12340000000, 12.3 s",
        "59960000000, 1 min 0 s",
        "125000000000, 2 min 5 s",
        "7500000000000, 2 h 5 min"
    })
    void timesHaveThreeDigitsOrSo(long nanos, String text) {
        assertEquals(text, Units.time(nanos));
    }

    @ParameterizedTest
    @CsvSource({
        "100000, 0.1 ms",
        "3150000, 3.15 ms",
        "100000000, 100 ms",
        "2000000000, 2 s",
        "60000000000, 1 min",
        "250000000000, 4 min 10 s"
    })
    void roundTimesHaveNoZerosBehindThePoint(long nanos, String text) {
        assertEquals(text, Units.roundTime(nanos));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1536, 1.5 KiB", "1048576, 1.0 MiB", "5497558138880, 5.0 TiB"
    })
    void bytesAreInPowersOf1024(long bytes, String text) {
        assertEquals(text, Units.bytes(bytes));
    }

    @Test
    void otherFiguresAreAsPeopleWriteThem() {
        assertEquals("10,000", Units.count(10_000));
        assertEquals("0.5/s", Units.perSecond(0.5));
        assertEquals("1,235/s", Units.perSecond(1234.6));
        assertEquals("0 %", Units.percent(0));
        assertEquals("< 1 %", Units.percent(0.001));
        assertEquals("63 %", Units.percent(0.63));
        assertEquals("100", Units.plain(100));
        assertEquals("99.9", Units.plain(99.9));
    }
}
