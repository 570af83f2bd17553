package io.martlet.internal.rate;

import io.martlet.http.Headers;
import io.martlet.rate.RateLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may go by a {@link RateLimit}, and who waits. A turn waits in the lane of its host, and when it is the first there and
 * its host lets it go in the lane of all: so it takes both tokens at once, and delays nobody of another host. Where nothing is
 * known of a host there is no lane for it. Thread-safe; those who are woken are told outside of its lock.
 */
public final class TurnBook {
    /** What {@link #look} returns where somebody else is first: it is woken. */
    public static final long UNTIL_WOKEN = Long.MAX_VALUE;

    private static final int FEWEST_TO_PRUNE = 1024;

    private static final int MOST_PRINTED = 8;

    private final RateLimit limit;
    private final Object lock = new Object();

    // Guarded by lock.
    private final Lane all;
    private final Map<String, Lane> hosts = new HashMap<>();
    private int pruneAt = FEWEST_TO_PRUNE;
    private int waiting;
    private long delayed;
    private boolean isClosed;

    /** Nobody waits, and all tokens are there. */
    public TurnBook(RateLimit limit) {
        this.limit = limit;
        all = new Lane(limit.perSecond(), limit.burst(), now());
    }

    private long now() {
        return limit.nanoClock().getAsLong();
    }

    /** Takes a token if nobody waits for it. Returns false if there is none; then {@link #join}. */
    public boolean goesAtOnce(String host) {
        synchronized (lock) {
            long now = now();
            Lane lane = laneOf(host, now);
            if (isClosed || lane != null && !lane.isFree(now) || !all.isFree(now)) {
                return false;
            }
            if (lane != null) {
                lane.take(now);
            }
            all.take(now);
            return true;
        }
    }

    /** Waits from now on. Whoever does calls {@link #look} now, when the time has come, and after each {@code wake}. */
    public Turn join(String host, Runnable wake) {
        synchronized (lock) {
            long now = now();
            Turn turn = new Turn(host, wake);
            turn.earliest = now;
            waiting++;
            delayed++;
            Lane lane = laneOf(host, now);
            if (lane == null) {
                joinAll(turn, now);
            } else {
                joinHost(turn, lane, now);
            }
            return turn;
        }
    }

    private void joinHost(Turn turn, Lane lane, long now) {
        turn.lane = lane;
        lane.join(turn, now);
        int inFront = lane.size() - 1;
        // Those in front go through the lane of all, too.
        expect(turn, now, Math.max(lane.nanosUntil(now, inFront), all.nanosUntil(now, inFront)));
    }

    private void joinAll(Turn turn, long now) {
        if (!all.has(turn)) {
            all.join(turn, now);
            expect(turn, now, all.nanosUntil(now, all.size() - 1));
        }
    }

    private static void expect(Turn turn, long now, long wait) {
        turn.earliest = now + Math.min(wait, Long.MAX_VALUE / 2);
    }

    /** How long until it must look again; 0: it goes, {@link #UNTIL_WOKEN}: it is woken. */
    public long look(Turn turn) {
        List<Turn> woken = new ArrayList<>(2);
        long wait;
        synchronized (lock) {
            wait = turn.isOver ? 0 : look(turn, now(), woken);
        }
        woken.forEach(other -> other.wake.run());
        return wait;
    }

    private long look(Turn turn, long now, List<Turn> woken) {
        Lane lane = turn.lane;
        if (lane != null) {
            if (!lane.isFirst(turn)) {
                all.leave(turn, woken);
                return UNTIL_WOKEN;
            }
            long wait = lane.nanosUntil(now, 0);
            if (wait > 0) {
                all.leave(turn, woken);
                expect(turn, now, wait);
                return wait;
            }
        }
        joinAll(turn, now);
        if (!all.isFirst(turn)) {
            return UNTIL_WOKEN;
        }
        long wait = all.nanosUntil(now, 0);
        if (wait > 0) {
            expect(turn, now, wait);
            return wait;
        }
        if (lane != null) {
            lane.pass(turn, now, woken);
        }
        all.pass(turn, now, woken);
        end(turn);
        return 0;
    }

    private void end(Turn turn) {
        turn.isOver = true;
        waiting--;
    }

    /** Gives the place of one who waits to the next; nothing, if it has gone. */
    public void leave(Turn turn) {
        List<Turn> woken = new ArrayList<>(2);
        synchronized (lock) {
            if (turn.isOver) {
                return;
            }
            end(turn);
            if (turn.lane != null) {
                turn.lane.leave(turn, woken);
            }
            all.leave(turn, woken);
        }
        woken.forEach(other -> other.wake.run());
    }

    /** How long it waits at the least, if all in front of it stay there. */
    public long nanosAtLeast(Turn turn) {
        synchronized (lock) {
            return Math.max(0, turn.earliest - now());
        }
    }

    /** Learns what a response of {@code host} says of its limits, if that is asked for. */
    public void hear(String host, int status, Headers headers) {
        if (!limit.isLearning()) {
            return;
        }
        RateFields said = RateFields.of(status, headers, limit.clock().instant());
        if (said.pause() == null && said.left() == null) {
            return;
        }
        List<Turn> woken = new ArrayList<>(1);
        synchronized (lock) {
            long now = now();
            boolean isFirstHeard = !hosts.containsKey(host);
            Lane lane = laneOrNew(host, now);
            if (isFirstHeard) {
                all.follow(host, lane, now); // in their order, before those who are still to come
            }
            lane.learned.hear(said, limit.maxPause(), now);
            lane.wakeFirst(woken); // perhaps it has to wait no longer
        }
        woken.forEach(first -> first.wake.run());
    }

    private @Nullable Lane laneOf(String host, long now) {
        return Double.isInfinite(limit.perHost()) ? hosts.get(host) : laneOrNew(host, now);
    }

    private Lane laneOrNew(String host, long now) {
        Lane known = hosts.get(host);
        if (known != null) {
            return known;
        }
        if (hosts.size() >= pruneAt) {
            hosts.values().removeIf(lane -> lane.isForgettable(now));
            pruneAt = Math.max(FEWEST_TO_PRUNE, 2 * hosts.size());
        }
        Lane lane = new Lane(limit.perHost(), limit.hostBurst(), now);
        hosts.put(host, lane);
        return lane;
    }

    /** Wakes all; from now on everyone who asks has to join, and sees {@link #isClosed}. */
    public void close() {
        List<Turn> woken = new ArrayList<>();
        synchronized (lock) {
            isClosed = true;
            all.wakeAll(woken);
            hosts.values().forEach(lane -> lane.wakeAll(woken));
        }
        woken.forEach(turn -> turn.wake.run());
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        synchronized (lock) {
            return isClosed;
        }
    }

    /** How many wait. */
    public int waiting() {
        synchronized (lock) {
            return waiting;
        }
    }

    /** How many had to wait so far. */
    public long delayed() {
        synchronized (lock) {
            return delayed;
        }
    }

    /** As {@code RateLimit[50 a second (burst 10)], 3 waiting}, and what the host of {@code turn} says. */
    public String printed(Turn turn) {
        synchronized (lock) {
            return text() + (turn.lane == null ? "" : learned(turn.host, turn.lane));
        }
    }

    private String text() {
        return limit + ", " + waiting + " waiting";
    }

    private String learned(String host, Lane lane) {
        String learned = lane.learned.printed(now());
        return learned == null ? "" : ", " + host + " " + learned;
    }

    /** As {@code RateLimit[50 a second (burst 10)], 3 waiting, 2 hosts}, and what the hosts say where there are few. */
    @Override
    public String toString() {
        synchronized (lock) {
            StringBuilder text = new StringBuilder(text());
            if (!hosts.isEmpty()) {
                text.append(", ").append(hosts.size()).append(hosts.size() == 1 ? " host" : " hosts");
            }
            if (hosts.size() <= MOST_PRINTED) {
                hosts.forEach((host, lane) -> text.append(learned(host, lane)));
            }
            return text.toString();
        }
    }
}
