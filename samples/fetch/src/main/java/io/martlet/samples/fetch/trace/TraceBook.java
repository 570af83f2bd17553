package io.martlet.samples.fetch.trace;

import io.martlet.http.ClientRequest;
import io.martlet.trace.TraceEvent;
import io.martlet.trace.TraceListener;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Hands events on to the {@link CallTrace} that their request carries, and knows how each connection is secured. */
public final class TraceBook implements TraceListener {
    /** By its address here; one that was closed goes when its port is used again. Used by the listener's thread only. */
    private final Map<InetSocketAddress, TraceEvent.Secured> secured = new HashMap<>();

    @Override
    public void on(ClientRequest request, TraceEvent event) {
        CallTrace trace = request.attribute(CallTrace.OF_REQUEST);
        if (trace == null) {
            return;
        }
        if (event instanceof TraceEvent.Connected connected) {
            secured.remove(connected.local());
        }
        trace.on(request, event, event instanceof TraceEvent.Reused reused ? secured.get(reused.local()) : null);
        if (event instanceof TraceEvent.Secured tls) {
            InetSocketAddress local = trace.local();
            if (local != null) {
                secured.put(local, tls);
            }
        }
    }
}
