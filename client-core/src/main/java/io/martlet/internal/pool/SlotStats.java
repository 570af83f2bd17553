package io.martlet.internal.pool;

/**
 * A book in numbers. Prints itself as
 * {@code Requests: 1 active, 0 queued | Connections: 1 active, 0 opening, 2 idle}.
 *
 * @param active  connections in use now, or granted to a waiter that has not taken them yet
 * @param opening slots granted now for a connection that is not open yet
 * @param idle    connections that could be reused now, among them those that expired and were not closed yet
 * @param queued  requests that wait now
 * @param keys    keys that have a connection, an opening slot or a waiter now
 * @param opened  connections opened so far
 * @param reused  requests so far that got a connection which had served before
 * @param evicted idle connections closed so far to make room for another key
 * @param expired idle connections closed so far because of their age
 */
public record SlotStats(
        int active, int opening, int idle, int queued, int keys, long opened, long reused, long evicted, long expired) {
    @Override
    public String toString() {
        return "Requests: " + (active + opening) + " active, " + queued + " queued | Connections: " + active
                + " active, " + opening + " opening, " + idle + " idle";
    }
}
