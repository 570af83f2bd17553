package io.martlet.samples.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts by key, for no more than a given number of keys: those used longest ago are forgotten. Thread-safe. */
final class AttemptCounts {
    // In the order of use. Guarded by this.
    private final Map<String, Integer> counts;

    AttemptCounts(int maxKeys) {
        this.counts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /** The count of the key, this one included. */
    synchronized int countUp(String key) {
        return counts.merge(key, 1, Integer::sum);
    }
}
