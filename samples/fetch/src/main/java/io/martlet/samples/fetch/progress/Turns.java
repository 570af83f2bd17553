package io.martlet.samples.fetch.progress;

import io.martlet.http.Attribute;
import io.martlet.http.ClientRequest;
import io.martlet.trace.TraceEvent;
import io.martlet.trace.TraceListener;

/** Tells a {@link RunMeter} whose turn it is: who waits for the rate limit, or for a connection slot, is not slow. */
public final class Turns implements TraceListener {
    /** The place among all URLs, which the requests for one carry along. */
    public static final Attribute<Long> INDEX = new Attribute<>("martlet.fetch.index");

    private final RunMeter meter;

    public Turns(RunMeter meter) {
        this.meter = meter;
    }

    @Override
    public void on(ClientRequest request, TraceEvent event) {
        Long index = request.attribute(INDEX);
        if (index == null) {
            return;
        }
        // It starts when the rate limit lets it; then all slots may be taken.
        if (event instanceof TraceEvent.Started || event instanceof TraceEvent.Granted) {
            meter.grant(index);
        } else if (event instanceof TraceEvent.Queued) {
            meter.queue(index);
        }
    }
}
