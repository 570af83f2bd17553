package io.martlet.internal.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a {@link SlotBook} should decide, found by searching lists: after each call it looks who of all could go. */
final class NaiveBook {
    private final SlotRules rules;
    /** The connections; idle ones in the order of their last use. */
    private final List<Connection> connections = new ArrayList<>();
    /** The keys of those who open one. */
    private final List<String> opening = new ArrayList<>();
    /** Who waits or has not taken what he was granted, in order of arrival. */
    private final List<Request> requests = new ArrayList<>();

    private boolean isClosed;
    private long opened;
    private long reused;
    private long evicted;
    private long expired;

    private static final class Connection {
        final String name;
        final String key;
        final long tooOldAt;
        long expiresAt;
        boolean isIdle;
        boolean isPromised;
        boolean isRetired;

        Connection(String name, String key, long tooOldAt) {
            this.name = name;
            this.key = key;
            this.tooOldAt = tooOldAt;
        }

        boolean isExpired(long now) {
            return expiresAt - now <= 0;
        }
    }

    private static final class Request {
        final String waiter;
        final String key;
        boolean isGranted;

        @Nullable
        Connection connection;

        Request(String waiter, String key) {
            this.waiter = waiter;
            this.key = key;
        }
    }

    NaiveBook(SlotRules rules) {
        this.rules = rules;
    }

    Decision<String> ask(String key, String waiter, long now) {
        if (isClosed) {
            return new Decision.Closed<>();
        }
        require(find(waiter) == null);
        List<String> close = dropExpired(now);
        Connection idle = idleOf(key);
        if (idle != null) {
            idle.isIdle = false;
            reused++;
            return new Decision.Reuse<>(idle.name, close);
        }
        if (makeRoom(key, close)) {
            opening.add(key);
            return new Decision.Open<>(close);
        }
        if (rules.maxQueue() > 0 && queued() >= rules.maxQueue()) {
            return new Decision.QueueFull<>(close);
        }
        requests.add(new Request(waiter, key));
        return new Decision.Queued<>(close);
    }

    @Nullable
    String reuse(String key, long now) {
        Connection idle = idleOf(key);
        if (idle == null || idle.isExpired(now)) {
            return null;
        }
        idle.isIdle = false;
        reused++;
        return idle.name;
    }

    Decision<String> take(String waiter, long now) {
        Request request = find(waiter);
        if (request == null) {
            return isClosed ? new Decision.Closed<>() : new Decision.Cancelled<>();
        }
        require(request.isGranted);
        requests.remove(request);
        Connection connection = request.connection;
        if (connection != null && !connection.isExpired(now)) {
            connection.isPromised = false;
            reused++;
            return new Decision.Reuse<>(connection.name, List.of());
        }
        opening.add(request.key);
        return new Decision.Open<>(connection == null ? List.of() : List.of(dropExpired(connection)));
    }

    Actions<String, String> opened(String key, String name, long now) {
        require(connection(name) == null && opening.remove(key));
        Connection connection = new Connection(name, key, now + rules.maxAgeNanos());
        connection.isRetired = isClosed;
        connections.add(connection);
        opened++;
        return new Actions<>(null, isClosed ? List.of(name) : List.of());
    }

    Actions<String, String> openFailed(String key) {
        require(opening.remove(key));
        return settle();
    }

    Actions<String, String> release(String name, long now, long keepAtMost) {
        Connection connection = inUse(name);
        long keep = Math.min(rules.keepNanos(), keepAtMost);
        connection.expiresAt = now + Math.min(keep, connection.tooOldAt - now);
        return connection.isRetired || connection.isExpired(now) ? discard(name) : makeIdle(connection);
    }

    Actions<String, String> discard(String name) {
        connections.remove(inUse(name));
        return settle(name);
    }

    Actions<String, String> retire(String name) {
        Connection connection = connection(name);
        if (connection == null) {
            return settle();
        }
        connection.isRetired = true;
        if (!connection.isIdle && !connection.isPromised) {
            return settle();
        }
        connections.remove(connection);
        requests.stream().filter(r -> r.connection == connection).forEach(r -> r.connection = null);
        return settle(name);
    }

    Actions<String, String> cancel(String waiter, long now) {
        Request request = find(waiter);
        requests.remove(request);
        Connection connection = request == null ? null : request.connection;
        if (connection == null) {
            return settle();
        }
        connection.isPromised = false;
        return connection.isExpired(now) ? settle(dropExpired(connection)) : makeIdle(connection);
    }

    Actions<String, String> expire(long now) {
        return settle(dropExpired(now).toArray(new String[0]));
    }

    long nanosToNextExpiry(long now) {
        long next = Long.MAX_VALUE;
        for (Connection connection : connections) {
            next = connection.isIdle ? Math.min(next, Math.max(0, connection.expiresAt - now)) : next;
        }
        return next;
    }

    Closing<String, String> closeAll() {
        if (isClosed) {
            return new Closing<>(List.of(), List.of());
        }
        isClosed = true;
        Closing<String, String> closing = new Closing<>(
                connections.stream().map(connection -> connection.name).toList(),
                requests.stream().map(request -> request.waiter).toList());
        requests.clear();
        connections.removeIf(connection -> connection.isIdle || connection.isPromised);
        connections.forEach(connection -> connection.isRetired = true);
        return closing;
    }

    SlotStats stats() {
        Set<String> keys = new HashSet<>(slots());
        requests.forEach(request -> keys.add(request.key));
        int idle = (int)
                connections.stream().filter(connection -> connection.isIdle).count();
        int active = connections.size() - idle;
        int opens = slots().size() - connections.size();
        return new SlotStats(active, opens, idle, queued(), keys.size(), opened, reused, evicted, expired);
    }

    private Actions<String, String> makeIdle(Connection connection) {
        connections.remove(connection);
        connections.add(connection);
        connection.isIdle = true;
        return settle();
    }

    /** Lets whoever can go, in order of arrival. */
    private Actions<String, String> settle(String... closed) {
        List<String> close = new ArrayList<>(List.of(closed));
        Set<String> stuck = new HashSet<>();
        String granted = null;
        for (Request request : requests) {
            if (!request.isGranted && !stuck.contains(request.key)) {
                if (grant(request, close)) {
                    require(granted == null);
                    granted = request.waiter;
                } else {
                    stuck.add(request.key);
                }
            }
        }
        return new Actions<>(granted, close);
    }

    private boolean grant(Request request, List<String> close) {
        Connection idle = idleOf(request.key);
        if (idle != null) {
            idle.isIdle = false;
            idle.isPromised = true;
            request.connection = idle;
        }
        request.isGranted = idle != null || makeRoom(request.key, close);
        return request.isGranted;
    }

    private boolean makeRoom(String key, List<String> close) {
        if (rules.limitPerHost() > 0 && Collections.frequency(slots(), key) >= rules.limitPerHost()) {
            return false;
        }
        if (rules.limit() == 0 || slots().size() < rules.limit()) {
            return true;
        }
        for (Connection victim : connections) {
            if (victim.isIdle) {
                connections.remove(victim);
                evicted++;
                close.add(victim.name);
                return true;
            }
        }
        return false;
    }

    private List<String> dropExpired(long now) {
        List<String> dropped = new ArrayList<>();
        Predicate<Connection> isDue = connection -> connection.isIdle && connection.isExpired(now);
        connections.stream().filter(isDue).toList().forEach(connection -> dropped.add(dropExpired(connection)));
        return dropped;
    }

    private String dropExpired(Connection connection) {
        connections.remove(connection);
        expired++;
        return connection.name;
    }

    /** The key of each slot. */
    private List<String> slots() {
        List<String> keys = new ArrayList<>(opening);
        connections.forEach(connection -> keys.add(connection.key));
        requests.stream().filter(r -> r.isGranted && r.connection == null).forEach(r -> keys.add(r.key));
        return keys;
    }

    private int queued() {
        return (int) requests.stream().filter(request -> !request.isGranted).count();
    }

    private @Nullable Connection idleOf(String key) {
        Predicate<Connection> fits = connection -> connection.isIdle && connection.key.equals(key);
        return connections.stream()
                .filter(fits)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private @Nullable Connection connection(String name) {
        return connections.stream().filter(c -> c.name.equals(name)).findAny().orElse(null);
    }

    private Connection inUse(String name) {
        Connection connection = connection(name);
        require(connection != null && !connection.isIdle && !connection.isPromised);
        return connection;
    }

    private @Nullable Request find(String waiter) {
        return requests.stream().filter(r -> r.waiter.equals(waiter)).findAny().orElse(null);
    }

    private static void require(boolean isLegal) {
        if (!isLegal) {
            throw new IllegalStateException("not legal");
        }
    }
}
