package io.martlet.internal.net;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Connecting to the first of several addresses that answers (RFC 8305 §5): the decisions. Pure: the time is an argument,
 * in the terms of {@link System#nanoTime()}. Not thread-safe.
 *
 * <p>The addresses are dialled in their order, each when the one before has failed or has had its time. The first
 * connection wins. Methods that return an address to dial, as its index, return {@link #NONE} when there is none.
 */
final class AddressRace {
    static final int NONE = -1;
    static final long NEVER = Long.MAX_VALUE;

    private enum State {
        WAITING,
        CONNECTING,
        FAILED,
        ABORTED,
        WON
    }

    private final List<InetSocketAddress> addresses;
    private final long staggerNanos;
    private final State[] states;
    private final @Nullable DialException[] failures;
    private int started;
    private long lastStart;
    private boolean over;

    AddressRace(List<InetSocketAddress> addresses, long staggerNanos) {
        this.addresses = List.copyOf(addresses);
        this.staggerNanos = staggerNanos;
        states = new State[addresses.size()];
        failures = new @Nullable DialException[addresses.size()];
        Arrays.fill(states, State.WAITING);
    }

    /** Begins; call it once. */
    int start(long now) {
        return next(now);
    }

    /** The time has come that {@link #nanosToNext} told, or an earlier one. */
    int timePassed(long now) {
        return nanosToNext(now) == 0 ? next(now) : NONE;
    }

    /** The attempt failed. */
    int failed(int attempt, DialException cause, long now) {
        if (over || states[attempt] != State.CONNECTING) {
            return NONE;
        }
        states[attempt] = State.FAILED;
        failures[attempt] = cause;
        // RFC 8305 §5: an attempt that failed does not make the next one wait.
        return next(now);
    }

    private int next(long now) {
        if (over || started == states.length) {
            return NONE;
        }
        lastStart = now;
        states[started] = State.CONNECTING;
        return started++;
    }

    /**
     * The attempt connected. Returns whether it is the winner; if so {@link #cancel} tells which others to abort, if not
     * the connection is to be closed.
     */
    boolean connected(int attempt) {
        if (over || states[attempt] != State.CONNECTING) {
            return false;
        }
        states[attempt] = State.WON;
        return true;
    }

    /** Ends the race; returns the attempts that are still connecting. */
    List<Integer> cancel() {
        over = true;
        List<Integer> connecting = IntStream.range(0, started)
                .filter(i -> states[i] == State.CONNECTING)
                .boxed()
                .toList();
        connecting.forEach(i -> states[i] = State.ABORTED);
        return connecting;
    }

    /** How long to wait for {@link #timePassed}, in nanoseconds; {@link #NEVER} when nothing is left to be dialled. */
    long nanosToNext(long now) {
        if (over || started == 0 || started == states.length) {
            return NEVER;
        }
        return Math.max(staggerNanos - (now - lastStart), 0);
    }

    /** Whether every address has failed; so it is at once when there are no addresses. */
    boolean isLost() {
        return !over && IntStream.range(0, states.length).allMatch(i -> states[i] == State.FAILED);
    }

    /** Why the race is lost: each address with its reason. A single failure is returned as it is. */
    ConnectException error() {
        List<DialException> all = new ArrayList<>();
        for (DialException failure : failures) {
            if (failure != null) {
                all.add(failure);
            }
        }
        if (all.size() == 1) {
            return all.get(0);
        }
        ConnectException error =
                new ConnectException(all.isEmpty() ? "there is no address to connect to" : byReason(all));
        all.forEach(error::addSuppressed);
        return error;
    }

    /** {@code Connection refused: 192.0.2.1:80, 192.0.2.2:80; Network is unreachable: [2001:db8:0:0:0:0:0:1]:80}. */
    private static String byReason(List<DialException> failures) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (DialException failure : failures) {
            reasons.computeIfAbsent(failure.reason(), reason -> new ArrayList<>())
                    .add(DialException.print(failure.address()));
        }
        return reasons.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** Each address and how it stands: {@code 192.0.2.1:80 failed, 192.0.2.2:80 connecting, 192.0.2.3:80 waiting}. */
    @Override
    public String toString() {
        return IntStream.range(0, states.length)
                .mapToObj(i -> DialException.print(addresses.get(i)) + " "
                        + states[i].name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
