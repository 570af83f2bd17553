package io.martlet.internal.net;

import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Opens connections, each to one address. Immutable; to be used from any thread. */
public final class Dialer {
    private final @Nullable InetSocketAddress localAddress;
    private final @Nullable Predicate<? super InetSocketAddress> filter;

    /**
     * A dialer.
     *
     * @param localAddress where connections start; null for the system's choice, port 0 for a free port. Addresses of
     *     another family then fail
     * @param filter       called with each address right before the connect, on the thread that dials; what it does not
     *     accept fails. It is user code and may block. Null accepts all
     */
    public Dialer(@Nullable InetSocketAddress localAddress, @Nullable Predicate<? super InetSocketAddress> filter) {
        this.localAddress = localAddress;
        this.filter = filter;
    }

    /** Whether dialling calls user code, and so must not happen on a loop's thread. */
    boolean callsUserCode() {
        return filter != null;
    }

    /**
     * Connects to {@code address}; the connection will belong to {@code loop}. Never blocks, unless the filter does.
     * Any thread; the loop's own only if there is no filter. There is no limit of time but the system's.
     *
     * <p>Every failure goes to {@code listener}, as a {@link DialException}. If the loop is closed, it hears of it on the
     * calling thread.
     *
     * @throws IllegalArgumentException if {@code address} is not resolved
     */
    public Attempt dial(EventLoop loop, InetSocketAddress address, ConnectListener listener) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("address is not resolved: " + address);
        }
        Dial dial = new Dial(loop, address, listener);
        dial.begin(localAddress, filter);
        return dial;
    }
}
