package io.martlet.samples.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final CountDownLatch drawn = new CountDownLatch(1);
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            drawn.countDown();
        }
    };
    private final PrintStream terminal = new PrintStream(screen, true, UTF_8);

    @Test
    void outputTakesThePlaceOfTheBarAndTheBarVanishesInTheEnd() throws Exception {
        try (ProgressLine progress = new ProgressLine(terminal, 60, 3)) {
            drawn.await();
            progress.step();
            progress.hideWhile(() -> terminal.print("result\n"));
        }
        String text = screen.toString(UTF_8);
        assertTrue(text.startsWith(ERASE_LINE + "fetch   0% ["), text);
        assertTrue(text.contains(ERASE_LINE + "result\n"), text);
        assertTrue(text.endsWith("result\n") || text.endsWith(ERASE_LINE), text);
    }

    @Test
    void theBarIsNarrowerThanTheTerminal() throws Exception {
        try (ProgressLine progress = new ProgressLine(terminal, 60, 3)) {
            drawn.await();
            progress.step();
        }
        String[] bars = screen.toString(UTF_8).split(ERASE_LINE.replace("[", "\\["));
        assertEquals(57, bars[1].length());
    }
}
