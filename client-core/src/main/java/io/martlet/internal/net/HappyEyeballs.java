package io.martlet.internal.net;

import io.martlet.config.AddressFamily;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Opens connections to hosts with several addresses, as RFC 8305 says. Immutable; to be used from any thread. */
public final class HappyEyeballs {
    /** RFC 8305 §5: the recommended delay between two attempts. */
    public static final long STAGGER_NANOS = 250_000_000;

    final Dialer dialer;
    final Executor offLoop;
    private final AddressFamily family;
    private final long staggerNanos;

    /**
     * Connects by means of {@code dialer}.
     *
     * @param offLoop      dials where the dialer has a filter: that may block, loops must not
     * @param family       which addresses, and which first
     * @param staggerNanos how long an address has before the next is tried beside it; {@link #STAGGER_NANOS} is usual,
     *     {@link Long#MAX_VALUE} has each wait for the failure of the one before
     */
    public HappyEyeballs(Dialer dialer, Executor offLoop, AddressFamily family, long staggerNanos) {
        if (staggerNanos < 0) {
            throw new IllegalArgumentException("staggerNanos is negative: " + staggerNanos);
        }
        this.dialer = dialer;
        this.offLoop = offLoop;
        this.family = family;
        this.staggerNanos = staggerNanos;
    }

    /**
     * Connects to the first of {@code addresses} that answers. Never blocks; any thread.
     *
     * <p>The failure names every address that was tried, and why it failed; they are also its suppressed exceptions.
     */
    public Attempt connect(EventLoop loop, List<InetAddress> addresses, int port, ConnectListener listener) {
        List<InetSocketAddress> targets = AddressOrder.interleaved(addresses, family).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        RaceAttempt attempt = new RaceAttempt(this, loop, targets, staggerNanos, listener);
        if (targets.isEmpty()) {
            attempt.fail(new ConnectException(noAddress(addresses)));
        } else {
            attempt.begin();
        }
        return attempt;
    }

    private String noAddress(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            return "there is no address to connect to";
        }
        String all = addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        return "addressFamily " + family + " allows none of " + all;
    }
}
