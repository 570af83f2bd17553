package io.martlet.internal.wire;

import io.martlet.body.BytesBody;
import io.martlet.error.ClientException;
import io.martlet.error.Phase;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.internal.http1.BodyFraming;
import io.martlet.internal.http1.ResponseHead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on one connection.
 *
 * <p>Two threads carry it: the caller's, which sends, and the loop's, which receives. Flags that are set atomically
 * decide who does the last things: the connection goes back once, when both are done or one has failed, and the receiver
 * hears once.
 */
final class Exchange {
    /** All of the request is written. */
    private static final int SENT = 1;

    /** All of the response has arrived. */
    private static final int ENDED = 2;

    /** The sender waits, for the server or for more to send: it will not be done by itself. */
    private static final int PARKED = 4;

    /** The connection has been given back. */
    private static final int RETURNED = 8;

    /** The receiver has heard. */
    private static final int TOLD = 16;

    /** The sender waits for the server's consent to the body. */
    private static final int HELD = 32;

    /** The consent is there. */
    private static final int CONSENTED = 64;

    private static final VarHandle FLAGS = flagsHandle();
    private static final byte[] NO_BYTES = new byte[0];

    private final ClientRequest request;
    private final WireConnection connection;
    private final ResponseReceiver receiver;
    private final Tally tally;
    private final @Nullable Trace trace;
    private final ExchangeLimits limits;
    private final boolean isReuse;

    @SuppressWarnings("unused") // by its handle
    private volatile int flags;

    private volatile boolean hasHead;
    private volatile boolean hasBytes;
    private volatile @Nullable BodyPipe pipe;

    // Written by the loop's thread, before ENDED.
    private @Nullable ResponseHead head;
    private byte @Nullable [] whole;
    private boolean keepsConnection;
    private boolean isDraining;
    private long bodyBytes;

    Exchange(
            ClientRequest request,
            WireConnection connection,
            ResponseReceiver receiver,
            Tally tally,
            @Nullable Trace trace) {
        this.request = request;
        this.connection = connection;
        this.receiver = receiver;
        this.tally = tally;
        this.trace = trace;
        isReuse = connection.isUsed();
        limits = new ExchangeLimits(request);
    }

    ClientRequest request() {
        return request;
    }

    ExchangeLimits limits() {
        return limits;
    }

    // The sender: the caller's thread, or the loop's when the server was slow.

    /** The whole request is written, {@code bodyBytes} of its body. */
    void sent(long bodyBytes) {
        limits.sent();
        if (trace != null) {
            trace.sent(bodyBytes);
        }
        if ((set(SENT) & ENDED) != 0) {
            giveBack();
        } else if (limits.hasSilence()) {
            connection.watch(limits);
        }
    }

    /** The sender waits for something. */
    void parked() {
        limits.progress();
        if ((set(PARKED) & ENDED) != 0) {
            giveBack();
        }
    }

    /** The sender waits for the server's consent to the body. Returns whether it is there already: then it goes on. */
    boolean held() {
        limits.held();
        parked();
        return (set(HELD) & CONSENTED) != 0;
    }

    /** The server consents. Returns whether a sender waits for it, to be continued by whoever calls this. */
    boolean consented() {
        return (set(CONSENTED) & (HELD | CONSENTED)) == HELD;
    }

    /** The sender goes on. */
    void unparked() {
        if (limits.sending()) {
            connection.watch(limits);
        }
        FLAGS.getAndBitwiseAnd(this, ~PARKED);
    }

    // The receiver: the loop's thread.

    /** Some bytes arrived. */
    void receiving() {
        if (trace != null && !hasBytes) {
            if ((flags & PARKED) == 0 && request.body() instanceof BytesBody body) {
                // The sender is done, and about to say so.
                trace.sent(body.contentLength());
            }
            trace.firstByte();
        }
        hasBytes = true;
        limits.receiving();
    }

    /** An interim response. */
    void interim(ResponseHead head) {
        if (trace != null) {
            trace.interim(head);
        }
    }

    /** The head of the final response. A request that is not sent by now is not sent any further. */
    void head(ResponseHead head) {
        this.head = head;
        hasHead = true;
        if (trace != null) {
            trace.head(head);
        }
        limits.headArrived();
        if (limits.hasSilence()) {
            connection.watch(limits);
        }
    }

    /** A piece of the body; all of it, where {@code framing} says that it is as long. */
    void body(ByteBuffer in, int start, int length, BodyFraming framing) {
        bodyBytes += length;
        if (isDraining) {
            return;
        }
        if (pipe == null && framing.length() == length) {
            byte[] bytes = new byte[length];
            in.get(start, bytes);
            whole = bytes;
            return;
        }
        openPipe().add(in, start, length);
    }

    private BodyPipe openPipe() {
        BodyPipe opened = pipe;
        if (opened == null) {
            opened = new BodyPipe(this, connection.loop());
            pipe = opened;
        }
        return opened;
    }

    /** All that has arrived is read: the receiver hears of the head, if it is there. */
    void flush() {
        ResponseHead arrived = head;
        if (arrived != null && (flags & TOLD) == 0) {
            openPipe();
            tell(arrived);
        }
    }

    /** The response is complete. */
    void ended(boolean keepsConnection, Headers trailers) {
        this.keepsConnection = keepsConnection;
        BodyPipe opened = pipe;
        if (opened != null) {
            opened.unpause();
        }
        try {
            if ((set(ENDED) & (SENT | PARKED)) != 0) {
                giveBack();
            }
        } finally {
            // Behind giving back: whoever has read the end finds the connection free.
            if (opened != null) {
                opened.end(trailers);
            }
            ResponseHead arrived = head;
            if (arrived != null && (flags & TOLD) == 0) {
                tell(arrived);
            }
        }
    }

    private void tell(ResponseHead arrived) {
        if ((set(TOLD) & TOLD) != 0) {
            return;
        }
        BodyPipe opened = pipe;
        byte[] bytes = whole;
        receiver.arrived(
                arrived, opened != null ? opened : new ReceivedBody.Complete(bytes == null ? NO_BYTES : bytes));
    }

    // The ends: any thread.

    private void giveBack() {
        int before = set(RETURNED);
        if ((before & RETURNED) != 0) {
            return;
        }
        ResponseHead arrived = head;
        tally.completed.increment();
        if (trace != null && arrived != null) {
            trace.completed(arrived.status(), bodyBytes);
        }
        if ((before & SENT) != 0 && keepsConnection && !connection.isLast() && arrived != null) {
            connection.release(arrived);
        } else {
            connection.discard();
        }
    }

    /**
     * It cannot go on: the connection is given up, and whoever waits hears {@code cause}.
     *
     * @param isUrgent whether bytes of the body that have arrived do not matter any more
     */
    void fail(ClientException cause, boolean isUrgent) {
        if (isDraining) {
            // Nobody waits for the rest. This is the loop's thread, as is all that fails by now.
            abandon();
            return;
        }
        // First of all the cause: giving up ends the connection, and its loop will say so too.
        boolean wasTold = (set(TOLD) & TOLD) != 0;
        BodyPipe opened = pipe;
        if (wasTold && opened != null) {
            opened.fail(cause, isUrgent);
        }
        boolean isFirst = giveUp();
        if (!wasTold) {
            receiver.failed(cause);
        } else if (isFirst) {
            tally.failed.increment();
            if (trace != null) {
                trace.failed(cause);
            }
        }
    }

    /** Nobody waits any more: the connection is given up, unless it is free already. */
    void abandon() {
        set(TOLD);
        BodyPipe opened = pipe;
        if (opened != null) {
            // Before the connection ends, which must not pass for the end of a body that ends with it.
            opened.close(Failures.closedByReader(request));
        }
        if (giveUp()) {
            tally.abandoned.increment();
            if (trace != null) {
                trace.abandoned();
            }
        }
    }

    private boolean giveUp() {
        boolean isFirst = (set(RETURNED) & RETURNED) == 0;
        if (isFirst) {
            connection.abort();
        }
        return isFirst;
    }

    // The reader of the body.

    void pauseReading() {
        limits.paused(true);
        connection.pauseReading();
    }

    void resumeReading() {
        limits.paused(false);
        connection.watch(limits);
        connection.resumeReading();
    }

    /** The reader does not want the rest. */
    void closeBody() {
        BodyPipe opened = pipe;
        if (opened != null && !opened.isEnded()) {
            opened.close(Failures.closedByReader(request));
            connection.dropRest(this);
        }
    }

    /** What is left of the body is read and dropped, so that the connection can be used again. On the loop's thread. */
    void drain() {
        if (!hasEnded()) {
            isDraining = true;
            limits.drain();
            connection.watch(limits);
            connection.resumeReading();
        }
    }

    // What there is to know about it.

    /** The source of the body is waited for, not the server; {@link #unparked} ends it. */
    void awaitsSource() {
        limits.held();
    }

    /** Where it is now. */
    Phase phase() {
        if (hasHead) {
            return Phase.READ;
        }
        return (flags & SENT) != 0 ? Phase.FIRST_BYTE : Phase.WRITE;
    }

    /** Whether a part of the request waits to be sent. */
    boolean isStuckInSending() {
        return (flags & (SENT | PARKED)) == PARKED;
    }

    /** Whether the head of the final response has arrived. */
    boolean hasHead() {
        return hasHead;
    }

    /** Whether the connection has been given back. */
    boolean isOver() {
        return (flags & RETURNED) != 0;
    }

    /** Whether all of the response has arrived. */
    boolean hasEnded() {
        return (flags & ENDED) != 0;
    }

    /**
     * Whether it looks as if the server had closed the connection before it saw the request: the connection had served
     * before, and not a byte came back.
     */
    boolean looksStale() {
        return isReuse && !hasBytes;
    }

    private int set(int flag) {
        return (int) FLAGS.getAndBitwiseOr(this, flag);
    }

    private static VarHandle flagsHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Exchange.class, "flags", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public String toString() {
        return request + " (" + phase() + ")";
    }
}
