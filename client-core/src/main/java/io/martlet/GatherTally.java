package io.martlet;

import io.martlet.download.DownloadedFile;
import io.martlet.http.ClientResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what begins and ends, and says so when it is time. Thread-safe; the listener is called under its lock. */
final class GatherTally {
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(36_500);

    private final Consumer<? super GatherProgress> listener;
    private final LongSupplier clock;
    private final long interval;
    private final long total;
    private final long start;

    private long told;
    private long succeeded;
    private long failed;
    private int inFlight;
    private long bytes;

    private GatherTally(GatherOptions<?> options, Consumer<? super GatherProgress> listener) {
        this.listener = listener;
        clock = options.nanoClock();
        Duration given = options.progressInterval();
        interval = given.compareTo(LONGEST_INTERVAL) < 0 ? given.toNanos() : LONGEST_INTERVAL.toNanos();
        total = options.total();
        start = clock.getAsLong();
        told = start;
    }

    /** A tally that tells the listener of {@code options}; null where there is none. */
    static @Nullable GatherTally of(GatherOptions<?> options) {
        Consumer<? super GatherProgress> listener = options.progress();
        return listener == null ? null : new GatherTally(options, listener);
    }

    synchronized void begun() {
        inFlight++;
    }

    /** One ended with {@code result}, which may be an outcome. */
    synchronized void ended(@Nullable Object result) {
        if (result instanceof Outcome.Failure<?>) {
            failed();
            return;
        }
        bytes += bytesOf(result instanceof Outcome.Success<?> success ? success.value() : result);
        succeeded++;
        inFlight--;
        tellIfItIsTime();
    }

    synchronized void failed() {
        failed++;
        inFlight--;
        tellIfItIsTime();
    }

    /** One ended that nobody waits for any more. */
    synchronized void cancelled() {
        inFlight--;
    }

    /** All have ended. */
    synchronized void tell() {
        told = clock.getAsLong();
        Duration elapsed = Duration.ofNanos(told - start);
        listener.accept(new GatherProgress(succeeded, failed, inFlight, bytes, total, elapsed));
    }

    private void tellIfItIsTime() {
        // The last one is told of by the end.
        boolean isLast = inFlight == 0 && succeeded + failed == total;
        if (!isLast && clock.getAsLong() - told >= interval) {
            tell();
        }
    }

    private static long bytesOf(@Nullable Object result) {
        if (result instanceof ClientResponse response) {
            return response.bytes().length;
        }
        if (result instanceof DownloadedFile file) {
            return file.bytes();
        }
        return result instanceof byte[] array ? array.length : 0;
    }
}
