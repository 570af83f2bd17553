package io.martlet.samples.fetch.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what happens in a run, and tells how far it is. Thread-safe. */
public final class RunMeter {
    /** Rates are those of so long: short enough to be of now, long enough to be steady. */
    static final Duration WINDOW = Duration.ofSeconds(10);

    private final LongSupplier nanoClock;
    private final LongAdder bytes = new LongAdder();

    // All guarded by this.
    private final Map<Long, Begun> inFlight = new LinkedHashMap<>();
    private final Map<Long, String> queued = new HashMap<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long total = RunSnapshot.UNKNOWN;
    private long done;
    private long failed;
    private long passedOver;

    /** A meter by a clock in nanoseconds, such as {@link System#nanoTime}. */
    public RunMeter(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        samples.add(new Sample(nanoClock.getAsLong(), 0, 0));
    }

    /** So many there are in all. */
    public synchronized void total(long count) {
        total = count;
    }

    /** One was done before. */
    public synchronized void passOver() {
        passedOver++;
    }

    /** One begins; {@code name} is that of its host or file. */
    public synchronized void begin(long index, String name) {
        inFlight.put(index, new Begun(name, nanoClock.getAsLong()));
    }

    /** One that was begun waits for its turn: it is in flight, but not slow. */
    public synchronized void queue(long index) {
        Begun begun = inFlight.remove(index);
        if (begun != null) {
            queued.put(index, begun.name);
        }
    }

    /** Its turn has come. */
    synchronized void grant(long index) {
        String name = queued.remove(index);
        if (name != null) {
            begin(index, name);
        }
    }

    /** So many bytes came. */
    void bytes(long count) {
        bytes.add(count);
    }

    /** One that was begun, or could not even begin, is done. */
    public synchronized void end(long index, boolean isSuccess) {
        inFlight.remove(index);
        queued.remove(index);
        done++;
        failed += isSuccess ? 0 : 1;
    }

    /** How far the run is. Rates are those since the calls of the last {@link #WINDOW}. */
    public synchronized RunSnapshot snapshot() {
        Sample now = new Sample(nanoClock.getAsLong(), done, bytes.sum());
        while (samples.size() > 1 && now.nanos - second().nanos >= WINDOW.toNanos()) {
            samples.removeFirst();
        }
        Sample then = samples.getFirst();
        samples.addLast(now);
        double seconds = Math.max(1e-3, (now.nanos - then.nanos) / 1e9);
        Begun slowest = inFlight.isEmpty() ? null : inFlight.values().iterator().next();
        return new RunSnapshot(
                total,
                done,
                failed,
                passedOver,
                inFlight.size() + queued.size(),
                (now.done - then.done) / seconds,
                (now.bytes - then.bytes) / seconds,
                name(slowest),
                Duration.ofNanos(slowest == null ? 0 : now.nanos - slowest.nanos));
    }

    private static @Nullable String name(@Nullable Begun begun) {
        return begun == null ? null : begun.name;
    }

    private Sample second() {
        Iterator<Sample> all = samples.iterator();
        all.next();
        return all.next();
    }

    private record Begun(String name, long nanos) {}

    private record Sample(long nanos, long done, long bytes) {}
}
