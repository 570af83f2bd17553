package io.martlet.internal.tls;

import io.martlet.internal.net.EventLoop;
import io.martlet.internal.net.Transport;
import io.martlet.internal.net.TransportListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A connection to a server on another thread: takes and delivers pieces of random size, and sometimes takes nothing. */
final class RandomPipe implements Transport {
    /** No more than this waits for the server. */
    private static final int ROOM = 30_000;

    private final Executor loop;
    private final Random random;
    private final BlockingQueue<byte[]> toServer = new LinkedBlockingQueue<>();
    private final Queue<byte[]> toClient = new ArrayDeque<>();
    private @Nullable TransportListener listener;
    private int waiting;
    private boolean writableWanted;
    private boolean paused;
    private boolean ending;
    private boolean ended;
    private boolean closed;

    RandomPipe(Executor loop, long seed) {
        this.loop = loop;
        this.random = new Random(seed);
    }

    @Override
    public synchronized void start(TransportListener first) {
        listener = first;
    }

    @Override
    public synchronized int write(ByteBuffer source) {
        int most = Math.min(source.remaining(), ROOM - waiting);
        int count = most <= 0 || random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(most);
        byte[] piece = new byte[count];
        source.get(piece);
        if (count > 0) {
            waiting += count;
            toServer.add(piece);
        }
        return count;
    }

    @Override
    public synchronized void awaitWritable() {
        writableWanted = true;
        if (waiting < ROOM) {
            loop.execute(this::tellWritable);
        }
    }

    private void tellWritable() {
        synchronized (this) {
            if (!writableWanted || ended) {
                return;
            }
            writableWanted = false;
        }
        listener().writable();
    }

    @Override
    public synchronized void pauseReading() {
        paused = true;
    }

    @Override
    public synchronized void resumeReading() {
        paused = false;
        loop.execute(this::deliver);
    }

    @Override
    public synchronized void close() {
        closed = true;
        toServer.add(new byte[0]);
        end();
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed && !ended;
    }

    @Override
    public EventLoop loop() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InetSocketAddress localAddress() {
        throw new UnsupportedOperationException();
    }

    /** What the client sent next; nothing if it has closed. The server's thread waits here. */
    byte[] take() throws InterruptedException {
        byte[] piece = toServer.take();
        synchronized (this) {
            waiting -= piece.length;
            if (writableWanted) {
                loop.execute(this::tellWritable);
            }
        }
        return piece;
    }

    /** The server sends. */
    synchronized void send(byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(20_000));
            toClient.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        loop.execute(this::deliver);
    }

    /** The server, or this side, is done. */
    synchronized void end() {
        ending = true;
        loop.execute(this::deliver);
    }

    private void deliver() {
        while (true) {
            byte[] piece;
            synchronized (this) {
                piece = paused || closed ? null : toClient.poll();
                if (piece == null) {
                    boolean tell = ending && !ended && (closed || toClient.isEmpty());
                    ended |= tell;
                    if (!tell) {
                        return;
                    }
                }
            }
            if (piece == null) {
                listener().ended(null);
                return;
            }
            listener()
                    .received(ByteBuffer.allocateDirect(piece.length).put(piece).flip());
        }
    }

    private synchronized TransportListener listener() {
        if (listener == null) {
            throw new IllegalStateException("not started");
        }
        return listener;
    }
}
