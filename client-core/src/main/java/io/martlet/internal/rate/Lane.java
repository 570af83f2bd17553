package io.martlet.internal.rate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One limit, and those who wait for it in their order, each with the time since when. Not thread-safe. */
final class Lane {
    private final TokenBucket bucket;
    private final Map<Turn, Long> waiting = new LinkedHashMap<>();

    /** What the host says; nothing where this is the lane of all. */
    final Learned learned = new Learned();

    Lane(double perSecond, int burst, long now) {
        bucket = new TokenBucket(perSecond, burst, now);
    }

    /** How long until one may go who comes with so many in front of it; 0: now. */
    long nanosUntil(long now, int inFront) {
        return Math.max(bucket.nanosUntil(now, inFront), learned.nanosUntil(now, inFront));
    }

    boolean isFree(long now) {
        return waiting.isEmpty() && nanosUntil(now, 0) == 0;
    }

    /** Whoever has not waited takes a token. */
    void take(long now) {
        take(now, now);
    }

    private void take(long since, long now) {
        bucket.take(since, now);
        learned.take(now);
    }

    void join(Turn turn, long now) {
        waiting.putIfAbsent(turn, now);
    }

    /** Those of {@code host} who wait here wait in {@code other}, too. */
    void follow(String host, Lane other, long now) {
        for (Turn turn : waiting.keySet()) {
            if (turn.host.equals(host)) {
                turn.lane = other;
                other.join(turn, now);
            }
        }
    }

    int size() {
        return waiting.size();
    }

    boolean has(Turn turn) {
        return waiting.containsKey(turn);
    }

    boolean isFirst(Turn turn) {
        return !waiting.isEmpty() && waiting.keySet().iterator().next() == turn;
    }

    /** The first one takes its token and goes. */
    void pass(Turn first, long now, List<Turn> woken) {
        take(waiting.getOrDefault(first, now), now);
        leave(first, woken);
    }

    /** Adds to {@code woken} who is the first now, if that is another one. */
    void leave(Turn turn, List<Turn> woken) {
        boolean wasFirst = isFirst(turn);
        waiting.remove(turn);
        if (wasFirst) {
            wakeFirst(woken);
        }
    }

    void wakeFirst(List<Turn> woken) {
        waiting.keySet().stream().findFirst().ifPresent(woken::add);
    }

    void wakeAll(List<Turn> woken) {
        woken.addAll(waiting.keySet());
    }

    /** Whether a new lane in its place would be the same. */
    boolean isForgettable(long now) {
        return waiting.isEmpty() && bucket.isFull(now) && learned.isOver(now);
    }
}
