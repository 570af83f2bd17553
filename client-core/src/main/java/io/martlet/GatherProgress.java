package io.martlet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The progress of {@code gather} and its like.
 *
 * @param succeeded how many have ended well
 * @param failed    how many have failed
 * @param inFlight  how many are running
 * @param bytes     total length of the bodies received, in results that tell: responses, byte arrays and downloaded files
 * @param total     how many there are in all; -1 if that is not known
 * @param elapsed   how long it has taken so far
 */
public record GatherProgress(long succeeded, long failed, int inFlight, long bytes, long total, Duration elapsed) {

    /** {@return how many have ended, well or not} */
    public long ended() {
        return succeeded + failed;
    }

    /**
     * {@return how long it will still take at the present rate; null if the total is not known, or nothing has ended
     * yet}
     */
    public @Nullable Duration remaining() {
        if (total < 0 || ended() == 0) {
            return null;
        }
        double each = (double) elapsed.toNanos() / ended();
        return Duration.ofNanos((long) (each * Math.max(0, total - ended())));
    }
}
