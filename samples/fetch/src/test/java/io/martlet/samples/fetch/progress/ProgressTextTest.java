package io.martlet.samples.fetch.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {
    private static final RunSnapshot BUSY =
            new RunSnapshot(5000, 1234, 3, 0, 12, 98.2, 1_234_567, "example.com", Duration.ofSeconds(12));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "5;1234/",
                "10;1234/5000",
                "20;1234/5000  3 failed",
                "37;1234/5000  24%  3 failed  ETA 0:39",
                "57;1234/5000  24%  3 failed  98/s  1.2 MB/s  ETA 0:39",
                "77;1234/5000  24%  3 failed  98/s  12 in flight  1.2 MB/s  ETA 0:39",
                "117;[=====                  ]  1234/5000  24%  3 failed  98/s  12 in flight  1.2 MB/s  ETA 0:39"
                        + "  slowest example.com 12 s"
            })
    void whatIsLeastImportantGivesWay(int columns, String expected) {
        String line = ProgressText.line(BUSY, columns);
        assertEquals(expected, line);
        assertTrue(line.length() <= columns, line);
    }

    @Test
    void aLogHasNoBar() {
        assertEquals(
                "1234/5000  24%  3 failed  98/s  12 in flight  1.2 MB/s  ETA 0:39  slowest example.com 12 s",
                ProgressText.line(BUSY, 0));
    }

    @Test
    void whereTheTotalIsNotKnownNothingIsPromised() {
        RunSnapshot run = new RunSnapshot(RunSnapshot.UNKNOWN, 7, 0, 0, 2, 0.5, 0, "a", Duration.ZERO);
        assertEquals("7  0.5/s  2 in flight  0 B/s", ProgressText.line(run, 117));
    }

    @Test
    void anInputThatGrewHasNoTotal() {
        RunSnapshot run = new RunSnapshot(5, 7, 0, 0, 0, 1, 0, null, Duration.ZERO);
        assertEquals("7  1.0/s  0 in flight  0 B/s", ProgressText.line(run, 0));
    }

    @Test
    void whatWasDoneBeforeCountsButNotForTheTimeLeft() {
        RunSnapshot run = new RunSnapshot(1000, 10, 0, 490, 1, 5, 0, null, Duration.ZERO);
        assertEquals("500/1000  50%  5.0/s  1 in flight  0 B/s  ETA 1:40", ProgressText.line(run, 0));
    }

    @Test
    void aNameCannotCommandTheTerminal() {
        RunSnapshot run = new RunSnapshot(
                RunSnapshot.UNKNOWN, 0, 0, 0, 1, 0, 0, "a\u001b[2Jb\n" + "c".repeat(80), Duration.ofSeconds(2));
        String line = ProgressText.line(run, 0);
        assertTrue(line.endsWith("slowest a\\u001b[2Jb\\u0...ccccccccccccc 2 s"), line);
    }
}
