package io.martlet.samples.fetch;

import java.io.IOException;
import java.io.PrintStream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar in the last line of a terminal, below whatever else is written there. */
final class ProgressLine implements Progress {
    /** For runs whose number of requests nobody knows yet. */
    static final long UNKNOWN = -1;

    private static final int UPDATE_MILLIS = 100;

    /** Room for the ^C that a terminal echoes, so that it does not begin a new line. */
    private static final int MARGIN = 3;

    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream terminal;
    private final ProgressBar bar;

    // Both guarded by this: the bar has a thread of its own, which must not draw into the middle of other output.
    private boolean isShown;
    private boolean isClosed;

    ProgressLine(PrintStream terminal, int columns, long requests) {
        this.terminal = terminal;
        this.bar = new ProgressBarBuilder()
                .setTaskName("fetch")
                .setInitialMax(requests)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .continuousUpdate()
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns - MARGIN))
                .build();
    }

    @Override
    public void step() {
        bar.step();
    }

    @Override
    public synchronized void hideWhile(Output output) throws IOException {
        erase();
        output.write();
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            erase();
        }
        bar.close();
    }

    private synchronized void draw(String line) {
        if (!isClosed) {
            terminal.print(ERASE_LINE + line);
            terminal.flush();
            isShown = true;
        }
    }

    private void erase() {
        if (isShown) {
            terminal.print(ERASE_LINE);
            terminal.flush();
            isShown = false;
        }
    }
}
