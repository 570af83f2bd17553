package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.config.ConnectorConfig;
import io.martlet.http.ClientRequest;
import io.martlet.trace.SessionStatistics;
import io.martlet.trace.TraceEvent;
import io.martlet.trace.TraceListener;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Shows what happens to each request, step by step, and what a session has done in all. */
final class Watching implements Chapter {
    /** A word for each step. */
    private static final class Diary implements TraceListener {
        private final List<String> steps = new CopyOnWriteArrayList<>();

        @Override
        public void on(ClientRequest request, TraceEvent event) {
            steps.add(word(event));
        }

        private static String word(TraceEvent event) {
            if (event instanceof TraceEvent.Started) {
                return "started";
            }
            if (event instanceof TraceEvent.Throttled) {
                return "had its turn";
            }
            if (event instanceof TraceEvent.Queued queued) {
                return "queued (" + queued.usage() + ")";
            }
            if (event instanceof TraceEvent.Granted) {
                return "granted";
            }
            if (event instanceof TraceEvent.Resolved resolved) {
                return "resolved to " + resolved.addresses().size();
            }
            if (event instanceof TraceEvent.Connected || event instanceof TraceEvent.Secured) {
                return "connected";
            }
            if (event instanceof TraceEvent.Reused) {
                return "reused";
            }
            if (event instanceof TraceEvent.Sent || event instanceof TraceEvent.Interim) {
                return "sent";
            }
            if (event instanceof TraceEvent.FirstByte) {
                return "first byte";
            }
            if (event instanceof TraceEvent.Head head) {
                return "head " + head.status();
            }
            if (event instanceof TraceEvent.Repeated repeated) {
                return "repeated: " + repeated.because().phase();
            }
            if (event instanceof TraceEvent.Completed) {
                return "completed";
            }
            return event instanceof TraceEvent.Failed failed
                    ? "failed: " + Advice.on(failed.cause())
                    : TraceEvent.Abandoned.class.getSimpleName();
        }
    }

    @Override
    public void tell(String url, PrintStream out) {
        Diary diary = new Diary();
        ConnectorConfig watched = ConnectorConfig.builder().traceListener(diary).build();
        AsyncSession session =
                AsyncSession.builder().baseUrl(url).connector(watched).build();
        session.get("get").join();
        session.get("get").join();
        SessionStatistics done = session.statistics();
        // After the end of the session, nothing more will be reported.
        session.closeAsync().join();

        out.println(String.join(", ", diary.steps));
        out.println(done.opened() + " connection opened, " + done.reused() + " reused");
    }
}
