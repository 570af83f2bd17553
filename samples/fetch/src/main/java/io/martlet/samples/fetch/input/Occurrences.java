package io.martlet.samples.fetch.input;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts how often each text came, so many that they do not belong into memory: it keeps 64 bits of each, 11 to 22 bytes
 * with what is free. Two texts with the same bits count as one. Not thread-safe.
 */
public final class Occurrences {
    private static final int MIN_SLOTS = 1024;

    /** Open addressing; 0 is a free slot. At most three quarters are taken. */
    private long[] slots = new long[MIN_SLOTS];

    private int taken;

    /** Of those that came more than once, how often. */
    private final Map<Long, Integer> repeated = new HashMap<>();

    /** Which occurrence of {@code text} this is, from 1. */
    public int count(String text) {
        long bits = bits(text);
        if (add(slots, bits)) {
            taken++;
            grow();
            return 1;
        }
        return repeated.merge(bits, 2, (before, first) -> before + 1);
    }

    private void grow() {
        if (taken > slots.length / 4 * 3) {
            long[] larger = new long[slots.length * 2];
            Arrays.stream(slots).filter(bits -> bits != 0).forEach(bits -> add(larger, bits));
            slots = larger;
        }
    }

    private static boolean add(long[] slots, long bits) {
        int at = (int) bits & slots.length - 1;
        while (slots[at] != 0) {
            if (slots[at] == bits) {
                return false;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = bits;
        return true;
    }

    /** FNV-1a of the characters, mixed as MurmurHash3 does at its end; never 0. */
    private static long bits(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
