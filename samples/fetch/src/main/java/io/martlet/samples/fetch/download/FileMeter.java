package io.martlet.samples.fetch.download;

import io.martlet.body.TransferProgress;
import io.martlet.samples.fetch.progress.BodyWatch;
import io.martlet.samples.fetch.progress.RunMeter;
import io.martlet.samples.fetch.progress.RunSnapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of each file on its way. Thread-safe. */
final class FileMeter {
    private final LongSupplier nanoClock;
    private final RunMeter run;

    // Guarded by this.
    private final Map<Long, Transfer> transfers = new LinkedHashMap<>();

    /** A meter by a clock in nanoseconds, such as {@link System#nanoTime}. */
    FileMeter(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.run = new RunMeter(nanoClock);
    }

    /**
     * How far a file is.
     *
     * @param name           how it is called
     * @param bytes          how many are there
     * @param total          how many there will be; -1 if that is not known
     * @param bytesPerSecond how many came a second
     */
    record FileSnapshot(String name, long bytes, long total, double bytesPerSecond) {
        /** How long it will take if it goes on like this; null if nobody can tell. */
        @Nullable
        Duration timeLeft() {
            return FileMeter.timeLeft(total - bytes, bytesPerSecond);
        }
    }

    private static @Nullable Duration timeLeft(long bytes, double perSecond) {
        return bytes < 0 || perSecond <= 0
                ? null
                : Duration.ofSeconds((long) Math.min(1e9, Math.ceil(bytes / perSecond)));
    }

    /** All files together. */
    RunMeter run() {
        return run;
    }

    /** A file begins; what is returned hears of its bytes. */
    synchronized TransferProgress begin(long index, String name) {
        Transfer transfer = new Transfer(name);
        transfers.put(index, transfer);
        run.begin(index, name);
        BodyWatch all = new BodyWatch(run, Long.MAX_VALUE);
        return (bytes, total) -> {
            all.transferred(bytes, total);
            moved(transfer, bytes, total);
        };
    }

    private synchronized void moved(Transfer transfer, long bytes, long total) {
        if (transfer.startNanos == null || bytes < transfer.bytes) {
            transfer.startNanos = nanoClock.getAsLong();
            transfer.startBytes = bytes;
        }
        transfer.bytes = bytes;
        transfer.total = total;
    }

    /** A file, or one that could not even begin, is done. */
    synchronized void end(long index, boolean isSuccess) {
        transfers.remove(index);
        run.end(index, isSuccess);
    }

    /** Those that are on their way, in the order in which they began. */
    synchronized List<FileSnapshot> files() {
        long now = nanoClock.getAsLong();
        return transfers.values().stream()
                .map(transfer -> transfer.snapshot(now))
                .toList();
    }

    /** How long all will take; null if nobody can tell, as not all have begun, or not all say how long they are. */
    static @Nullable Duration timeLeft(RunSnapshot run, List<FileSnapshot> files) {
        boolean isKnown = run.hasTotal()
                && run.behind() + files.size() == run.total()
                && files.stream().allMatch(file -> file.total() >= file.bytes());
        long left =
                files.stream().mapToLong(file -> file.total() - file.bytes()).sum();
        return isKnown && left > 0 ? timeLeft(left, run.bytesPerSecond()) : null;
    }

    private static final class Transfer {
        private final String name;
        private @Nullable Long startNanos;
        private long startBytes;
        private long bytes;
        private long total = -1;

        Transfer(String name) {
            this.name = name;
        }

        FileSnapshot snapshot(long now) {
            double seconds = startNanos == null ? 0 : (now - startNanos) / 1e9;
            return new FileSnapshot(name, bytes, total, seconds <= 0 ? 0 : (bytes - startBytes) / seconds);
        }
    }
}
