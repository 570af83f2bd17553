package io.martlet.samples.fetch.progress;

import io.martlet.samples.fetch.text.Repeated;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Progress in the last lines of a terminal, below whatever else is written there. */
public final class ProgressScreen implements Progress {
    private static final Duration PERIOD = Duration.ofMillis(100);

    /** Room for the ^C that a terminal echoes, so that it does not begin a new line. */
    private static final int MARGIN = 3;

    // ECMA-48: cursor up, erase to the end of the screen; DEC: do not wrap lines that are too long, wrap them again.
    private static final String UP = "\u001b[A";
    private static final String ERASE = "\r\u001b[J";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintStream terminal;
    private final Supplier<List<String>> text;

    // All guarded by this: a thread of its own draws, which must not happen in the middle of other output.
    private List<String> shown = List.of();
    private boolean isClosed;

    /** Shows the lines of {@code text}, which are to have at most {@link #room} characters, at each {@link #draw}. */
    public ProgressScreen(PrintStream terminal, Supplier<List<String>> text) {
        this.terminal = terminal;
        this.text = text;
    }

    /** One that is drawn as often as is pleasant, until it is closed. */
    public static ProgressScreen start(PrintStream terminal, Supplier<List<String>> text) {
        ProgressScreen screen = new ProgressScreen(terminal, text);
        Repeated.every(PERIOD, screen::draw);
        return screen;
    }

    /** How long a line may be in a terminal of so many columns. */
    public static int room(int columns) {
        return Math.max(1, columns - MARGIN);
    }

    /** Shows how far it is now; false once it is closed. */
    public synchronized boolean draw() {
        if (isClosed) {
            return false;
        }
        List<String> lines = text.get();
        if (!lines.equals(shown)) {
            print(erasure() + NO_WRAP + String.join("\n", lines) + WRAP);
            shown = lines;
        }
        return true;
    }

    @Override
    public synchronized void hideWhile(Output output) throws IOException {
        erase();
        output.write();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        erase();
    }

    private void erase() {
        if (!shown.isEmpty()) {
            print(erasure());
            shown = List.of();
        }
    }

    private String erasure() {
        return shown.isEmpty() ? ERASE : UP.repeat(shown.size() - 1) + ERASE;
    }

    private void print(String sequence) {
        terminal.print(sequence);
        terminal.flush();
    }
}
