package io.martlet.samples.fetch.progress;

import io.martlet.samples.fetch.text.Repeated;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Progress where there is no terminal: a line from time to time, for logs. */
public final class ProgressLog implements Progress {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final PrintStream messages;
    private final Supplier<String> text;
    private boolean isClosed;

    /** Writes a line at each {@link #draw}. */
    public ProgressLog(PrintStream messages, Supplier<String> text) {
        this.messages = messages;
        this.text = text;
    }

    /** One that writes every few seconds, until it is closed; short runs see none. */
    public static ProgressLog start(PrintStream messages, Supplier<String> text) {
        ProgressLog log = new ProgressLog(messages, text);
        Repeated.every(PERIOD, log::draw);
        return log;
    }

    /** Writes how far it is now; false once it is closed. */
    public synchronized boolean draw() {
        if (!isClosed) {
            messages.println("martlet: " + text.get());
        }
        return !isClosed;
    }

    @Override
    public void hideWhile(Output output) throws IOException {
        output.write();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
