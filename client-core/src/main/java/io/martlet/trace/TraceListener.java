package io.martlet.trace;

import io.martlet.http.ClientRequest;

/**
 * Watches the requests of a session: logs them, measures them, draws them.
 *
 * <p>A session that has a listener has one thread at a time for it, {@code martlet-trace-N}, which tells all events in the
 * order in which they happened, soon after; what happens while the session is closed may not be told. So the listener may
 * take its time, and need not be thread-safe; what it does not keep up with waits in memory. What it throws is logged, and
 * concerns no request.
 */
@FunctionalInterface
public interface TraceListener {
    /**
     * Hears of {@code event}.
     *
     * @param request the request as it is sent: each hop of a redirect and each retry is another one. The same object in all
     *     of its events
     * @param event   what happened, and when
     */
    void on(ClientRequest request, TraceEvent event);
}
