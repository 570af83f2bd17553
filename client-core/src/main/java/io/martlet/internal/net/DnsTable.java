package io.martlet.internal.net;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of hosts, for a while. Pure: the time is an argument, in the terms of {@link System#nanoTime()}. Not
 * thread-safe.
 */
final class DnsTable {
    private final long ttlNanos;
    private final long negativeTtlNanos;
    private final Map<String, Entry> entries;

    /**
     * A table.
     *
     * @param ttlNanos         how long addresses are kept; 0 keeps none
     * @param negativeTtlNanos how long failures are kept; 0 keeps none
     * @param maxEntries       with more hosts than this, the one that was not asked for the longest is forgotten
     */
    DnsTable(long ttlNanos, long negativeTtlNanos, int maxEntries) {
        this.ttlNanos = ttlNanos;
        this.negativeTtlNanos = negativeTtlNanos;
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, DnsTable.Entry> eldest) {
                return size() > maxEntries;
            }
        };
    }

    /** What is known of {@code host}, or null; the addresses are rotated with each call. */
    @Nullable
    Answer find(String host, long now) {
        Entry entry = entries.get(host);
        if (entry == null) {
            return null;
        }
        if (now - entry.since >= entry.lifetime) {
            entries.remove(host);
            return null;
        }
        return entry.answer.rotated(entry.uses++);
    }

    /** Keeps {@code answer} for later; it has been used {@code uses} times already, by those who waited for it. */
    void put(String host, Answer answer, int uses, long now) {
        long lifetime = answer.failure() == null ? ttlNanos : negativeTtlNanos;
        if (lifetime > 0) {
            entries.put(host, new Entry(answer, uses, now, lifetime));
        }
    }

    /** Forgets everything. */
    void clear() {
        entries.clear();
    }

    int size() {
        return entries.size();
    }

    /** Hosts and addresses, the one to be forgotten first at the start: {@code a.example [192.0.2.1], b.example unknown}. */
    @Override
    public String toString() {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().answer)
                .collect(Collectors.joining(", "));
    }

    /**
     * What a look-up found.
     *
     * @param addresses at least one, or none if it failed
     * @param failure   why it failed, or null
     */
    record Answer(List<InetAddress> addresses, @Nullable Throwable failure) {
        Answer {
            addresses = List.copyOf(addresses);
        }

        /** As the use number {@code turns} gets it. */
        Answer rotated(int turns) {
            return addresses.size() < 2 ? this : new Answer(AddressOrder.rotated(addresses, turns), null);
        }

        @Override
        public String toString() {
            return failure != null
                    ? "unknown"
                    : addresses.stream()
                            .map(InetAddress::getHostAddress)
                            .toList()
                            .toString();
        }
    }

    private static final class Entry {
        private final Answer answer;
        private final long since;
        private final long lifetime;
        private int uses;

        Entry(Answer answer, int uses, long since, long lifetime) {
            this.answer = answer;
            this.uses = uses;
            this.since = since;
            this.lifetime = lifetime;
        }
    }
}
