package io.martlet.internal.pool;

import org.jspecify.annotations.Nullable;

/** A doubly linked list whose links belong to its elements: each joins at the end and leaves anywhere in O(1). */
final class Chain<T> {
    private @Nullable Link<T> first;
    private @Nullable Link<T> last;
    private int size;

    /** The place of one element, in one chain at a time. */
    static final class Link<T> {
        private final T element;
        private @Nullable Link<T> before;
        private @Nullable Link<T> after;
        private boolean isChained;

        Link(T element) {
            this.element = element;
        }

        boolean isChained() {
            return isChained;
        }
    }

    @Nullable
    T first() {
        return first == null ? null : first.element;
    }

    @Nullable
    T last() {
        return last == null ? null : last.element;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void addLast(Link<T> link) {
        Link<T> before = last;
        link.before = before;
        link.isChained = true;
        last = link;
        size++;
        if (before == null) {
            first = link;
        } else {
            before.after = link;
        }
    }

    void remove(Link<T> link) {
        Link<T> before = link.before;
        Link<T> after = link.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        link.before = null;
        link.after = null;
        link.isChained = false;
        size--;
    }
}
