package io.martlet.samples.fetch.progress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is at a moment.
 *
 * @param total          how many there are in all; -1 if that is not known
 * @param done           how many are done in this run, those that failed included
 * @param failed         how many of these failed
 * @param passedOver     how many were done before this run
 * @param inFlight       how many were begun and are not done
 * @param perSecond      how many were done a second, of late
 * @param bytesPerSecond how many bytes came a second, of late
 * @param slowest        what has been in flight for longest since its turn came, by the name of its host or file; null for nothing
 * @param slowestFor     for how long
 */
public record RunSnapshot(
        long total,
        long done,
        long failed,
        long passedOver,
        int inFlight,
        double perSecond,
        double bytesPerSecond,
        @Nullable String slowest,
        Duration slowestFor) {
    static final long UNKNOWN = -1;

    /** How many are behind us, whoever did them. */
    public long behind() {
        return done + passedOver;
    }

    /** Whether it is known how many there are; an input may have grown meanwhile. */
    public boolean hasTotal() {
        return total >= behind() && total > 0;
    }

    /** How long it will take if it goes on like this; null if nobody can tell. */
    @Nullable
    Duration timeLeft() {
        long left = total - behind();
        if (!hasTotal() || left == 0 || perSecond <= 0) {
            return null;
        }
        return Duration.ofSeconds((long) Math.min(1e9, Math.ceil(left / perSecond)));
    }
}
