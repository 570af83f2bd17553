package io.martlet.docs;

import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ConnectTimeoutException;
import io.martlet.error.ClientException.ConnectionException;
import io.martlet.error.ClientException.ConnectorException;
import io.martlet.error.ClientException.ContentTypeException;
import io.martlet.error.ClientException.DnsException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.ClientException.PayloadException;
import io.martlet.error.ClientException.ProtocolException;
import io.martlet.error.ClientException.ReadTimeoutException;
import io.martlet.error.ClientException.ServerDisconnectedException;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.error.ClientException.StatusException;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.error.ClientException.TlsException;
import io.martlet.error.ClientException.TooManyRedirectsException;
import io.martlet.error.ClientException.TotalTimeoutException;
import io.martlet.error.Phase;
import io.martlet.trace.TraceEvent;
import io.martlet.trace.TraceEvent.Abandoned;
import io.martlet.trace.TraceEvent.Completed;
import io.martlet.trace.TraceEvent.Connected;
import io.martlet.trace.TraceEvent.Failed;
import io.martlet.trace.TraceEvent.FirstByte;
import io.martlet.trace.TraceEvent.Granted;
import io.martlet.trace.TraceEvent.Head;
import io.martlet.trace.TraceEvent.Interim;
import io.martlet.trace.TraceEvent.Queued;
import io.martlet.trace.TraceEvent.Repeated;
import io.martlet.trace.TraceEvent.Resolved;
import io.martlet.trace.TraceEvent.Reused;
import io.martlet.trace.TraceEvent.Secured;
import io.martlet.trace.TraceEvent.Sent;
import io.martlet.trace.TraceEvent.Started;
import io.martlet.trace.TraceEvent.Throttled;
import java.util.List;

/** What an error is, and what an event. */
final class JavaErrors {
    private JavaErrors() {}

    static List<Boolean> errors(Exception e) {
        return List.of(
                // row: error
                e instanceof ClientException,
                // row: error-connection
                e instanceof ConnectionException,
                // row: error-connector
                e instanceof ConnectorException,
                // row: error-dns
                e instanceof DnsException,
                // row: error-tls
                e instanceof TlsException,
                // row: error-disconnected
                e instanceof ServerDisconnectedException,
                // row: error-timeout
                e instanceof TimeoutException,
                e instanceof ConnectTimeoutException,
                e instanceof ReadTimeoutException,
                // row: error-total
                e instanceof TotalTimeoutException,
                // row: error-payload
                e instanceof PayloadException,
                // row: error-status
                e instanceof StatusException,
                // row: error-protocol
                e instanceof ProtocolException,
                // row: error-content-type
                e instanceof ContentTypeException,
                // row: error-redirects
                e instanceof TooManyRedirectsException,
                // row: error-url
                e instanceof InvalidUrlException,
                // row: error-redirect-url
                e instanceof InvalidUrlException bad && bad.phase() == Phase.RESPONSE,
                // row: error-closed
                e instanceof SessionClosedException,
                // row: error-use
                e instanceof IllegalArgumentException,
                // row: error-history
                e instanceof ClientException failed && !failed.history().isEmpty()
                // end
                );
    }

    static List<Boolean> events(TraceEvent event) {
        return List.of(
                // row: trace-start
                event instanceof Started,
                // row: trace-sent
                event instanceof Sent,
                // row: trace-redirect
                event instanceof Head head && head.status() / 100 == 3,
                // row: trace-end
                event instanceof Head,
                event instanceof Completed,
                // row: trace-exception
                event instanceof Failed,
                event instanceof Abandoned,
                // row: trace-queued
                event instanceof Queued,
                event instanceof Granted,
                // row: trace-create
                event instanceof Connected,
                event instanceof Secured,
                // row: trace-reuse
                event instanceof Reused,
                // row: trace-dns
                event instanceof Resolved,
                // row: trace-throttled
                event instanceof Throttled,
                // row: trace-more
                event instanceof FirstByte,
                event instanceof Interim,
                event instanceof Repeated
                // end
                );
    }
}
