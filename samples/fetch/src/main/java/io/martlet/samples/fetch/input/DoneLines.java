package io.martlet.samples.fetch.input;

import io.martlet.Checkpoint;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.OptionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which lines of the input earlier runs have done: the {@link Checkpoint} of {@code --checkpoint}.
 *
 * <p>A line is done when its request has succeeded and its result was written out; what failed is not, and is tried again by
 * the next run. It is known by its text as it stands, by the method and the body that the command adds to it, and by
 * which it is of its like: lines may be added or change their places, and a URL that is there twice is fetched twice.
 *
 * <p>First the output, then the record: whatever kills the process, no result that goes to a file is lost, and at most
 * {@link #MAX_PENDING} that were written but not recorded are fetched and written once more. What is lost behind a pipe, or
 * by the system that goes down, is lost.
 */
public final class DoneLines implements Closeable {
    /** How many results may be written without being recorded. */
    public static final int MAX_PENDING = 50;

    /** The key of the line of names; no other line has it. */
    private static final String HEAD = "0\n";

    private final Checkpoint checkpoint;
    private final String request;
    private final AtomicLong skipped = new AtomicLong();

    /** The keys of those that were begun; no more than a run holds. */
    private final Map<Long, String> begun = new ConcurrentHashMap<>();

    private final List<String> pending = new ArrayList<>();

    private DoneLines(Checkpoint checkpoint, String request) {
        this.checkpoint = checkpoint;
        this.request = request;
    }

    /** Those of {@code file}, where the command says of each request what {@code request} does. */
    public static DoneLines open(String option, String file, String request) {
        Path path = BodyValues.path(option, file);
        try {
            return new DoneLines(Checkpoint.open(path), request);
        } catch (IOException e) {
            throw OptionException.of(option, "cannot use '" + file + "'", e);
        }
    }

    /** The lines that are left to do, as they are asked for; {@code passedOver} hears of the others. */
    public Iterator<InputLine> remaining(Stream<InputLine> lines, Consumer<String> passedOver) {
        return lines.filter(line -> isLeft(line, passedOver)).iterator();
    }

    private boolean isLeft(InputLine line, Consumer<String> passedOver) {
        String key = line.occurrence() + "\n" + request + "\n" + line.text();
        if (checkpoint.contains(key)) {
            skipped.incrementAndGet();
            passedOver.accept(line.text());
            return false;
        }
        begun.put(line.index(), key);
        return true;
    }

    /** How many lines were passed over. */
    public long skipped() {
        return skipped.get();
    }

    /** Whether a line of names above the results was written by an earlier run. */
    public boolean hasHead() {
        return checkpoint.contains(HEAD);
    }

    /** The line of names is about to be written. */
    public void addHead() {
        pending.add(HEAD);
    }

    /** A result is about to be written. */
    public void add(FetchResult result) {
        String key = begun.remove(result.index());
        if (result.isSuccess() && key != null) {
            pending.add(key);
        }
    }

    /** Whether no more may be written before what was is recorded. */
    public boolean isFull() {
        return pending.size() >= MAX_PENDING;
    }

    /** All that was added is written: it is done. */
    public void record() throws IOException {
        try {
            pending.forEach(checkpoint::add);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        pending.clear();
    }

    @Override
    public void close() throws IOException {
        checkpoint.close();
    }
}
