package io.martlet.samples.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.progress.ProgressLog;
import io.martlet.samples.fetch.progress.ProgressScreen;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProgressScreenTest {
    private static final String ERASE = "\r\u001b[J";
    private static final String ERASE_TWO = "\u001b[A\r\u001b[J";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(bytes, true, UTF_8);
    private List<String> text = List.of("one", "two");
    private final ProgressScreen screen = new ProgressScreen(terminal, () -> text);

    @Test
    void linesTakeThePlaceOfThoseBefore() {
        screen.draw();
        text = List.of("three");
        screen.draw();
        assertEquals(drawn(ERASE, "one\ntwo") + drawn(ERASE_TWO, "three"), written());
    }

    @Test
    void aMessageOfARunTakesThePlaceOfItsLines() {
        CountDownLatch isDrawn = new CountDownLatch(1);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                try {
                    isDrawn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("No space left");
            }
        };
        PrintStream errors = new PrintStream(
                new FilterOutputStream(bytes) {
                    @Override
                    public void flush() {
                        isDrawn.countDown();
                    }
                },
                true,
                UTF_8);
        Streams streams = new Streams(InputStream.nullInputStream(), full, errors, 0, 80);
        assertEquals(1, Main.run(streams, "fetch", "--format", "jsonl", Peer.refusingUrl()));
        assertTrue(written().endsWith(ERASE + "martlet: cannot write the results: No space left\n"), written());
    }

    @Test
    void aRunNamesTheHostThatKeepsItWaiting() throws Exception {
        try (FilePeer server = FilePeer.of(1_000)) {
            server.stallAt(10);
            Runnable hangUp = server::close;
            PrintStream errors = new PrintStream(
                    new FilterOutputStream(bytes) {
                        @Override
                        public void flush() {
                            if (bytes.toString(UTF_8).contains("slowest 127.0.0.1")) {
                                hangUp.run();
                            }
                        }
                    },
                    true,
                    UTF_8);
            Streams streams =
                    new Streams(InputStream.nullInputStream(), OutputStream.nullOutputStream(), errors, 0, 200);
            assertEquals(1, Main.run(streams, "fetch", "--timeout", "60", server.url() + "a"));
            assertTrue(written().contains("slowest 127.0.0.1"), written());
        }
    }

    @Test
    void linesThatAreTheSameAreNotDrawnAgain() {
        screen.draw();
        screen.draw();
        assertEquals(drawn(ERASE, "one\ntwo"), written());
    }

    @Test
    void outputTakesThePlaceOfTheLinesAndTheyComeBackBelow() throws Exception {
        screen.draw();
        screen.hideWhile(() -> terminal.print("result\n"));
        screen.draw();
        assertEquals(drawn(ERASE, "one\ntwo") + ERASE_TWO + "result\n" + drawn(ERASE, "one\ntwo"), written());
    }

    @Test
    void nothingIsLeftInTheEnd() {
        screen.draw();
        screen.close();
        assertFalse(screen.draw());
        screen.close();
        assertEquals(drawn(ERASE, "one\ntwo") + ERASE_TWO, written());
    }

    @Test
    void itIsDrawnByItselfUntilItIsClosed() throws Exception {
        CountDownLatch drawn = new CountDownLatch(3);
        try (ProgressScreen started = ProgressScreen.start(terminal, () -> {
            drawn.countDown();
            return List.of("" + drawn.getCount());
        })) {
            drawn.await();
            assertTrue(started.draw());
        }
        assertTrue(written().endsWith(ERASE));
    }

    @Test
    void aLogHasALineForEachTime() {
        ProgressLog log = new ProgressLog(terminal, () -> "half way");
        assertTrue(log.draw());
        log.close();
        assertFalse(log.draw());
        assertEquals("martlet: half way" + System.lineSeparator(), written());
    }

    private static String drawn(String erasure, String lines) {
        return erasure + "\u001b[?7l" + lines + "\u001b[?7h";
    }

    private String written() {
        return bytes.toString(UTF_8);
    }
}
