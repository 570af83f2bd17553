package io.martlet;

/**
 * A set of keys of 128 bits, in arrays of long: 18 to 25 bytes for each of many. Cut into parts that grow by themselves, so
 * that growing needs little more. Not thread-safe.
 */
final class KeyTable {
    private static final int PARTS = 64;
    private static final int FEWEST = 16;

    private final long[][] parts = new long[PARTS][2 * FEWEST];
    private final int[] counts = new int[PARTS];
    private long size;

    /** How many there are. */
    long size() {
        return size;
    }

    boolean contains(long high, long low) {
        long[] part = parts[partOf(high)];
        return part[slot(part, high, mark(high, low))] != 0 || part[slot(part, high, mark(high, low)) + 1] != 0;
    }

    /** Adds a key; returns whether it is a new one. */
    boolean add(long high, long low) {
        int number = partOf(high);
        long marked = mark(high, low);
        long[] part = parts[number];
        int slot = slot(part, high, marked);
        if (part[slot] != 0 || part[slot + 1] != 0) {
            return false;
        }
        // At most 7/8 full, so that a search is short; then a third more.
        if (8 * (counts[number] + 1) > 7 * (part.length / 2)) {
            part = grown(part);
            parts[number] = part;
            slot = slot(part, high, marked);
        }
        part[slot] = high;
        part[slot + 1] = marked;
        counts[number]++;
        size++;
        return true;
    }

    private static int partOf(long high) {
        return (int) (high >>> 58);
    }

    /** Two zeros mean that a slot is free, so that the one key that is all zeros is another. */
    private static long mark(long high, long low) {
        return high == 0 && low == 0 ? 1 : low;
    }

    /** Where the key is, or the free slot where it belongs. */
    private static int slot(long[] part, long high, long low) {
        int capacity = part.length / 2;
        int slot = (int) ((low >>> 32) * capacity >>> 32);
        while (true) {
            long there = part[2 * slot];
            long other = part[2 * slot + 1];
            if (there == 0 && other == 0 || there == high && other == low) {
                return 2 * slot;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }

    private static long[] grown(long[] part) {
        long[] larger = new long[2 * (part.length / 2 * 4 / 3)];
        for (int i = 0; i < part.length; i += 2) {
            if (part[i] != 0 || part[i + 1] != 0) {
                int slot = slot(larger, part[i], part[i + 1]);
                larger[slot] = part[i];
                larger[slot + 1] = part[i + 1];
            }
        }
        return larger;
    }
}
