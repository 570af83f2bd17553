package io.martlet.error;

import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Headers;
import io.martlet.http.Status;
import io.martlet.http.Url;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong with a request, as one tree; catch this type to catch all of it.
 *
 * <pre>
 * ClientException                      an IOException: knows request, attempt, phase and the redirects before
 * ├─ InvalidUrlException               the URL, or the target of a redirect, cannot be requested
 * ├─ AuthenticationException           the credentials to send could not be had
 * ├─ SessionClosedException            the session was closed before or during the request
 * ├─ CircuitOpenException              a circuit breaker lets nothing through to the server for now
 * ├─ QueueFullException                maxQueue requests wait for a connection already
 * ├─ ConnectionException               there is no connection, or it broke
 * │  ├─ ConnectorException             it could not be opened: refused, unreachable
 * │  │  ├─ DnsException                the host has no known address
 * │  │  └─ TlsException                the handshake failed or the certificate is not trusted
 * │  └─ ServerDisconnectedException    the server closed it before it sent a whole head
 * ├─ TimeoutException                  a limit of ClientTimeout was reached: knows limit and elapsed time
 * │  ├─ RateTimeoutException           its turn by the session's rate limit would come after total
 * │  ├─ QueueTimeoutException          no slot became free within queue or connect; says nothing about the server
 * │  ├─ ConnectTimeoutException        no connection within connect, dns, socketConnect or tls
 * │  ├─ WriteTimeoutException          the server took nothing of the request within write
 * │  ├─ ReadTimeoutException           no byte arrived within firstByte or socketRead
 * │  └─ TotalTimeoutException          the whole request took longer than total
 * ├─ RequestBodyException              the request's own body could not be read, or has another length than announced
 * ├─ ProtocolException                 the peer does not speak HTTP as RFC 9112 writes it
 * ├─ PayloadException                  the body could not be read whole
 * │  ├─ TruncatedBodyException         it ended before the length that was announced
 * │  └─ BodyTooLargeException          it is longer than the limit for bodies held in memory
 * └─ ResponseException                 a response arrived, and it is not acceptable: knows the response
 *    ├─ StatusException                raiseForStatus: 400 or above; of a download, whatever is not 200 or 206
 *    ├─ TooManyRedirectsException      one more redirect than maxRedirects
 *    ├─ ContentTypeException           requireJsonType: the body is not called JSON
 *    └─ JsonException                  the body is not the JSON that was asked for
 * </pre>
 *
 * <p>Cancellation is no error and not in this tree: coroutines see {@code CancellationException}, and so do futures.
 * Messages and {@code toString} hold neither user info nor query values nor header values.
 *
 * <p>The exceptions can be serialised: message, phase, attempt, stack trace and all figures survive, request and response
 * stay behind. A cause that cannot be serialised is replaced by an {@code IOException} that prints as it did.
 *
 * <p>Some accessors that are handy in lambdas, such as {@link ClientResponse#raiseForStatus()} and
 * {@link ClientResponse#json(Class)}, throw members of this tree without declaring them, so that they can be used in
 * {@code thenApply}; there they arrive as the cause of a {@code CompletionException}, like every other failure.
 */
public abstract sealed class ClientException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Where it failed. */
    private final Phase phase;
    /** The number of its try. */
    private final int attempt;

    private final transient @Nullable ClientRequest request;
    private transient @Nullable List<ClientResponse> history;

    /** Not that of {@link Throwable}, which is serialised as it is or not at all. */
    private transient @Nullable Throwable cause;

    private ClientException(Phase phase, @Nullable ClientRequest request, String message, @Nullable Throwable cause) {
        super(message, null);
        this.phase = phase;
        this.request = request;
        this.attempt = request == null ? 1 : request.attempt();
        this.cause = cause;
    }

    /** What it came of, as it was thrown; null if nothing was. */
    @Override
    public synchronized @Nullable Throwable getCause() {
        return cause;
    }

    /**
     * Leaves the request out, whose body may be any object.
     *
     * @param out where it is written
     * @throws IOException if it cannot be
     * @serialData the fields, and what is known of the cause
     */
    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(WrittenCause.of(cause));
    }

    /**
     * Reads what {@code writeObject} wrote.
     *
     * @param in from where
     * @throws IOException if it cannot be read
     * @throws ClassNotFoundException if a class of it is not there
     */
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        cause = (Throwable) in.readObject();
    }

    /** {@return where on its way the request failed} */
    public Phase phase() {
        return phase;
    }

    /** {@return which try of the request failed: 1 for the first, more when it was retried} */
    public int attempt() {
        return attempt;
    }

    /**
     * {@return the request that failed; null when it never came to be, as with an invalid URL, and after
     * deserialisation}
     */
    public @Nullable ClientRequest request() {
        return request;
    }

    /**
     * {@return the redirects that had been followed when it failed, earliest first; empty where there were none, and
     * after deserialisation}
     */
    public List<ClientResponse> history() {
        List<ClientResponse> followed = history;
        return followed == null ? List.of() : followed;
    }

    /**
     * Lets it know which redirects led to it; for those who follow redirects.
     *
     * @param followed earliest first; copied, and takes the place of what was set before
     */
    public void setHistory(List<ClientResponse> followed) {
        history = List.copyOf(followed);
    }

    private static String at(ClientRequest request) {
        return request.method() + " " + request.url().redacted();
    }

    /** The URL, or the target of a redirect, cannot be parsed or has a scheme other than http and https. */
    public static final class InvalidUrlException extends ClientException {
        private static final long serialVersionUID = 1L;

        /** What was no URL, without user and password. */
        private final String url;
        /** What is wrong with it. */
        private final String reason;

        /**
         * Says that a URL cannot be requested.
         *
         * @param url the URL as it was given, secrets cut out; the message shows its first 200 characters
         * @param reason what is wrong with it, the end of the message
         */
        public InvalidUrlException(String url, String reason) {
            super(Phase.REQUEST, null, "Invalid URL " + Excerpts.quoted(url, 200) + ": " + reason, null);
            this.url = url;
            this.reason = reason;
        }

        /**
         * Says that a request was answered with a redirect that cannot be followed.
         *
         * @param request the request that was answered
         * @param url where the redirect leads, secrets cut out; the message shows its first 200 characters
         * @param reason what is wrong with it, the end of the message
         */
        public InvalidUrlException(ClientRequest request, String url, String reason) {
            super(
                    Phase.RESPONSE,
                    request,
                    at(request) + " redirects to " + Excerpts.quoted(url, 200) + ", which cannot be followed: "
                            + reason,
                    null);
            this.url = url;
            this.reason = reason;
        }

        /** {@return the URL as it was given, but for user info and query, which may hold secrets} */
        public String url() {
            return url;
        }

        /** {@return what is wrong with the URL} */
        public String reason() {
            return reason;
        }
    }

    /** The credentials to send could not be had: a token could not be refreshed. */
    public static final class AuthenticationException extends ClientException {
        private static final long serialVersionUID = 1L;

        /**
         * Says why a request has no credentials.
         *
         * @param request the request that is not sent
         * @param reason what happened, without a secret; the message shows its first 200 characters
         * @param cause what it came of; null if nothing was thrown
         */
        public AuthenticationException(ClientRequest request, String reason, @Nullable Throwable cause) {
            super(Phase.REQUEST, request, at(request) + ": no credentials: " + Excerpts.escaped(reason, 200), cause);
        }
    }

    /** The session was closed before or during the request. */
    public static final class SessionClosedException extends ClientException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that a request cannot be made or finished, its session being closed.
         *
         * @param request the request that failed; null when it never came to be
         */
        public SessionClosedException(@Nullable ClientRequest request) {
            super(
                    Phase.REQUEST,
                    request,
                    request == null ? "The session is closed" : at(request) + " failed: the session is closed",
                    null);
        }
    }

    /** A circuit breaker has seen too much of the server's calls fail, and lets nothing through for a while. */
    public static final class CircuitOpenException extends ClientException {
        private static final long serialVersionUID = 1L;

        /** For how long nothing is let through. */
        private final Duration openFor;

        /**
         * Says that a request is not sent, and for how long no other will be.
         *
         * @param request the request that is not sent
         * @param openFor how long nothing is let through; zero while others probe
         */
        public CircuitOpenException(ClientRequest request, Duration openFor) {
            super(
                    Phase.REQUEST,
                    request,
                    at(request) + " is not sent: the circuit breaker is open "
                            + (openFor.isZero() ? "while others probe" : "for " + Durations.print(openFor)),
                    null);
            this.openFor = openFor;
        }

        /** {@return how long nothing is let through; zero while it waits for what the probes say} */
        public Duration openFor() {
            return openFor;
        }
    }

    /** As many requests as the session's connector allows wait for a connection already. */
    public static final class QueueFullException extends ClientException {
        private static final long serialVersionUID = 1L;

        /** How many may wait. */
        private final int maxQueue;

        /**
         * Says that a request may not even wait for a connection.
         *
         * @param request the request that found no place
         * @param maxQueue how many requests may wait
         * @param usage how many connections are in use, in words for the message
         */
        public QueueFullException(ClientRequest request, int maxQueue, String usage) {
            super(
                    Phase.QUEUE,
                    request,
                    "No place to wait for a connection to " + request.url().origin() + " (" + usage
                            + "; connector maxQueue = " + maxQueue + ")",
                    null);
            this.maxQueue = maxQueue;
        }

        /** {@return how many requests may wait} */
        public int maxQueue() {
            return maxQueue;
        }
    }

    /** There is no connection for the request, or it broke while the request used it. */
    public static sealed class ConnectionException extends ClientException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that the connection broke.
         *
         * @param phase what the request was about when it happened
         * @param request the request that used the connection
         * @param cause what broke it; the message shows the first 200 characters of its own, or its type if it has none
         */
        public ConnectionException(Phase phase, ClientRequest request, Throwable cause) {
            this(phase, request, at(request) + ": the connection broke (" + phase + "): " + reasonOf(cause), cause);
        }

        private ConnectionException(Phase phase, ClientRequest request, String message, @Nullable Throwable cause) {
            super(phase, request, message, cause);
        }

        private static String reasonOf(Throwable cause) {
            String text = cause.getMessage();
            String type = cause.getClass().getSimpleName();
            return text == null || text.isBlank() ? type : Excerpts.escaped(text, 200);
        }
    }

    /** The connection could not be opened. */
    public static sealed class ConnectorException extends ConnectionException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that no connection to the request's host and port could be opened.
         *
         * @param request the request that needs the connection
         * @param cause why; the message shows the first 200 characters of its own, or its type if it has none
         */
        public ConnectorException(ClientRequest request, Throwable cause) {
            this(
                    Phase.CONNECT,
                    request,
                    "Cannot connect to " + hostAndPort(request.url()) + ": " + ConnectionException.reasonOf(cause),
                    cause);
        }

        private ConnectorException(Phase phase, ClientRequest request, String message, Throwable cause) {
            super(phase, request, message, cause);
        }

        private static String hostAndPort(Url url) {
            return url.host() + ":" + url.port();
        }
    }

    /** The host has no known address. */
    public static final class DnsException extends ConnectorException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that the request's host could not be resolved.
         *
         * @param request the request whose host it is
         * @param cause what the lookup failed with
         */
        public DnsException(ClientRequest request, Throwable cause) {
            super(Phase.DNS, request, "Cannot resolve host " + request.url().host(), cause);
        }
    }

    /** The TLS handshake failed, or the certificate is not trusted or not for this host. */
    public static final class TlsException extends ConnectorException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that no secure connection to the request's host and port could be made.
         *
         * @param request the request that needs the connection
         * @param cause why; the message shows the first 200 characters of its own, or its type if it has none
         */
        public TlsException(ClientRequest request, Throwable cause) {
            super(
                    Phase.TLS,
                    request,
                    "No secure connection to " + ConnectorException.hostAndPort(request.url()) + ": "
                            + ConnectionException.reasonOf(cause),
                    cause);
        }
    }

    /** The server closed the connection before it sent a whole response head. */
    public static final class ServerDisconnectedException extends ConnectionException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that the server hung up on a request.
         *
         * @param request the request that was left without a response
         * @param cause how the end of the connection was seen
         */
        public ServerDisconnectedException(ClientRequest request, Throwable cause) {
            super(
                    Phase.FIRST_BYTE,
                    request,
                    at(request) + ": the server closed the connection without a response",
                    cause);
        }
    }

    /** A limit of {@link io.martlet.config.ClientTimeout} was reached. */
    public abstract static sealed class TimeoutException extends ClientException {
        private static final long serialVersionUID = 1L;

        /** The limit. */
        private final Duration limit;
        /** What had passed. */
        private final Duration elapsed;

        private TimeoutException(Phase phase, ClientRequest request, Duration limit, Duration elapsed, String message) {
            super(phase, request, message, null);
            this.limit = limit;
            this.elapsed = elapsed;
        }

        /** {@return the limit that was reached, as it was configured} */
        public Duration limit() {
            return limit;
        }

        /** {@return how long this part of the request had really taken when it was given up} */
        public Duration elapsed() {
            return elapsed;
        }
    }

    /**
     * The turn of the request by the session's {@link io.martlet.rate.RateLimit} would come after its total limit, so it
     * does not wait for it. Says nothing about the server, and nothing was sent.
     */
    public static final class RateTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1L;

        /** In what time its turn would have been. */
        private final Duration turnIn;

        /**
         * Says in what time a request would have its turn at the earliest.
         *
         * @param request the request that does not wait
         * @param limit the limit {@code total}
         * @param elapsed how much of the limit is over
         * @param turnIn the time until its turn
         * @param usage how many wait, in words for the message
         */
        public RateTimeoutException(
                ClientRequest request, Duration limit, Duration elapsed, Duration turnIn, String usage) {
            super(
                    Phase.RATE,
                    request,
                    limit,
                    elapsed,
                    at(request) + " would have its turn in " + Durations.print(turnIn) + " (" + usage
                            + "; limit total = " + Durations.print(limit) + ", of which " + Durations.print(elapsed)
                            + " are over)");
            this.turnIn = turnIn;
        }

        /** {@return in what time it would have had its turn at the earliest} */
        public Duration turnIn() {
            return turnIn;
        }
    }

    /** No connection slot became free in time; the limits of this client were the cause, not the server. */
    public static final class QueueTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that a request waited for a slot in vain, until the limit {@code connect} was reached.
         *
         * @param request the request that waited
         * @param limit the limit as it was configured
         * @param elapsed how long it waited
         * @param usage how many are in use and waiting, in words for the message
         */
        public QueueTimeoutException(ClientRequest request, Duration limit, Duration elapsed, String usage) {
            this(request, "connect", limit, elapsed, usage);
        }

        /**
         * Says that a request waited for a slot in vain, and which limit was reached.
         *
         * @param request the request that waited
         * @param limitName {@code queue} or {@code connect}
         * @param limit the limit as it was configured
         * @param elapsed how long it waited
         * @param usage how many are in use and waiting, in words for the message
         */
        public QueueTimeoutException(
                ClientRequest request, String limitName, Duration limit, Duration elapsed, String usage) {
            super(
                    Phase.QUEUE,
                    request,
                    limit,
                    elapsed,
                    "Waited " + Durations.print(elapsed) + " for a connection to "
                            + request.url().origin() + " (" + usage + "; limit " + limitName + " = "
                            + Durations.print(limit)
                            + ")");
        }
    }

    /** No connection was made within {@code connect}, {@code dns}, {@code socketConnect} or {@code tls}. */
    public static final class ConnectTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1L;

        /**
         * Says which limit was reached while the connection was opened, in the phase {@code CONNECT}.
         *
         * @param request the request that needs the connection
         * @param limitName {@code connect} or {@code socketConnect}
         * @param limit the limit as it was configured
         * @param elapsed how long it really took
         */
        public ConnectTimeoutException(ClientRequest request, String limitName, Duration limit, Duration elapsed) {
            this(Phase.CONNECT, request, limitName, limit, elapsed);
        }

        /**
         * Says in which phase which limit was reached.
         *
         * @param phase {@code DNS}, {@code CONNECT} or {@code TLS}
         * @param request the request that needs the connection
         * @param limitName {@code connect}, {@code dns}, {@code socketConnect} or {@code tls}
         * @param limit the limit as it was configured
         * @param elapsed how long it really took
         */
        public ConnectTimeoutException(
                Phase phase, ClientRequest request, String limitName, Duration limit, Duration elapsed) {
            super(
                    phase,
                    request,
                    limit,
                    elapsed,
                    "No connection to " + request.url().host() + ":"
                            + request.url().port() + " after " + Durations.print(elapsed) + " (limit " + limitName
                            + " = " + Durations.print(limit) + ")");
        }
    }

    /** The server took nothing of the request within {@code write}. */
    public static final class WriteTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that the sending of a request stalled.
         *
         * @param request the request that is being sent
         * @param limit the limit {@code write}
         * @param elapsed how long the server took nothing
         */
        public WriteTimeoutException(ClientRequest request, Duration limit, Duration elapsed) {
            super(
                    Phase.WRITE,
                    request,
                    limit,
                    elapsed,
                    at(request) + ": the server took nothing of the request for " + Durations.print(elapsed)
                            + " (limit write = " + Durations.print(limit) + ")");
        }
    }

    /** No byte arrived within {@code firstByte} or {@code socketRead}. */
    public static final class ReadTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that the server was silent, and that the limit {@code socketRead} was reached.
         *
         * @param phase {@code FIRST_BYTE} before its response, {@code READ} amid it
         * @param request the request that waits for the response
         * @param limit the limit as it was configured
         * @param elapsed how long nothing arrived
         */
        public ReadTimeoutException(Phase phase, ClientRequest request, Duration limit, Duration elapsed) {
            this(phase, request, "socketRead", limit, elapsed);
        }

        /**
         * Says that the server was silent, and which limit was reached.
         *
         * @param phase {@code FIRST_BYTE} before its response, {@code READ} amid it
         * @param request the request that waits for the response
         * @param limitName {@code firstByte} or {@code socketRead}
         * @param limit the limit as it was configured
         * @param elapsed how long nothing arrived
         */
        public ReadTimeoutException(
                Phase phase, ClientRequest request, String limitName, Duration limit, Duration elapsed) {
            super(
                    phase,
                    request,
                    limit,
                    elapsed,
                    at(request) + (phase == Phase.FIRST_BYTE ? ": no response" : ": the response stalled") + " for "
                            + Durations.print(elapsed) + " (limit " + limitName + " = " + Durations.print(limit) + ")");
        }
    }

    /** The whole request, redirects, retries and body included, took longer than {@code total}. */
    public static final class TotalTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that a request was not done in time.
         *
         * @param request the request that is given up
         * @param limit the limit {@code total}
         * @param elapsed how long the request really took
         */
        public TotalTimeoutException(ClientRequest request, Duration limit, Duration elapsed) {
            super(
                    Phase.TOTAL,
                    request,
                    limit,
                    elapsed,
                    at(request) + " was not done after " + Durations.print(elapsed) + " (limit total = "
                            + Durations.print(limit) + ")");
        }
    }

    /** The body of the request could not be read to its end, or is not as long as was announced. */
    public static final class RequestBodyException extends ClientException {
        private static final long serialVersionUID = 1L;

        /**
         * Says why the body of a request cannot be sent.
         *
         * @param request the request whose body it is
         * @param reason what is wrong with the body; the message shows its first 200 characters
         * @param cause what reading the body failed with; null if nothing was thrown
         */
        public RequestBodyException(ClientRequest request, String reason, @Nullable Throwable cause) {
            super(
                    Phase.WRITE,
                    request,
                    at(request) + ": the request's body cannot be sent: " + Excerpts.escaped(reason, 200),
                    cause);
        }
    }

    /** What the peer sent is not HTTP as RFC 9112 writes it. */
    public static final class ProtocolException extends ClientException {
        private static final long serialVersionUID = 1L;

        /**
         * Says what is wrong with the response to a request.
         *
         * @param request the request that was answered so
         * @param reason what is wrong; the message shows its first 200 characters, control characters escaped
         * @param cause what it came of; null if nothing was thrown
         */
        public ProtocolException(ClientRequest request, String reason, @Nullable Throwable cause) {
            super(Phase.READ, request, at(request) + ": not an HTTP response: " + Excerpts.escaped(reason, 200), cause);
        }
    }

    /** The response's body could not be read whole. */
    public static sealed class PayloadException extends ClientException {
        private static final long serialVersionUID = 1L;

        /**
         * Says why the body of the response to a request could not be read.
         *
         * @param request the request whose response it is
         * @param reason what is wrong, the end of the message
         * @param cause what it came of; null if nothing was thrown
         */
        public PayloadException(ClientRequest request, String reason, @Nullable Throwable cause) {
            super(Phase.READ, request, at(request) + ": " + reason, cause);
        }
    }

    /** The body ended before the length that its head announced. */
    public static final class TruncatedBodyException extends PayloadException {
        private static final long serialVersionUID = 1L;

        /** How many bytes were announced. */
        private final long expected;
        /** How many came. */
        private final long received;

        /**
         * Says how much of the body was announced and how much came.
         *
         * @param request the request whose response it is
         * @param expected length in bytes that the head announced, -1 when it announced none
         * @param received bytes that arrived
         * @param cause the end of the body as the engine saw it; null if nothing was thrown
         */
        public TruncatedBodyException(ClientRequest request, long expected, long received, @Nullable Throwable cause) {
            super(
                    request,
                    "the body ended after " + received + " of " + (expected < 0 ? "unknown" : Long.toString(expected))
                            + " bytes",
                    cause);
            this.expected = expected;
            this.received = received;
        }

        /** {@return the length in bytes that the head announced, -1 when it announced none} */
        public long expected() {
            return expected;
        }

        /** {@return the bytes that arrived} */
        public long received() {
            return received;
        }
    }

    /** The body is longer than a body held in memory may be. */
    public static final class BodyTooLargeException extends PayloadException {
        private static final long serialVersionUID = 1L;

        /** How many bytes may be held. */
        private final long limit;

        /**
         * Says that the body of the response to a request exceeds the limit.
         *
         * @param request the request whose response it is
         * @param limit in bytes, {@code Limits.maxBufferedBody}
         */
        public BodyTooLargeException(ClientRequest request, long limit) {
            super(
                    request,
                    "the body is longer than maxBufferedBody = " + limit
                            + " bytes; raise the limit or stream the body with open()",
                    null);
            this.limit = limit;
        }

        /** {@return the limit in bytes, {@code Limits.maxBufferedBody}} */
        public long limit() {
            return limit;
        }
    }

    /** A response arrived, and it is not acceptable. */
    public abstract static sealed class ResponseException extends ClientException {
        private static final long serialVersionUID = 1L;

        /** What the server answered. */
        private final int status;

        private final transient @Nullable ClientResponse response;

        private ResponseException(ClientResponse response, String message, @Nullable Throwable cause) {
            super(Phase.RESPONSE, response.request(), message, cause);
            this.status = response.status();
            this.response = response;
        }

        @Override
        public List<ClientResponse> history() {
            return response == null ? super.history() : response.history();
        }

        /** {@return the status code of the response} */
        public int status() {
            return status;
        }

        /** {@return the headers of the response; empty after deserialisation} */
        public Headers headers() {
            return response == null ? Headers.EMPTY : response.headers();
        }

        /**
         * {@return the response, with at most the first 64 KiB of its body if it was being streamed; null after
         * deserialisation}
         */
        public @Nullable ClientResponse response() {
            return response;
        }

        /**
         * {@return the first 500 characters of the body, control characters escaped; empty after deserialisation} They may
         * hold what the server said of secrets.
         */
        public String bodyExcerpt() {
            return response == null ? "" : Excerpts.escaped(response.text(), 500);
        }
    }

    /**
     * {@code raiseForStatus} was asked for, and the status is 400 or above; or a download was answered with another status
     * than 200 or 206.
     */
    public static final class StatusException extends ResponseException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that a response is an error by its status.
         *
         * @param response the response that is not acceptable
         */
        public StatusException(ClientResponse response) {
            super(response, at(response.request()) + " answered " + statusLine(response), null);
        }

        private static String statusLine(ClientResponse response) {
            String reason = response.reason().isEmpty() ? Status.reasonPhrase(response.status()) : response.reason();
            return response.status() + (reason.isEmpty() ? "" : " " + Excerpts.escaped(reason, 80));
        }
    }

    /** There was one more redirect than {@code maxRedirects}. */
    public static final class TooManyRedirectsException extends ResponseException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that a response would be one redirect too many.
         *
         * @param response redirect number {@code limit + 1}; its history holds those followed
         * @param limit {@code maxRedirects}, as many as were followed
         */
        public TooManyRedirectsException(ClientResponse response, int limit) {
            super(
                    response,
                    at(response.request()) + " redirects once more after " + limit + " redirects (maxRedirects)",
                    null);
        }
    }

    /** JSON was asked for, and {@code Content-Type} says that the body is something else, or nothing. */
    public static final class ContentTypeException extends ResponseException {
        private static final long serialVersionUID = 1L;

        /**
         * Says what the body of a response is called instead of JSON.
         *
         * @param response the response whose {@code Content-Type} it is
         */
        public ContentTypeException(ClientResponse response) {
            super(
                    response,
                    at(response.request()) + ": the body (" + response.bytes().length + " bytes of "
                            + response.mediaType().essence() + ") is not called JSON (requireJsonType)",
                    null);
        }
    }

    /** The body is not the JSON that was asked for. */
    public static final class JsonException extends ResponseException {
        private static final long serialVersionUID = 1L;

        /**
         * Says that the body of a response cannot be read as a type.
         *
         * @param response the response whose body it is
         * @param type name of the type that was asked for
         * @param cause why; the message shows the first 200 characters of its own, or its type if it has none
         */
        public JsonException(ClientResponse response, String type, Throwable cause) {
            super(
                    response,
                    at(response.request()) + ": the body (" + response.bytes().length + " bytes of "
                            + response.mediaType().essence() + ") is not JSON for " + type + ": "
                            + ConnectionException.reasonOf(cause),
                    cause);
        }
    }
}
