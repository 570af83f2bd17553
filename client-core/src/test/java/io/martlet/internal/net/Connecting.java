package io.martlet.internal.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** How an attempt went, as a future. */
final class Connecting implements ConnectListener {
    final CompletableFuture<Transport> result = new CompletableFuture<>();
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public void connected(Transport transport) {
        calls.incrementAndGet();
        result.complete(transport);
    }

    @Override
    public void failed(IOException cause) {
        calls.incrementAndGet();
        result.completeExceptionally(cause);
    }

    /** A connection to a port of this machine. */
    static Transport to(EventLoop loop, int port) {
        Connecting connecting = new Connecting();
        new Dialer(null, null).dial(loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), connecting);
        return Await.result(connecting.result);
    }
}
