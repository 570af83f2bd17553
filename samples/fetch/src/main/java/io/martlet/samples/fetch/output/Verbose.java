package io.martlet.samples.fetch.output;

import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.samples.fetch.text.Printable;
import io.martlet.samples.fetch.text.Secrets;
import io.martlet.samples.fetch.trace.CallTrace;
import io.martlet.samples.fetch.trace.Hop;
import io.martlet.trace.TraceEvent;
import io.martlet.trace.TraceListener;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells what happens to requests as curl -v does: {@code *} what is done, {@code >} what is sent, {@code <} what comes. */
public final class Verbose implements TraceListener {
    private final PrintStream err;
    private final boolean showSecrets;

    public Verbose(PrintStream err, boolean showSecrets) {
        this.err = err;
        this.showSecrets = showSecrets;
    }

    @Override
    public void on(ClientRequest request, TraceEvent event) {
        CallTrace trace = request.attribute(CallTrace.OF_REQUEST);
        String mark = trace == null ? "" : "[" + (trace.index() + 1) + "] ";
        StringBuilder lines = new StringBuilder();
        describe(request, event, new Lines(mark, lines));
        err.print(lines); // at once: other threads write there too
    }

    private record Lines(String mark, StringBuilder text) {
        void add(String line) {
            text.append(mark).append(Printable.of(line)).append(System.lineSeparator());
        }
    }

    private void describe(ClientRequest request, TraceEvent event, Lines lines) {
        if (event instanceof TraceEvent.Throttled throttled) {
            lines.add("* waited for its turn for " + millis(throttled.waited()));
        } else if (event instanceof TraceEvent.Queued queued) {
            lines.add("* waits for a connection, " + queued.usage());
        } else if (event instanceof TraceEvent.Resolved resolved) {
            String addresses = resolved.addresses().stream()
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
            lines.add("* " + request.url().host() + " is " + addresses + ", " + millis(resolved.took()));
        } else if (event instanceof TraceEvent.Connected connected) {
            lines.add("* connected to " + Hop.print(connected.remote()) + ", " + millis(connected.took()));
        } else if (event instanceof TraceEvent.Secured secured) {
            lines.add("* " + secured.protocol() + ", " + secured.cipherSuite()
                    + (secured.isResumed() ? ", resumed, " : ", ") + millis(secured.took()));
        } else if (event instanceof TraceEvent.Reused reused) {
            lines.add("* uses the connection to " + Hop.print(reused.remote()) + " again");
        } else if (event instanceof TraceEvent.Sent sent) {
            lines.add("> " + request.method() + " " + shown(request.url().toString()));
            addHeaders(lines, "> ", request.headers());
            if (sent.bodyBytes() > 0) {
                lines.add("* sent a body of " + sent.bodyBytes() + " bytes");
            }
        } else if (event instanceof TraceEvent.Interim interim) {
            lines.add("< " + interim.status());
            addHeaders(lines, "< ", interim.headers());
        } else if (event instanceof TraceEvent.Head head) {
            lines.add("< " + head.status());
            addHeaders(lines, "< ", head.headers());
        } else {
            describeEnd(event, lines);
        }
    }

    private static void describeEnd(TraceEvent event, Lines lines) {
        if (event instanceof TraceEvent.Repeated) {
            lines.add("* the connection had been closed, sends it again on a new one");
        } else if (event instanceof TraceEvent.Completed completed) {
            lines.add("* " + completed.bodyBytes() + " bytes, " + millis(completed.took()) + " in all");
        } else if (event instanceof TraceEvent.Failed failed) {
            lines.add("* failed: " + failed.cause().getMessage());
        } else if (event instanceof TraceEvent.Abandoned abandoned) {
            lines.add("* given up after " + millis(abandoned.took()));
        }
    }

    private void addHeaders(Lines lines, String mark, Headers headers) {
        headers.forEach((name, value) ->
                lines.add(mark + name + ": " + (showSecrets ? value : Secrets.headerValue(name, value))));
        lines.add(mark.strip());
    }

    private String shown(String url) {
        return showSecrets ? url : Secrets.url(url);
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
