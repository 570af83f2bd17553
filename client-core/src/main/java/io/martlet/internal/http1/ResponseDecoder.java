package io.martlet.internal.http1;

import io.martlet.config.Limits;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the responses of one connection, one after the other, each announced by {@link #start}.
 *
 * <p>It is pulled: call {@link #next} until it says {@link Event#NEED_INPUT} or {@link Event#END}, and with more input
 * again. At the end of input call {@link #endOfInput} instead. What is said does not depend on the pieces in which the
 * input came, but for how a body is cut into {@link Event#BODY}s. Not thread-safe.
 */
public final class ResponseDecoder {
    /** What {@link #next} found. */
    public enum Event {
        /** All input is used up, and the response is not at its end. */
        NEED_INPUT,
        /** An interim response (1xx but 101), see {@link #head}; another head will follow. */
        INTERIM,
        /** The head of the final response, see {@link #head} and {@link #framing}. */
        HEAD,
        /** A piece of the body in the input, see {@link #bodyStart} and {@link #bodyLength}. */
        BODY,
        /** The end of the response, see {@link #trailers} and {@link #isReusable}. */
        END
    }

    private enum State {
        IDLE,
        HEAD,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE,
        BROKEN
    }

    private final Limits limits;
    private final LineReader lines = new LineReader();
    private final HeadParser headParser;
    private final ChunkedDecoder chunks;

    private State state = State.IDLE;
    private Method method = Method.GET;
    private boolean expectsUpgrade;
    private int interims;
    private @Nullable ResponseHead head;
    private @Nullable BodyFraming framing;
    private @Nullable ResponseHead lastHead;
    private @Nullable Method lastMethod;
    private @Nullable BodyFraming lastFraming; // of these two
    private long remaining;
    private long received;
    private int bodyStart;
    private int bodyLength;
    private boolean reusable;

    /** A decoder for a new connection. */
    public ResponseDecoder(Limits limits) {
        this.limits = limits;
        headParser = new HeadParser(limits, lines);
        chunks = new ChunkedDecoder(limits, lines);
    }

    /**
     * Begins the response to a request.
     *
     * @param method         the method of the request, which decides whether there is a body
     * @param expectsUpgrade whether the request had an {@code Upgrade} field; a 101 is refused otherwise
     * @throws IllegalStateException amid a response, and after a fault
     */
    public void start(Method method, boolean expectsUpgrade) {
        if (state != State.IDLE) {
            throw new IllegalStateException(this + ": the connection cannot take another response");
        }
        this.method = method;
        this.expectsUpgrade = expectsUpgrade;
        state = State.HEAD;
        interims = 0;
        head = null;
        framing = null;
        remaining = 0;
        received = 0;
        reusable = false;
        headParser.clear();
    }

    /**
     * Takes input up to the next thing to tell.
     *
     * @param in a heap buffer, if it may hold more than {@link #remaining} bytes; its position moves past what was taken,
     *     its content is left alone
     * @throws Http1Fault            if the response cannot be read; it and its connection are lost
     * @throws IllegalStateException before {@link #start}, after {@link Event#END} and after a fault
     */
    public Event next(ByteBuffer in) throws Http1Fault {
        checkRunning();
        State before = state;
        state = State.BROKEN;
        Event event = switch (before) {
            case HEAD -> head(in);
            case LENGTH -> remaining > 0 ? body(in) : end(in);
            case CHUNKED -> chunk(in);
            default -> body(in);
        };
        if (state == State.BROKEN) {
            state = before;
        }
        return event;
    }

    /**
     * The connection will bring no more; to be called when {@link #next} has used up all input.
     *
     * @return {@link Event#END} where the response ends with its connection, or was at its end
     * @throws Http1Fault            if the response is not complete
     * @throws IllegalStateException before {@link #start}, after {@link Event#END} and after a fault
     */
    public Event endOfInput() throws Http1Fault {
        checkRunning();
        State before = state;
        state = State.BROKEN;
        if (before == State.HEAD) {
            throw Http1Fault.closedInHead(headParser.isStarted() || interims > 0);
        }
        if (before == State.CHUNKED || before == State.LENGTH && remaining > 0) {
            throw Http1Fault.truncated(framing().length(), received);
        }
        state = State.IDLE;
        reusable = false;
        return Event.END;
    }

    /** The head that came last, of an interim or of the final response. */
    public ResponseHead head() {
        return known(head);
    }

    /** How the body ends; from {@link Event#HEAD} on. */
    public BodyFraming framing() {
        return known(framing);
    }

    /** Index in the input at which the piece of the body lies that came last. */
    public int bodyStart() {
        return bodyStart;
    }

    /** Its length, at least 1. */
    public int bodyLength() {
        return bodyLength;
    }

    /** Bytes of body so far. */
    public long received() {
        return received;
    }

    /** Bytes of body that will come before anything else, as far as is known: these {@link #next} does not look at. */
    public long remaining() {
        return state == State.LENGTH || state == State.UNTIL_CLOSE ? remaining : 0;
    }

    /** What a chunked body was followed by; no fields before {@link Event#END}. Never part of {@link #head}. */
    public Headers trailers() {
        return state == State.IDLE && framing != null && framing.kind() == BodyFraming.Kind.CHUNKED
                ? chunks.trailerFields()
                : Headers.EMPTY;
    }

    /**
     * Whether the connection may carry another request: after {@link Event#END}, where the response allows it and no
     * byte was left in the input. Bytes that arrive later must retire the connection too.
     */
    public boolean isReusable() {
        return reusable;
    }

    /** Whether a fault was seen: nothing can be read any more. */
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    /** The state, for logs and tests. */
    @Override
    public String toString() {
        return "response to " + method + ": " + state + ", " + received + " bytes of body";
    }

    private Event head(ByteBuffer in) throws Http1Fault {
        if (!headParser.parse(in)) {
            return Event.NEED_INPUT;
        }
        ResponseHead parsed = headParser.head();
        head = parsed;
        headParser.clear();
        if (parsed.isInterim()) {
            if (++interims > limits.maxInterim()) {
                throw Http1Fault.limit("there are more interim responses than maxInterim = " + limits.maxInterim());
            }
            return Event.INTERIM;
        }
        if (parsed.status() == 101 && !expectsUpgrade) {
            throw Http1Fault.malformed("it is 101 Switching Protocols, and no upgrade was asked for");
        }
        startBody(parsed, framing(parsed));
        return Event.HEAD;
    }

    private BodyFraming framing(ResponseHead parsed) throws Http1Fault {
        BodyFraming known = lastFraming;
        if (known == null || parsed != lastHead || method != lastMethod) {
            known = BodyFraming.of(method, parsed);
            lastFraming = known;
            lastHead = parsed;
            lastMethod = method;
        }
        return known;
    }

    private void startBody(ResponseHead parsed, BodyFraming found) {
        framing = found;
        switch (found.kind()) {
            case CHUNKED -> {
                chunks.clear(parsed.headers().size());
                state = State.CHUNKED;
            }
            case UNTIL_CLOSE -> {
                remaining = Long.MAX_VALUE;
                state = State.UNTIL_CLOSE;
            }
            default -> {
                remaining = found.length();
                state = State.LENGTH;
            }
        }
    }

    private Event body(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return Event.NEED_INPUT;
        }
        bodyStart = in.position();
        bodyLength = (int) Math.min(remaining, in.remaining());
        in.position(bodyStart + bodyLength);
        remaining -= bodyLength;
        received += bodyLength;
        return Event.BODY;
    }

    private Event chunk(ByteBuffer in) throws Http1Fault {
        return switch (chunks.next(in)) {
            case NEED_INPUT -> Event.NEED_INPUT;
            case DATA -> {
                bodyStart = chunks.dataStart();
                bodyLength = chunks.dataLength();
                received += bodyLength;
                yield Event.BODY;
            }
            case END -> end(in);
        };
    }

    private Event end(ByteBuffer in) {
        lines.clear();
        state = State.IDLE;
        reusable = framing().keepsConnection() && !in.hasRemaining();
        return Event.END;
    }

    private void checkRunning() {
        if (state == State.IDLE || state == State.BROKEN) {
            throw new IllegalStateException(this + ": there is no response to read");
        }
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the response has not come that far");
        }
        return value;
    }
}
