package io.martlet.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees what a book is told and what it answers; fails as soon as a promise of {@link SlotBook} is broken. */
final class Witness {
    /** The keys of those who open a connection. */
    final List<String> opening = new ArrayList<>();

    /** Connections in use. */
    final List<String> inUse = new ArrayList<>();

    /** Who is queued, in order of arrival, with his key. */
    final Map<String, String> queued = new LinkedHashMap<>();

    /** Who was granted something and has not taken it, with his key. */
    final Map<String, String> granted = new LinkedHashMap<>();

    /** Connections that were opened and not yet closed, with their keys. */
    final Map<String, String> alive = new HashMap<>();

    private final SlotRules rules;
    private final Map<String, Long> tooOldAt = new HashMap<>();
    private final Map<String, Long> expiresAt = new HashMap<>();
    private final Set<String> retired = new HashSet<>();

    Witness(SlotRules rules) {
        this.rules = rules;
    }

    void asked(String key, String waiter, Decision<String> decision, long now) {
        decision.toClose().forEach(this::closed);
        if (decision instanceof Decision.Queued) {
            queued.put(waiter, key);
        } else if (decision instanceof Decision.QueueFull) {
            assertEquals(rules.maxQueue(), queued.size());
        } else if (!(decision instanceof Decision.Closed)) {
            for (String other : new HashSet<>(queued.values())) {
                assertTrue(isHostFull(other), "a newcomer passed who could have gone");
            }
            gave(key, decision, now);
        }
    }

    void took(String waiter, Decision<String> decision, long now) {
        decision.toClose().forEach(this::closed);
        String key = granted.remove(waiter);
        if (key == null) {
            assertTrue(decision instanceof Decision.Cancelled || decision instanceof Decision.Closed);
        } else {
            gave(key, decision, now);
        }
    }

    private void gave(String key, Decision<String> decision, long now) {
        if (!(decision instanceof Decision.Reuse<String> reuse)) {
            assertTrue(decision instanceof Decision.Open, () -> decision.toString());
            opening.add(key);
            return;
        }
        String connection = reuse.connection();
        assertEquals(key, alive.get(connection), "key of a connection handed out");
        assertFalse(inUse.contains(connection), "handed out twice");
        assertFalse(retired.contains(connection), "handed out after it was retired");
        assertTrue(expiresAt.get(connection) - now > 0, "handed out after it expired");
        inUse.add(connection);
    }

    void opened(String key, String connection, Actions<String, String> actions, long now) {
        opening.remove(key);
        inUse.add(connection);
        alive.put(connection, key);
        tooOldAt.put(connection, now + rules.maxAgeNanos());
        assertEquals(null, actions.granted());
    }

    void openFailed(String key, Actions<String, String> actions) {
        opening.remove(key);
        acted(actions);
    }

    void released(String connection, Actions<String, String> actions, long now, long keepAtMost) {
        long keep = Math.min(rules.keepNanos(), keepAtMost);
        expiresAt.put(connection, now + Math.min(keep, tooOldAt.get(connection) - now));
        inUse.remove(connection);
        acted(actions);
    }

    void discarded(String connection, Actions<String, String> actions) {
        inUse.remove(connection);
        acted(actions);
        assertFalse(alive.containsKey(connection), "discarded and not closed");
    }

    void retired(String connection, Actions<String, String> actions) {
        retired.add(connection);
        acted(actions);
    }

    void cancelled(String waiter, Actions<String, String> actions) {
        queued.remove(waiter);
        granted.remove(waiter);
        acted(actions);
    }

    void expired(Actions<String, String> actions, long now) {
        actions.toClose().forEach(closed -> assertTrue(expiresAt.get(closed) - now <= 0, "closed too early"));
        acted(actions);
    }

    void closedAll(Closing<String, String> closing) {
        assertEquals(alive.keySet(), Set.copyOf(closing.connections()));
        Set<String> waiting = new HashSet<>(queued.keySet());
        waiting.addAll(granted.keySet());
        assertEquals(waiting, Set.copyOf(closing.waiters()));
        assertEquals(waiting.size(), closing.waiters().size());
        queued.clear();
        granted.clear();
        alive.keySet().retainAll(inUse);
    }

    private void acted(Actions<String, String> actions) {
        actions.toClose().forEach(this::closed);
        if (actions.granted() != null) {
            granted(actions.granted());
        }
    }

    private void closed(String connection) {
        assertFalse(inUse.contains(connection), "closed while in use");
        assertTrue(alive.containsKey(connection), "closed twice");
        alive.remove(connection);
    }

    private void granted(String waiter) {
        assertTrue(queued.containsKey(waiter), "granted to somebody who does not wait");
        for (Map.Entry<String, String> other : queued.entrySet()) {
            if (other.getKey().equals(waiter)) {
                break;
            }
            assertFalse(other.getValue().equals(queued.get(waiter)), "passed who waits for the same key");
            assertTrue(isHostFull(other.getValue()), "passed who could have gone");
        }
        granted.put(waiter, queued.remove(waiter));
    }

    /** What must be true between any two calls. */
    void check(SlotStats stats) {
        assertEquals(
                opening.size() + inUse.size() + granted.size(), stats.active() + stats.opening(), "requests active");
        assertEquals(alive.size(), stats.active() + stats.idle(), "connections");
        assertEquals(queued.size(), stats.queued(), "queued");
        int slots = alive.size() + stats.opening();
        boolean isFull = rules.limit() > 0 && slots >= rules.limit();
        assertTrue(rules.limit() == 0 || slots <= rules.limit(), "more than limit");
        assertTrue(rules.maxQueue() == 0 || stats.queued() <= rules.maxQueue(), "more than maxQueue");
        Set<String> keys = keys();
        for (String key : keys) {
            assertTrue(rules.limitPerHost() == 0 || held(key) <= rules.limitPerHost(), "more than limitPerHost");
        }
        for (String key : new HashSet<>(queued.values())) {
            assertTrue(isHostFull(key) || isFull && stats.idle() == 0, "waits and could go");
        }
        assertEquals(keys.size(), stats.keys(), "keys known");
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>(alive.values());
        keys.addAll(opening);
        keys.addAll(queued.values());
        keys.addAll(granted.values());
        return keys;
    }

    private boolean isHostFull(String key) {
        return rules.limitPerHost() > 0 && held(key) >= rules.limitPerHost();
    }

    /** Slots of a key that are not idle. */
    private int held(String key) {
        int held = 0;
        for (String connection : inUse) {
            held += alive.get(connection).equals(key) ? 1 : 0;
        }
        for (String other : opening) {
            held += other.equals(key) ? 1 : 0;
        }
        for (String other : granted.values()) {
            held += other.equals(key) ? 1 : 0;
        }
        return held;
    }
}
