package io.martlet.samples.fetch.output;

import io.martlet.samples.fetch.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, written in whole lines: whenever the program ends, no line is left broken. Used by one thread. */
public final class LineOutput {
    private static final int MAX_PENDING_CHARS = 32 * 1024;

    private final OutputStream out;
    private final Progress progress;
    private final StringBuilder pending = new StringBuilder();

    /** {@code progress} makes room before lines are written, if it is shown on the same screen. */
    public LineOutput(OutputStream out, Progress progress) {
        this.out = out;
        this.progress = progress;
    }

    /** Takes a line, and writes what has gathered when that is much. */
    public void line(String text) throws IOException {
        pending.append(text).append('\n');
        if (pending.length() > MAX_PENDING_CHARS) {
            flush();
        }
    }

    public void flush() throws IOException {
        if (pending.length() > 0) {
            byte[] bytes = pending.toString().getBytes(StandardCharsets.UTF_8);
            pending.setLength(0);
            progress.hideWhile(() -> {
                out.write(bytes);
                out.flush();
            });
        }
    }
}
