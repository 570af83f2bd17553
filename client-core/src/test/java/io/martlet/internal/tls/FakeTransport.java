package io.martlet.internal.tls;

import io.martlet.internal.net.EventLoop;
import io.martlet.internal.net.Transport;
import io.martlet.internal.net.TransportListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection whose other end is the test: takes as much as it is told, delivers what it is given. */
final class FakeTransport implements Transport {
    private final ConnectionLoop loop;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private @Nullable TransportListener listener;
    private long room = Long.MAX_VALUE;
    private boolean writableWanted;
    private boolean paused;
    private boolean ended;
    private String closedBy = "";
    private @Nullable IOException broken;

    FakeTransport(ConnectionLoop loop) {
        this.loop = loop;
    }

    @Override
    public void start(TransportListener first) {
        listener = first;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (broken != null) {
            IOException cause = broken;
            loop.run(() -> end(cause));
            throw cause;
        }
        if (!closedBy.isEmpty()) {
            throw new ClosedChannelException();
        }
        int count = (int) Math.min(room, source.remaining());
        room -= count;
        byte[] taken = new byte[count];
        source.get(taken);
        sent.writeBytes(taken);
        writes.add(count);
        return count;
    }

    @Override
    public void awaitWritable() {
        writableWanted = true;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }

    @Override
    public void close() {
        closed("close");
    }

    @Override
    public void abort() {
        closed("abort");
    }

    private void closed(String how) {
        if (closedBy.isEmpty()) {
            closedBy = how;
            loop.run(() -> end(null));
        }
    }

    @Override
    public boolean isOpen() {
        return closedBy.isEmpty() && !ended;
    }

    @Override
    public EventLoop loop() {
        throw new UnsupportedOperationException("the test is the loop");
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return InetSocketAddress.createUnresolved("remote.test", 443);
    }

    @Override
    public InetSocketAddress localAddress() {
        return InetSocketAddress.createUnresolved("local.test", 50_000);
    }

    /** Delivers bytes, in a direct buffer as loops do. */
    void deliver(byte[] bytes) {
        if (listener != null && !ended && bytes.length > 0) {
            listener.received(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        }
    }

    /** Ends the connection from the other side. */
    void end(@Nullable IOException cause) {
        if (listener != null && !ended) {
            ended = true;
            listener.ended(cause);
        }
    }

    /** Takes so many bytes more from now on, and says so if it was asked to. */
    void room(long bytes) {
        room = bytes;
        if (bytes > 0 && writableWanted && listener != null) {
            writableWanted = false;
            listener.writable();
        }
    }

    /** From now on, writing fails; the end is told later, behind all that is delivered before. */
    void breakWrites(IOException cause) {
        broken = cause;
    }

    /** What was written since this was called last. */
    byte[] takeSent() {
        byte[] all = sent.toByteArray();
        sent.reset();
        return all;
    }

    /** How many bytes each call of write took. */
    List<Integer> writes() {
        return writes;
    }

    boolean isPaused() {
        return paused;
    }

    /** "close", "abort", or empty while this side has done neither. */
    String closedBy() {
        return closedBy;
    }
}
