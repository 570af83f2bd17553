package io.martlet.trace;

/**
 * A session in numbers: how it stands, and what it has done since it was made.
 *
 * @param active      connections that carry a request
 * @param opening     connections that are being opened
 * @param idle        connections that are kept for the next request
 * @param queued      requests that wait for a connection
 * @param opened      connections opened so far
 * @param reused      requests that got a kept connection so far
 * @param completed   responses that arrived whole so far
 * @param failed      requests that failed so far, on their way or amid the body
 * @param abandoned   requests so far that were cancelled, or whose body was closed early
 * @param repeated    requests so far that were sent once more because a kept connection was closed
 * @param throttled   requests that wait for their turn by the session's rate limit
 * @param delayed     requests so far that had to
 */
public record SessionStatistics(
        int active,
        int opening,
        int idle,
        int queued,
        long opened,
        long reused,
        long completed,
        long failed,
        long abandoned,
        long repeated,
        int throttled,
        long delayed) {
    /** No session has done less. */
    public static final SessionStatistics NONE = new SessionStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * What an engine counts, which knows of no rate limit.
     *
     * @param active    connections that carry a request
     * @param opening   connections that are being opened
     * @param idle      connections that are kept for the next request
     * @param queued    requests that wait for a connection
     * @param opened    connections opened so far
     * @param reused    requests that got a kept connection so far
     * @param completed responses that arrived whole so far
     * @param failed    requests that failed so far, on their way or amid the body
     * @param abandoned requests so far that were cancelled, or whose body was closed early
     * @param repeated  requests so far that were sent once more because a kept connection was closed
     */
    public SessionStatistics(
            int active,
            int opening,
            int idle,
            int queued,
            long opened,
            long reused,
            long completed,
            long failed,
            long abandoned,
            long repeated) {
        this(active, opening, idle, queued, opened, reused, completed, failed, abandoned, repeated, 0, 0);
    }

    /**
     * {@return these, and what a rate limit counts}
     *
     * @param nowThrottled requests that wait for their turn
     * @param soFarDelayed requests so far that had to wait for it
     */
    public SessionStatistics withRate(int nowThrottled, long soFarDelayed) {
        return new SessionStatistics(
                active,
                opening,
                idle,
                queued,
                opened,
                reused,
                completed,
                failed,
                abandoned,
                repeated,
                nowThrottled,
                soFarDelayed);
    }
}
