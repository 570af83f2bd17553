package io.martlet.internal.wire;

import io.martlet.error.ClientException;
import io.martlet.http.ClientRequest;
import io.martlet.internal.http1.ResponseHead;
import io.martlet.internal.net.Transport;
import io.martlet.internal.tls.TlsSession;
import io.martlet.rate.RateLimit;
import io.martlet.trace.TraceEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request on its way, as the listener hears of it; there is none where nobody listens. */
final class Trace {
    private final ClientRequest request;
    private final Tracer tracer;
    private final long start = System.nanoTime();
    private volatile long stepStart = start;
    private volatile long sendStart = start;
    private final AtomicBoolean isSent = new AtomicBoolean();

    Trace(ClientRequest request, Tracer tracer) {
        this.request = request;
        this.tracer = tracer;
        tell(new TraceEvent.Started(start));
        Duration waited = request.attribute(RateLimit.WAITED);
        if (waited != null) {
            tell(new TraceEvent.Throttled(start, waited));
        }
    }

    /** A step begins that will be told with its duration. */
    void begin() {
        stepStart = System.nanoTime();
    }

    void queued(String usage) {
        begin();
        tell(new TraceEvent.Queued(stepStart, usage));
    }

    void granted() {
        long now = System.nanoTime();
        tell(new TraceEvent.Granted(now, since(stepStart, now)));
    }

    void resolved(List<InetAddress> addresses) {
        long now = System.nanoTime();
        tell(new TraceEvent.Resolved(now, List.copyOf(addresses), since(stepStart, now)));
        stepStart = now;
    }

    void connected(Transport to) {
        long now = System.nanoTime();
        tell(new TraceEvent.Connected(now, to.remoteAddress(), to.localAddress(), since(stepStart, now)));
        stepStart = now;
    }

    void secured(TlsSession session) {
        long now = System.nanoTime();
        Duration took = since(stepStart, now);
        tell(new TraceEvent.Secured(now, session.protocol(), session.cipherSuite(), session.isResumed(), took));
    }

    void sending(Transport to, boolean isReuse) {
        sendStart = System.nanoTime();
        isSent.set(false);
        if (isReuse) {
            tell(new TraceEvent.Reused(sendStart, to.remoteAddress(), to.localAddress()));
        }
    }

    /** Told once for each time it is sent, by whoever sees it first. */
    void sent(long bodyBytes) {
        if (isSent.compareAndSet(false, true)) {
            long now = System.nanoTime();
            tell(new TraceEvent.Sent(now, bodyBytes, since(sendStart, now)));
        }
    }

    void firstByte() {
        long now = System.nanoTime();
        tell(new TraceEvent.FirstByte(now, since(sendStart, now)));
    }

    void head(ResponseHead head) {
        long now = System.nanoTime();
        tell(new TraceEvent.Head(now, head.status(), head.headers(), since(sendStart, now)));
    }

    void interim(ResponseHead head) {
        tell(new TraceEvent.Interim(System.nanoTime(), head.status(), head.headers()));
    }

    void repeated(ClientException because) {
        tell(new TraceEvent.Repeated(System.nanoTime(), because));
    }

    void completed(int status, long bodyBytes) {
        long now = System.nanoTime();
        tell(new TraceEvent.Completed(now, status, bodyBytes, since(start, now)));
    }

    void failed(ClientException cause) {
        long now = System.nanoTime();
        tell(new TraceEvent.Failed(now, cause, since(start, now)));
    }

    void abandoned() {
        long now = System.nanoTime();
        tell(new TraceEvent.Abandoned(now, since(start, now)));
    }

    private void tell(TraceEvent event) {
        tracer.tell(request, event);
    }

    private static Duration since(long start, long now) {
        return Duration.ofNanos(now - start);
    }
}
