package io.martlet.trace;

import io.martlet.error.ClientException;
import io.martlet.http.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A thing that happened to a request. In their usual order:
 *
 * <pre>
 * Started
 * Throttled               only where it had waited for its turn by the rate limit, before it started
 * Queued → Granted        only where it had to wait for a connection slot
 * Resolved → Connected    only where a connection was opened
 *          → Secured      only with TLS
 * Reused                  only where a kept connection was taken
 * Sent
 * Interim                 for each 1xx response
 * FirstByte               of the response, interim ones included
 * Head                    of the final response
 * Repeated                the connection had been closed: it starts anew, on a new one
 * Completed | Failed      the last one, unless the caller cancelled or closed the body early: {@link Abandoned}
 * </pre>
 *
 * <p>Each hop of a redirect is told from {@code Started} to its end, with a request of its own; what they have in common is
 * what the first one carries along ({@link io.martlet.http.ClientRequest#attribute}).
 *
 * <p>What prints itself prints neither header values nor query values.
 */
public sealed interface TraceEvent {
    /** {@return when it happened, by {@link System#nanoTime()}} */
    long nanos();

    /**
     * The request begins its way.
     *
     * @param nanos when, by {@link System#nanoTime()}
     */
    record Started(long nanos) implements TraceEvent {}

    /**
     * It had its turn by the session's rate limit. Who fails before its turn has no events.
     *
     * @param nanos  when, by {@link System#nanoTime()}
     * @param waited for its turn
     */
    record Throttled(long nanos, Duration waited) implements TraceEvent {}

    /**
     * All connection slots are taken: the request waits.
     *
     * @param nanos when, by {@link System#nanoTime()}
     * @param usage of the slots, as {@code 100 of 100 in use, 7 waiting}
     */
    record Queued(long nanos, String usage) implements TraceEvent {}

    /**
     * It has a slot.
     *
     * @param nanos  when, by {@link System#nanoTime()}
     * @param waited for the slot
     */
    record Granted(long nanos, Duration waited) implements TraceEvent {}

    /**
     * The addresses of the host are known.
     *
     * @param nanos     when, by {@link System#nanoTime()}
     * @param addresses what the host was resolved to
     * @param took      the time until they were known
     */
    record Resolved(long nanos, List<InetAddress> addresses, Duration took) implements TraceEvent {}

    /**
     * A connection was opened.
     *
     * @param nanos  when, by {@link System#nanoTime()}
     * @param remote its end at the server
     * @param local  its end here
     * @param took   the time that it took to open it
     */
    record Connected(long nanos, InetSocketAddress remote, InetSocketAddress local, Duration took)
            implements TraceEvent {}

    /**
     * The TLS handshake is done.
     *
     * @param nanos       when, by {@link System#nanoTime()}
     * @param protocol    {@code TLSv1.3} or {@code TLSv1.2}
     * @param cipherSuite its name in the RFCs
     * @param isResumed   whether it took up an earlier session
     * @param took        the time of the handshake
     */
    record Secured(long nanos, String protocol, String cipherSuite, boolean isResumed, Duration took)
            implements TraceEvent {}

    /**
     * A kept connection is used again.
     *
     * @param nanos  when, by {@link System#nanoTime()}
     * @param remote its end at the server
     * @param local  its end here
     */
    record Reused(long nanos, InetSocketAddress remote, InetSocketAddress local) implements TraceEvent {}

    /**
     * The last byte of the request was taken by the connection.
     *
     * @param nanos     when, by {@link System#nanoTime()}
     * @param bodyBytes bytes of the body, without the framing of chunks
     * @param took      the time from the first byte of the request to the last
     */
    record Sent(long nanos, long bodyBytes, Duration took) implements TraceEvent {}

    /**
     * A response that is not the final one, such as 103 (Early Hints).
     *
     * @param nanos   when, by {@link System#nanoTime()}
     * @param status  from 100 to 199
     * @param headers of this response
     */
    record Interim(long nanos, int status, Headers headers) implements TraceEvent {
        @Override
        public String toString() {
            return "Interim[nanos=" + nanos + ", status=" + status + "]";
        }
    }

    /**
     * Something of the response is there.
     *
     * @param nanos when, by {@link System#nanoTime()}
     * @param took  the time since the request was begun to be sent
     */
    record FirstByte(long nanos, Duration took) implements TraceEvent {}

    /**
     * The head of the final response is there.
     *
     * @param nanos   when, by {@link System#nanoTime()}
     * @param status  of the response
     * @param headers of the response
     * @param took    the time since the request was begun to be sent
     */
    record Head(long nanos, int status, Headers headers, Duration took) implements TraceEvent {
        @Override
        public String toString() {
            return "Head[nanos=" + nanos + ", status=" + status + ", took=" + took + "]";
        }
    }

    /**
     * A kept connection turned out to be closed; the request is sent once more, on a new one.
     *
     * @param nanos   when, by {@link System#nanoTime()}
     * @param because what the kept connection failed with
     */
    record Repeated(long nanos, ClientException because) implements TraceEvent {}

    /**
     * The response is complete.
     *
     * @param nanos     when, by {@link System#nanoTime()}
     * @param status    of the response
     * @param bodyBytes bytes of the body, as they arrived
     * @param took      the time since the request began its way
     */
    record Completed(long nanos, int status, long bodyBytes, Duration took) implements TraceEvent {}

    /**
     * There is no response, or not all of it.
     *
     * @param nanos when, by {@link System#nanoTime()}
     * @param cause what the request, or reading its body, failed with
     * @param took  the time since the request began its way
     */
    record Failed(long nanos, ClientException cause, Duration took) implements TraceEvent {}

    /**
     * The caller did not want it any more.
     *
     * @param nanos when, by {@link System#nanoTime()}
     * @param took  the time since the request began its way
     */
    record Abandoned(long nanos, Duration took) implements TraceEvent {}
}
