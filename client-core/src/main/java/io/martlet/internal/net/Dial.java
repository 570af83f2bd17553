package io.martlet.internal.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One connect: begun on the thread of the caller, finished on the loop's. */
final class Dial implements Attempt, ChannelHandler {
    private final EventLoop loop;
    private final InetSocketAddress address;
    private final ConnectListener listener;

    /** Turned by the one who decides the outcome: success, failure or cancellation. */
    private final AtomicBoolean settled = new AtomicBoolean();

    private @Nullable SocketChannel channel; // written before the loop sees this
    private @Nullable SelectionKey key; // the loop's thread only

    Dial(EventLoop loop, InetSocketAddress address, ConnectListener listener) {
        this.loop = loop;
        this.address = address;
        this.listener = listener;
    }

    void begin(@Nullable InetSocketAddress local, @Nullable Predicate<? super InetSocketAddress> filter) {
        try {
            check(local, filter);
            SocketChannel opened = SocketChannel.open(family(address));
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (local != null) {
                opened.bind(local);
            }
            boolean connected = opened.connect(address);
            onLoop(() -> watch(opened, connected));
        } catch (IOException | RuntimeException e) {
            onLoop(() -> fail(e));
        }
    }

    private void check(@Nullable InetSocketAddress local, @Nullable Predicate<? super InetSocketAddress> filter)
            throws IOException {
        if (local != null && family(local) != family(address)) {
            throw new ConnectException("not to be reached from the local address " + DialException.print(local));
        }
        if (filter != null && !filter.test(address)) {
            throw new ConnectException("refused by the address filter");
        }
    }

    private static StandardProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    private void onLoop(Runnable step) {
        try {
            loop.execute(step);
        } catch (RejectedExecutionException e) {
            if (settled.compareAndSet(false, true)) {
                closeChannel();
                listener.failed(new DialException(address, e));
            }
        }
    }

    private void watch(SocketChannel opened, boolean connected) {
        if (settled.get()) {
            return;
        }
        try {
            SelectionKey registered = loop.register(opened, connected ? 0 : SelectionKey.OP_CONNECT, this);
            key = registered;
            if (connected) {
                finish(opened, registered);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void ready(int operations) {
        SocketChannel connecting = channel;
        SelectionKey registered = key;
        if (connecting == null || registered == null || settled.get()) {
            return;
        }
        try {
            if (connecting.finishConnect()) {
                finish(connecting, registered);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void finish(SocketChannel connected, SelectionKey registered) throws IOException {
        // TCP's simultaneous open: a port nobody listens on may be the very one the system chose for this end.
        if (connected.getLocalAddress().equals(connected.getRemoteAddress())) {
            throw new ConnectException("connected to itself, nobody listens there");
        }
        PlainTransport transport = new PlainTransport(loop, connected, registered);
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        try {
            listener.connected(transport);
        } catch (Throwable e) {
            loop.report(e);
            transport.abort();
        }
    }

    private void fail(Exception cause) {
        if (settled.compareAndSet(false, true)) {
            closeChannel();
            listener.failed(new DialException(address, cause));
        }
    }

    @Override
    public void broken(IOException cause) {
        fail(cause);
    }

    @Override
    public boolean cancel() {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        try {
            // On the loop's thread, as the descriptor of a registered channel is free only after the next select.
            loop.execute(this::closeChannel);
        } catch (RejectedExecutionException e) {
            closeChannel();
        }
        return true;
    }

    private void closeChannel() {
        SocketChannel opened = channel;
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException e) {
            // The descriptor is free nevertheless.
        }
    }

    @Override
    public String toString() {
        return "dial to " + DialException.print(address) + (settled.get() ? " (settled)" : "");
    }
}
