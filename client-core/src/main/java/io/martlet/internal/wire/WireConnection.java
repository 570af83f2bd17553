package io.martlet.internal.wire;

import io.martlet.config.Limits;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.http.ClientRequest;
import io.martlet.internal.http1.BodyFraming;
import io.martlet.internal.http1.Http1Fault;
import io.martlet.internal.http1.RequestHead.Persistence;
import io.martlet.internal.http1.ResponseDecoder;
import io.martlet.internal.http1.ResponseHead;
import io.martlet.internal.net.EventLoop;
import io.martlet.internal.net.Timer;
import io.martlet.internal.net.Transport;
import io.martlet.internal.net.TransportListener;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server: carries one {@link Exchange} after the other, and belongs to a pool.
 *
 * <p>Whoever got it from the pool sends on it. The loop reads from it, also while it is idle: what arrives then, or its
 * end, makes it useless.
 */
final class WireConnection implements TransportListener {
    /** What is left of a body that nobody wants is read if it is no longer than this. */
    private static final int MOST_TO_DRAIN = 64 * 1024;

    /** From as much of a body on that is still to come, pieces of it are read into buffers of their own. */
    private static final int LONG_BODY = 64 * 1024;

    /** So long a body waits for the server's consent, as in curl. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final Transport transport;
    private final ConnectionOwner owner;
    private final ResponseDecoder decoder; // the holder's until the exchange is current, then the loop's
    private final Outgoing outgoing; // the sender's
    private final ConnectionClock clock;

    private volatile @Nullable Exchange current;
    private volatile boolean isOver;
    private volatile @Nullable IOException broken; // written before isOver
    private volatile boolean isSessionClosed;
    private volatile @Nullable BodyWriter writer;
    private boolean isUsed; // the holder's

    WireConnection(Transport transport, Limits limits, Persistence persistence, ConnectionOwner owner) {
        this.transport = transport;
        this.owner = owner;
        decoder = new ResponseDecoder(limits);
        outgoing = new Outgoing(transport, persistence);
        clock = new ConnectionClock(transport.loop(), this::checkLimits);
    }

    /** Begins to read. */
    void start() {
        transport.start(this);
    }

    /** Whether it has carried an exchange. For its holder. */
    boolean isUsed() {
        return isUsed;
    }

    EventLoop loop() {
        return transport.loop();
    }

    Transport transport() {
        return transport;
    }

    // The sender: the holder's thread, and the loop's when the server is slow.

    /**
     * Makes ready to send {@code request}.
     *
     * @throws IllegalArgumentException if it must not be sent; the connection is as it was
     */
    void encode(ClientRequest request) {
        outgoing.encode(request);
    }

    /** Whether the request asked the server to close the connection behind it. */
    boolean isLast() {
        return outgoing.isLast();
    }

    /** Whether not a byte of the request was taken. For the sender, when the exchange is over. */
    boolean isUntouched() {
        return outgoing.isUntouched();
    }

    /**
     * Sends the request that was made ready, or as much of it as the server takes now; the loop goes on.
     *
     * @param writer sends the body, if it is not in memory
     */
    void send(Exchange exchange, @Nullable BodyWriter writer) {
        ClientRequest request = exchange.request();
        decoder.start(request.method(), request.headers().contains("Upgrade"));
        isUsed = true;
        this.writer = writer;
        current = exchange;
        if (isOver) {
            IOException cause = broken;
            end(
                    exchange,
                    cause == null ? new EOFException("the connection was closed before the request was sent") : cause);
            return;
        }
        if (exchange.limits().isLimited()) {
            watch(exchange.limits());
        }
        // Asked before it is sent, when the connection may be another's already.
        boolean asksForConsent = outgoing.isHeld();
        pump(exchange);
        if (asksForConsent) {
            transport.loop().schedule(new Patience(exchange), PATIENCE_NANOS);
        }
    }

    /** RFC 9110 §10.1.1: whoever expects 100 (Continue) does not wait for it indefinitely. */
    private final class Patience extends Timer {
        private final Exchange exchange;

        Patience(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        protected void expired() {
            letBodyGo(exchange);
        }
    }

    private void pump(Exchange exchange) {
        try {
            switch (outgoing.pump()) {
                case DONE -> exchange.sent(exchange.request().body().contentLength());
                case HELD -> {
                    if (exchange.held() && !exchange.hasHead()) {
                        sendBody(exchange);
                    }
                }
                case BLOCKED -> {
                    exchange.parked();
                    transport.awaitWritable();
                }
                case BODY_ELSEWHERE -> {
                    exchange.parked();
                    tellWriter();
                }
            }
        } catch (IOException e) {
            // The loop hears of it too, behind what the server had sent before.
            exchange.parked();
        }
    }

    private void tellWriter() {
        BodyWriter sender = writer;
        if (sender != null) {
            sender.writable();
        }
    }

    /** Writes a part of the body, as much as the server takes now. For a {@link BodyWriter}. */
    void write(ByteBuffer part) throws IOException {
        transport.write(part);
    }

    /** Has {@link BodyWriter#writable} called when the server takes bytes again. */
    void awaitWritable() {
        transport.awaitWritable();
    }

    /** The server consents to the body of the request, or has had the time to object. Any thread. */
    void letBodyGo(Exchange exchange) {
        onLoop(() -> {
            if (current == exchange && !exchange.hasHead() && exchange.consented()) {
                sendBody(exchange);
            }
        });
    }

    private void sendBody(Exchange exchange) {
        outgoing.letBodyGo();
        exchange.unparked();
        pump(exchange);
    }

    // The loop's thread.

    @Override
    public void received(ByteBuffer bytes) {
        Exchange exchange = current;
        if (exchange == null || exchange.hasEnded()) {
            // Nobody asked for these, and nobody shall take them for an answer.
            isOver = true;
            transport.abort();
            owner.retire(this);
            return;
        }
        exchange.receiving();
        try {
            decode(exchange, bytes);
        } catch (Http1Fault fault) {
            // Who waits hears of the head first: what they see must not depend on the pieces that the network made.
            exchange.flush();
            exchange.fail(Failures.of(exchange, fault, null), false);
        }
    }

    /** Long bodies go to their reader as they are. */
    @Override
    public boolean takesDirect() {
        return decoder.remaining() >= LONG_BODY;
    }

    private void decode(Exchange exchange, ByteBuffer in) throws Http1Fault {
        while (true) {
            switch (decoder.next(in)) {
                case NEED_INPUT -> {
                    exchange.flush();
                    return;
                }
                case INTERIM -> interim(exchange, decoder.head());
                case HEAD -> exchange.head(decoder.head());
                case BODY -> exchange.body(in, decoder.bodyStart(), decoder.bodyLength(), decoder.framing());
                case END -> {
                    exchange.ended(decoder.isReusable(), decoder.trailers());
                    return;
                }
            }
        }
    }

    private void interim(Exchange exchange, ResponseHead head) {
        exchange.interim(head);
        if (head.status() == 100) {
            letBodyGo(exchange);
        }
    }

    @Override
    public void writable() {
        Exchange exchange = current;
        if (exchange != null && !exchange.hasHead()) {
            exchange.unparked();
            pump(exchange);
        }
    }

    @Override
    public void ended(@Nullable IOException cause) {
        broken = cause;
        isOver = true;
        clock.stop();
        Exchange exchange = current;
        if (exchange != null) {
            end(exchange, cause);
        }
        owner.retire(this);
    }

    /** Both the loop and a sender who came too late may see the end: the first of them tells. */
    private synchronized void end(Exchange exchange, @Nullable IOException cause) {
        if (exchange.hasEnded()) {
            return;
        }
        if (isSessionClosed) {
            exchange.fail(new SessionClosedException(exchange.request()), true);
        } else if (decoder.isBroken()) {
            // A fault has been told, and this changes nothing. Anything else that was thrown amid decoding has not.
            exchange.fail(Failures.unreadable(exchange, cause, decoder.received()), false);
        } else {
            endOfInput(exchange, cause);
        }
    }

    private void endOfInput(Exchange exchange, @Nullable IOException cause) {
        try {
            decoder.endOfInput();
            if (cause == null) {
                exchange.ended(false, decoder.trailers());
            } else {
                exchange.fail(Failures.brokenAmidBody(exchange, cause, decoder.received()), false);
            }
        } catch (Http1Fault fault) {
            exchange.fail(Failures.of(exchange, fault, cause), false);
        }
    }

    private void checkLimits() {
        Exchange exchange = current;
        if (exchange == null || exchange.hasEnded()) {
            return;
        }
        ClientException expired = exchange.limits().expired(System.nanoTime());
        if (expired == null) {
            watch(exchange.limits());
        } else {
            exchange.fail(expired, true);
        }
    }

    // Any thread.

    /** Sees to it that {@code limits} are looked at in time. */
    void watch(ExchangeLimits limits) {
        long now = System.nanoTime();
        clock.watch(limits.nanosLeft(now), now);
    }

    /** The exchange is done, and another may follow. */
    void release(ResponseHead head) {
        current = null;
        writer = null;
        owner.release(this, KeepAlive.nanos(head.headers()));
    }

    /** The exchange is done, and no other may follow. */
    void discard() {
        transport.close();
        owner.discard(this);
    }

    /** The exchange is given up. */
    void abort() {
        transport.abort();
        owner.discard(this);
    }

    /** It is not needed any more. */
    void close() {
        transport.close();
    }

    /** The session ends, and what is under way with it. */
    void closeWithSession() {
        isSessionClosed = true;
        if (current == null) {
            transport.close();
        } else {
            transport.abort();
        }
    }

    void pauseReading() {
        transport.pauseReading();
    }

    void resumeReading() {
        transport.resumeReading();
    }

    /** The body of the response is not wanted any more: the connection is given up, unless little is left of it. */
    void dropRest(Exchange exchange) {
        onLoop(() -> {
            if (exchange.hasEnded()) {
                return;
            }
            BodyFraming framing = decoder.framing();
            boolean isShort =
                    framing.kind() == BodyFraming.Kind.LENGTH && framing.length() - decoder.received() <= MOST_TO_DRAIN;
            if (isShort && !isOver) {
                exchange.drain();
            } else {
                exchange.abandon();
            }
        });
    }

    private void onLoop(Runnable step) {
        try {
            transport.loop().execute(step);
        } catch (RejectedExecutionException e) {
            // The loop is closed, and the connection with it.
        }
    }

    @Override
    public String toString() {
        Exchange exchange = current;
        return transport + (exchange == null ? ", idle" : ", " + exchange);
    }
}
