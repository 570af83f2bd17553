package io.martlet.samples.fetch.trace;

import io.martlet.error.ClientException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.trace.TraceEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, as far as it was heard of. Written by the thread of the listener until it {@link #hasEnded},
 * read by others afterwards.
 */
public final class Hop {
    /** How a request ended. */
    enum End {
        COMPLETED,
        FAILED,
        ABANDONED
    }

    /**
     * How long each phase took; null for a phase that there was not.
     *
     * @param queue     waiting for a free connection
     * @param dns       looking up the host
     * @param connect   opening the connection, without {@code tls}
     * @param tls       the handshake
     * @param send      sending the request
     * @param firstByte from then to the first byte of the response
     * @param receive   from then to its last byte
     */
    public record Timings(
            @Nullable Duration queue,
            @Nullable Duration dns,
            @Nullable Duration connect,
            @Nullable Duration tls,
            @Nullable Duration send,
            @Nullable Duration firstByte,
            @Nullable Duration receive) {}

    private static final long ORIGIN_MILLIS = System.currentTimeMillis();
    private static final long ORIGIN_NANOS = System.nanoTime();

    private final ClientRequest request;
    private final long startNanos;
    private volatile @Nullable End end;

    private @Nullable InetSocketAddress remote;
    private @Nullable InetSocketAddress local;
    private boolean isReused;
    private TraceEvent.@Nullable Secured tls;
    private @Nullable Duration queue;
    private @Nullable Duration dns;
    private @Nullable Duration connect;
    private @Nullable Duration handshake;
    private @Nullable Duration send;
    private @Nullable Duration untilFirstByte;
    private long firstByteNanos;
    private @Nullable Duration receive;
    private long sentBytes;
    private long receivedBytes;
    private int status;
    private Headers responseHeaders = Headers.EMPTY;
    private @Nullable ClientException failure;

    Hop(ClientRequest request, long startNanos) {
        this.request = request;
        this.startNanos = startNanos;
    }

    void on(TraceEvent event, TraceEvent.@Nullable Secured ofConnection) {
        if (event instanceof TraceEvent.Granted granted) {
            queue = granted.waited();
        } else if (event instanceof TraceEvent.Resolved resolved) {
            dns = resolved.took();
        } else if (event instanceof TraceEvent.Connected connected) {
            remote = connected.remote();
            local = connected.local();
            connect = connected.took();
            isReused = false;
        } else if (event instanceof TraceEvent.Secured secured) {
            tls = secured;
            handshake = secured.took();
        } else if (event instanceof TraceEvent.Reused reused) {
            remote = reused.remote();
            local = reused.local();
            isReused = true;
            tls = ofConnection;
        } else if (event instanceof TraceEvent.Sent sent) {
            send = sent.took();
            sentBytes = sent.bodyBytes();
        } else if (event instanceof TraceEvent.FirstByte first) {
            untilFirstByte = first.took();
            firstByteNanos = first.nanos();
        } else if (event instanceof TraceEvent.Head head) {
            status = head.status();
            responseHeaders = head.headers();
        } else {
            onEnd(event);
        }
    }

    private void onEnd(TraceEvent event) {
        if (event instanceof TraceEvent.Completed completed) {
            receivedBytes = completed.bodyBytes();
            receive = Duration.ofNanos(completed.nanos() - firstByteNanos);
            end = End.COMPLETED;
        } else if (event instanceof TraceEvent.Failed failed) {
            failure = failed.cause();
            end = End.FAILED;
        } else if (event instanceof TraceEvent.Abandoned) {
            end = End.ABANDONED;
        }
    }

    boolean hasEnded() {
        return end != null;
    }

    public ClientRequest request() {
        return request;
    }

    /** When it began, in milliseconds since 1970. */
    public long startMillis() {
        return ORIGIN_MILLIS + (startNanos - ORIGIN_NANOS) / 1_000_000;
    }

    /** When it began, by {@link System#nanoTime()}. */
    public long startNanos() {
        return startNanos;
    }

    /** Where it was sent; null if there was no connection. */
    @Nullable
    public InetSocketAddress remote() {
        return remote;
    }

    /** Its address here; null if there was no connection. */
    @Nullable
    public InetSocketAddress local() {
        return local;
    }

    public boolean isReused() {
        return isReused;
    }

    /** How the connection is secured; null if it is not. */
    public TraceEvent.@Nullable Secured tls() {
        return tls;
    }

    /** The status of the final response; 0 if there was none. */
    public int status() {
        return status;
    }

    public Headers responseHeaders() {
        return responseHeaders;
    }

    public long sentBytes() {
        return sentBytes;
    }

    public long receivedBytes() {
        return receivedBytes;
    }

    /** Why it failed; null if it did not. */
    @Nullable
    public ClientException failure() {
        return failure;
    }

    public Timings timings() {
        Duration wait = untilFirstByte;
        if (wait != null && send != null) {
            // A server may answer before all of a request was sent.
            wait = wait.compareTo(send) > 0 ? wait.minus(send) : Duration.ZERO;
        }
        return new Timings(queue, dns, connect, handshake, send, wait, receive);
    }

    /** An address and its port, as {@code 127.0.0.1:80}; never looked up. */
    public static String print(InetSocketAddress address) {
        String ip = address.getAddress().getHostAddress();
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + address.getPort();
    }

    /** In milliseconds, to the microsecond. */
    public static double millis(Duration time) {
        return Math.round(time.toNanos() / 1e3) / 1e3;
    }
}
