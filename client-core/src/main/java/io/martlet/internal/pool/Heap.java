package io.martlet.internal.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap, lowest rank first, whose nodes know their place: O(1) to look at the first, O(log n) to insert and to
 * remove any, and O(1) to insert the highest or to remove the one inserted last.
 *
 * <p>Ranks are compared by their difference, as those of System.nanoTime() must be.
 */
final class Heap<N extends Heap.Node> {
    private final List<N> nodes = new ArrayList<>();

    /** A node of one heap; its rank may change only while it is in none. */
    abstract static class Node {
        private static final int NOWHERE = -1;

        long rank;

        /** Where it is in the heap, for the heap to know. */
        int place = NOWHERE;

        final boolean isInHeap() {
            return place != NOWHERE;
        }

        final boolean isBefore(Node other) {
            return rank - other.rank < 0;
        }
    }

    @Nullable
    N first() {
        return nodes.isEmpty() ? null : nodes.get(0);
    }

    void insert(N node) {
        nodes.add(node);
        siftUp(node, nodes.size() - 1);
    }

    void remove(N node) {
        int hole = node.place;
        node.place = Node.NOWHERE;
        N last = nodes.remove(nodes.size() - 1);
        if (last == node) {
            return;
        }
        siftDown(last, hole);
        siftUp(last, last.place);
    }

    private void siftUp(N node, int from) {
        int place = from;
        while (place > 0) {
            N parent = nodes.get((place - 1) / 2);
            if (!node.isBefore(parent)) {
                break;
            }
            put(parent, place);
            place = (place - 1) / 2;
        }
        put(node, place);
    }

    private void siftDown(N node, int from) {
        int place = from;
        while (2 * place + 1 < nodes.size()) {
            int child = 2 * place + 1;
            if (child + 1 < nodes.size() && nodes.get(child + 1).isBefore(nodes.get(child))) {
                child++;
            }
            if (!nodes.get(child).isBefore(node)) {
                break;
            }
            put(nodes.get(child), place);
            place = child;
        }
        put(node, place);
    }

    private void put(N node, int place) {
        nodes.set(place, node);
        node.place = place;
    }
}
