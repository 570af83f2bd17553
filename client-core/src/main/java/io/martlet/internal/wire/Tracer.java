package io.martlet.internal.wire;

import io.martlet.http.ClientRequest;
import io.martlet.internal.net.WorkerThreads;
import io.martlet.trace.TraceEvent;
import io.martlet.trace.TraceListener;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener what happens, on a thread of its own: no loop and no request waits for it. */
final class Tracer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracer.class);

    private final TraceListener listener;
    private final WorkerThreads thread = new WorkerThreads("trace", 1);

    Tracer(TraceListener listener) {
        this.listener = listener;
    }

    void tell(ClientRequest request, TraceEvent event) {
        try {
            thread.execute(() -> call(request, event));
        } catch (RejectedExecutionException e) {
            // The session is closed; what happened at the very end was not heard in time.
        }
    }

    private void call(ClientRequest request, TraceEvent event) {
        try {
            listener.on(request, event);
        } catch (Exception e) {
            LOG.error("The trace listener failed on {} of {}", event, request, e);
        }
    }

    /** What was told before is still heard. */
    @Override
    public void close() {
        thread.closeAfterTasks();
    }

    /** Waits, once it is closed, until the listener has heard the last. */
    void awaitEnd() throws InterruptedException {
        thread.awaitEnd();
    }
}
