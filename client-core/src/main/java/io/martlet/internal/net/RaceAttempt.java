package io.martlet.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Does what an {@link AddressRace} decides. The race is asked under the lock; dialling and telling happen outside. */
final class RaceAttempt implements Attempt {
    private final HappyEyeballs settings;
    private final EventLoop loop;
    private final List<InetSocketAddress> addresses;
    private final ConnectListener listener;

    // Guarded by this.
    private final AddressRace race;
    private final @Nullable Attempt[] dials;
    private boolean settled;

    private final Timer stagger = new Timer() {
        @Override
        protected void expired() {
            dialNext();
        }
    };

    RaceAttempt(
            HappyEyeballs settings,
            EventLoop loop,
            List<InetSocketAddress> addresses,
            long staggerNanos,
            ConnectListener listener) {
        this.settings = settings;
        this.loop = loop;
        this.addresses = addresses;
        this.listener = listener;
        race = new AddressRace(addresses, staggerNanos);
        dials = new @Nullable Attempt[addresses.size()];
    }

    void begin() {
        int first;
        synchronized (this) {
            first = race.start(System.nanoTime());
        }
        dialAside(first);
        synchronized (this) {
            awaitNext();
        }
    }

    /** Ends it before it began. */
    void fail(IOException cause) {
        Runnable tell = () -> {
            if (settle()) {
                listener.failed(cause);
            }
        };
        try {
            loop.execute(tell);
        } catch (RejectedExecutionException e) {
            tell.run();
        }
    }

    private synchronized boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    private void awaitNext() {
        long delay = settled ? AddressRace.NEVER : race.nanosToNext(System.nanoTime());
        if (delay == AddressRace.NEVER) {
            loop.cancel(stagger);
        } else {
            try {
                loop.schedule(stagger, delay);
            } catch (RejectedExecutionException e) {
                // The loop cannot start: the dials fail of the same, and say so.
            }
        }
    }

    private void dial(int index) {
        Attempt dial = settings.dialer.dial(loop, addresses.get(index), new Lane(index));
        synchronized (this) {
            dials[index] = dial;
            if (!settled) {
                return;
            }
        }
        dial.cancel();
    }

    private void dialNext() {
        int next;
        synchronized (this) {
            next = race.timePassed(System.nanoTime());
            awaitNext();
        }
        dialAside(next);
    }

    /** Dials here, unless user code takes part in it: this may be the thread of a loop. */
    private void dialAside(int index) {
        if (index == AddressRace.NONE) {
            return;
        }
        if (!settings.dialer.callsUserCode()) {
            dial(index);
            return;
        }
        try {
            settings.offLoop.execute(() -> dial(index));
        } catch (RejectedExecutionException e) {
            failed(index, new DialException(addresses.get(index), e));
        }
    }

    private void connected(int index, Transport transport) {
        List<Attempt> losers = List.of();
        boolean won;
        synchronized (this) {
            won = !settled && race.connected(index);
            if (won) {
                losers = end();
            }
        }
        losers.forEach(Attempt::cancel);
        if (won) {
            listener.connected(transport);
        } else {
            transport.abort();
        }
    }

    private void failed(int index, DialException cause) {
        int next;
        boolean lost;
        synchronized (this) {
            if (settled) {
                return;
            }
            next = race.failed(index, cause, System.nanoTime());
            lost = race.isLost();
            if (lost) {
                end();
            } else {
                awaitNext();
            }
        }
        dialAside(next);
        if (lost) {
            listener.failed(race.error());
        }
    }

    @Override
    public boolean cancel() {
        List<Attempt> connecting;
        synchronized (this) {
            if (settled) {
                return false;
            }
            connecting = end();
        }
        connecting.forEach(Attempt::cancel);
        return true;
    }

    /** Settles; returns what is to be cancelled. A dial that is just being made cancels itself. Under the lock. */
    private List<Attempt> end() {
        settled = true;
        loop.cancel(stagger);
        return race.cancel().stream()
                .map(i -> dials[i])
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public synchronized String toString() {
        return race.toString();
    }

    /** Hears about one of the addresses. */
    private final class Lane implements ConnectListener {
        private final int index;

        Lane(int index) {
            this.index = index;
        }

        @Override
        public void connected(Transport transport) {
            RaceAttempt.this.connected(index, transport);
        }

        @Override
        public void failed(IOException cause) {
            boolean named = cause instanceof DialException;
            RaceAttempt.this.failed(
                    index, named ? (DialException) cause : new DialException(addresses.get(index), cause));
        }
    }
}
