package io.martlet.internal.wire;

import io.martlet.config.ClientTimeout;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ReadTimeoutException;
import io.martlet.error.ClientException.TotalTimeoutException;
import io.martlet.error.ClientException.WriteTimeoutException;
import io.martlet.error.Phase;
import io.martlet.http.ClientRequest;
import io.martlet.http.Deadline;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of an exchange: of all of it, and of the silence that its phases allow.
 *
 * <p>Told of progress by whichever thread makes it; asked by the loop.
 */
final class ExchangeLimits {
    /** There is no limit now; no difference of times comes close to it. */
    static final long NEVER = Long.MAX_VALUE;

    /** How long the rest of a body that nobody wants may take to arrive. */
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private enum Stage {
        SENDING,
        HELD,
        AWAITING_HEAD,
        READING,
        PAUSED,
        DRAINING
    }

    private static final VarHandle STAGE = stageHandle();

    private final ClientRequest request;
    private final @Nullable Deadline deadline;
    private final long end; // of the deadline
    private final ClientTimeout timeout;
    private final boolean hasSilence;

    private volatile Stage stage = Stage.SENDING;
    private volatile long since;
    private volatile boolean hasBytes;

    ExchangeLimits(ClientRequest request) {
        this.request = request;
        deadline = request.deadline();
        end = deadline == null ? 0 : deadline.endNanos();
        timeout = request.options().timeout();
        hasSilence = timeout.socketRead() != null || timeout.firstByte() != null || timeout.write() != null;
        progress();
    }

    /** Some bytes of the response arrived. */
    void receiving() {
        progress();
        // An answer to the head alone, as 100 is, comes before the wait for the first byte begins. While it is still
        // being
        // sent, it may be the answer to all of it: the sender is about to say so.
        if (stage != Stage.HELD) {
            hasBytes = true;
        }
    }

    /** Bytes have moved. */
    void progress() {
        if (hasSilence && stage != Stage.DRAINING) {
            since = System.nanoTime();
        }
    }

    /** The body waits for the server's consent, or for more of it to send. */
    void held() {
        STAGE.compareAndSet(this, Stage.SENDING, Stage.HELD);
    }

    /** The server has taken bytes, or is to take some. Returns whether its silence counts again. */
    boolean sending() {
        progress();
        return STAGE.compareAndSet(this, Stage.HELD, Stage.SENDING);
    }

    void sent() {
        progress();
        // The head may be there already, and the loop has said so.
        if (!STAGE.compareAndSet(this, Stage.SENDING, Stage.AWAITING_HEAD)) {
            STAGE.compareAndSet(this, Stage.HELD, Stage.AWAITING_HEAD);
        }
    }

    void headArrived() {
        stage = Stage.READING;
    }

    /** Nobody takes what has arrived, or somebody does again. */
    void paused(boolean isPaused) {
        progress();
        if (stage != Stage.DRAINING) {
            stage = isPaused ? Stage.PAUSED : Stage.READING;
        }
    }

    /** What is left of the body is not wanted. */
    void drain() {
        since = System.nanoTime();
        stage = Stage.DRAINING;
    }

    /** Whether there is any limit at all. */
    boolean isLimited() {
        return deadline != null || hasSilence;
    }

    /** Whether there are limits that begin anew with each phase. */
    boolean hasSilence() {
        return hasSilence;
    }

    /** How long until the nearest limit; {@link #NEVER} if there is none. */
    long nanosLeft(long now) {
        long total = deadline == null ? NEVER : end - now;
        Duration silence = silence();
        return silence == null ? total : Math.min(total, since + nanos(silence) - now);
    }

    /** What is to be thrown at {@code now}, if a limit is reached. */
    @Nullable
    ClientException expired(long now) {
        if (deadline != null && end - now <= 0) {
            return new TotalTimeoutException(request, deadline.limit(), Duration.ofNanos(now - deadline.startNanos()));
        }
        Duration silence = silence();
        Duration elapsed = Duration.ofNanos(now - since);
        if (silence == null || elapsed.compareTo(silence) < 0) {
            return null;
        }
        return switch (stage) {
            case SENDING -> new WriteTimeoutException(request, silence, elapsed);
            case AWAITING_HEAD ->
                new ReadTimeoutException(
                        hasBytes ? Phase.READ : Phase.FIRST_BYTE,
                        request,
                        awaitsFirstByte() ? "firstByte" : "socketRead",
                        silence,
                        elapsed);
            default -> new ReadTimeoutException(Phase.READ, request, silence, elapsed);
        };
    }

    private boolean awaitsFirstByte() {
        Duration first = timeout.firstByte();
        Duration read = timeout.socketRead();
        return !hasBytes && first != null && (read == null || first.compareTo(read) <= 0);
    }

    /** How long nothing may happen now. */
    private @Nullable Duration silence() {
        return switch (stage) {
            case SENDING -> timeout.write();
            case AWAITING_HEAD -> awaitsFirstByte() ? timeout.firstByte() : timeout.socketRead();
            case READING -> timeout.socketRead();
            case HELD, PAUSED -> null;
            case DRAINING -> DRAIN;
        };
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(NEVER / 2)) > 0 ? NEVER / 2 : duration.toNanos();
    }

    private static VarHandle stageHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(ExchangeLimits.class, "stage", Stage.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
