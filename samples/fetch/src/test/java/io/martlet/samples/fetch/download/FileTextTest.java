package io.martlet.samples.fetch.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.body.TransferProgress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FileTextTest {
    private long nanos;
    private final FileMeter meter = new FileMeter(() -> nanos);

    private List<String> lines(int columns) {
        return FileText.lines(meter.run().snapshot(), meter.files(), columns);
    }

    private void transfer(TransferProgress file, long from, long to, long total) {
        file.transferred(from, total);
        nanos += TimeUnit.SECONDS.toNanos(1);
        file.transferred(to, total);
    }

    @Test
    void eachFileHasALineAndAllHaveOne() {
        meter.run().total(2);
        transfer(meter.begin(0, "a.iso"), 0, 1_000_000, 4_000_000);
        transfer(meter.begin(1, "b"), 100, 500_100, -1);
        assertEquals(
                List.of(
                        "a.iso  25%  ETA 0:06  500 kB/s  of 4.0 MB",
                        "b  500 kB  500 kB/s", "0/2  0%  0/s  2 in flight  750 kB/s  slowest a.iso 2 s"),
                lines(60));
    }

    @Test
    void theTimeForAllIsKnownWhenAllHaveBegun() {
        meter.run().total(1);
        transfer(meter.begin(0, "a.iso"), 0, 1_000_000, 4_000_000);
        assertEquals("0/1  0%  ETA 0:03", lines(20).get(1));
        meter.run().total(2);
        assertEquals("0/2  0%  0/s", lines(12).get(1));
    }

    @Test
    void whatADownloadBeganWithIsNotCountedAsItsRate() {
        transfer(meter.begin(0, "a"), 50_000_000, 50_010_000, 100_000_000);
        assertEquals(10_000, meter.files().get(0).bytesPerSecond());
        assertEquals(10_000, meter.run().snapshot().bytesPerSecond());
    }

    @Test
    void noLineIsLongerThanTheTerminal() {
        for (int i = 0; i < 9; i++) {
            transfer(meter.begin(i, "a-name-that-is-rather-long-" + i + ".tar.gz"), 0, 1_000, 3_000_000_000L);
        }
        for (int columns = 1; columns < 130; columns++) {
            List<String> lines = lines(columns);
            assertEquals(7, lines.size());
            for (String line : lines) {
                assertTrue(line.length() <= columns, line);
            }
        }
        assertTrue(lines(40).get(5).equals("and 4 more"), lines(40).toString());
        meter.end(0, true);
        assertEquals("and 3 more", lines(40).get(5));
    }
}
