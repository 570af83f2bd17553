package io.martlet.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A transport over a connected socket.
 *
 * <p>Whoever calls leaves a wish in a volatile field, and has the loop look at all of them in {@link #heed}: so only the
 * loop's thread touches the key and calls the listener. Writing alone is done by the caller.
 */
final class PlainTransport implements Transport, ChannelHandler {
    /** How often one connection may fill the buffer before the others have their turn. */
    private static final int READS_PER_TURN = 3;

    /** The JDK copies heap buffers into a direct one, which each writing thread keeps: no larger than this. */
    private static final int MAX_HEAP_WRITE = 64 * 1024;

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final InetSocketAddress remoteAddress;
    private final InetSocketAddress localAddress;
    private final ListenerCalls listener;
    private final Runnable heed = this::heed;

    private volatile boolean paused;
    private volatile boolean wantsWritable;
    private volatile boolean closing;
    private volatile boolean aborting;
    private volatile @Nullable IOException writeFailure;

    // Written by the loop only.
    private volatile boolean reading;
    private volatile boolean released;
    private volatile @Nullable IOException endCause;

    /** Takes over {@code channel}, connected and registered with {@code loop} by {@code key}. On the loop's thread. */
    PlainTransport(EventLoop loop, SocketChannel channel, SelectionKey key) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        listener = new ListenerCalls(loop);
        remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
        localAddress = (InetSocketAddress) channel.getLocalAddress();
        key.attach(this);
        key.interestOps(0);
    }

    @Override
    public void start(TransportListener listener) {
        if (!this.listener.start(listener)) {
            throw new IllegalStateException(this + " was started before");
        }
        callLoop();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (closing) {
            throw new ClosedChannelException();
        }
        try {
            boolean large = source.remaining() > MAX_HEAP_WRITE && !source.isDirect();
            return large ? writeSliced(source) : channel.write(source);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            writeFailure = e;
            callLoop();
            throw e;
        }
    }

    private int writeSliced(ByteBuffer source) throws IOException {
        int end = source.limit();
        int start = source.position();
        try {
            int slice;
            int taken;
            do {
                slice = Math.min(end - source.position(), MAX_HEAP_WRITE);
                source.limit(source.position() + slice);
                taken = channel.write(source);
            } while (taken == slice && source.position() < end);
        } finally {
            source.limit(end);
        }
        return source.position() - start;
    }

    @Override
    public void awaitWritable() {
        // If the wish is there already, its event is still to come: the loop takes it back first.
        if (!wantsWritable) {
            wantsWritable = true;
            callLoop();
        }
    }

    @Override
    public void pauseReading() {
        // The loop sees it when there is something to read, and only then stops listening to the socket.
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        if (!reading) {
            callLoop();
        }
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            callLoop();
        }
    }

    @Override
    public void abort() {
        aborting = true;
        close();
    }

    @Override
    public boolean isOpen() {
        return !closing && writeFailure == null;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    private void callLoop() {
        try {
            loop.execute(heed);
        } catch (RejectedExecutionException e) {
            // The loop has closed this connection; what is left to do is to say so to a listener that came late.
            heed();
        }
    }

    /** Does what others have asked for. On the loop's thread. */
    private void heed() {
        if (closing && !released) {
            release(null);
        }
        if (released) {
            listener.ended(endCause);
        } else if (listener.isStarted()) {
            if (writeFailure == null || paused) {
                updateInterest();
            }
            if (writeFailure != null && !paused) {
                readRest();
            }
        }
    }

    private void updateInterest() {
        reading = !paused;
        if (!paused) {
            // Who resumed between these two lines saw reading still set, and did not call.
            reading = true;
        }
        int operations = (reading ? SelectionKey.OP_READ : 0) | (wantsWritable ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    @Override
    public void ready(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            read();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && !closing && wantsWritable) {
            wantsWritable = false;
            updateInterest();
            check(listener.writable());
        }
    }

    private void read() {
        for (int i = 0; i < READS_PER_TURN && !closing; i++) {
            if (paused) {
                updateInterest();
                return;
            }
            ByteBuffer buffer = loop.readBuffer(listener.takesDirect());
            if (receive(buffer) < buffer.capacity()) {
                return;
            }
        }
    }

    /**
     * Writing has failed: delivers what the peer had sent before, maybe the answer that explains it, then the end.
     *
     * <p>Nothing more can come: a reset is the last that a peer sends.
     */
    private void readRest() {
        while (!closing && !paused) {
            if (receive(loop.readBuffer(false)) <= 0 && !released) {
                release(writeFailure);
            }
        }
        if (paused) {
            callLoop();
        }
    }

    /** Reads once and delivers; returns the number of bytes, -1 at the end. */
    private int receive(ByteBuffer buffer) {
        try {
            int count = channel.read(buffer);
            if (count < 0) {
                release(writeFailure);
            } else if (count > 0) {
                buffer.flip();
                check(listener.received(buffer));
            }
            return count;
        } catch (IOException e) {
            release(e);
            return -1;
        }
    }

    /** A listener that fails cannot know any more where it is in the stream: its connection is given up. */
    private void check(@Nullable Throwable listenerFault) {
        if (listenerFault != null) {
            aborting = true;
            release(new IOException("The listener of " + this + " failed: " + listenerFault, listenerFault));
        }
    }

    @Override
    public void broken(IOException cause) {
        release(cause);
    }

    private void release(@Nullable IOException cause) {
        if (released) {
            return;
        }
        closing = true;
        endCause = cause;
        released = true;
        try {
            if (aborting) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // Broken already: nothing is left to be reset.
        }
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is free nevertheless.
        }
        listener.ended(cause);
    }

    @Override
    public String toString() {
        return "connection to " + DialException.print(remoteAddress) + (isOpen() ? "" : " (closed)");
    }
}
