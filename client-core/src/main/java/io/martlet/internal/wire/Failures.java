package io.martlet.internal.wire;

import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ConnectionException;
import io.martlet.error.ClientException.PayloadException;
import io.martlet.error.ClientException.ProtocolException;
import io.martlet.error.ClientException.ServerDisconnectedException;
import io.martlet.error.ClientException.TlsException;
import io.martlet.error.ClientException.TruncatedBodyException;
import io.martlet.error.Phase;
import io.martlet.http.ClientRequest;
import io.martlet.internal.http1.Http1Fault;
import io.martlet.internal.tls.TlsHandshakeException;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one table from what goes wrong on a connection to what users are told. */
final class Failures {
    private Failures() {}

    /** What the server sent cannot be read, or ended too early, perhaps because of {@code broken}. */
    static ClientException of(Exchange exchange, Http1Fault fault, @Nullable IOException broken) {
        ClientRequest request = exchange.request();
        return switch (fault.kind()) {
            case CLOSED_BEFORE_HEAD, CLOSED_AMID_HEAD ->
                broken == null
                        ? new ServerDisconnectedException(request, new EOFException(fault.getMessage()))
                        : brokenBeforeHead(exchange, broken);
            case TRUNCATED_BODY ->
                new TruncatedBodyException(
                        request, fault.expected(), fault.received(), broken == null ? fault : broken);
            case MALFORMED, LIMIT ->
                exchange.hasHead()
                        ? new PayloadException(request, "the body cannot be read: " + fault.getMessage(), fault)
                        : new ProtocolException(request, String.valueOf(fault.getMessage()), fault);
        };
    }

    private static ClientException brokenBeforeHead(Exchange exchange, IOException broken) {
        if (broken instanceof TlsHandshakeException) {
            // A TLS 1.3 server judges the client's certificate when the client takes the handshake for done.
            return new TlsException(exchange.request(), broken);
        }
        return exchange.isStuckInSending()
                ? new ConnectionException(Phase.WRITE, exchange.request(), broken)
                : new ServerDisconnectedException(exchange.request(), broken);
    }

    /** Decoding was given up for no fault of the server's, and the connection with it. */
    static ClientException unreadable(Exchange exchange, @Nullable IOException broken, long received) {
        IOException cause = broken == null ? new EOFException("the response could not be read") : broken;
        return exchange.hasHead()
                ? brokenAmidBody(exchange, cause, received)
                : new ServerDisconnectedException(exchange.request(), cause);
    }

    /** The body ended with the connection, as it should, but the connection broke. */
    static ClientException brokenAmidBody(Exchange exchange, IOException broken, long received) {
        return new TruncatedBodyException(exchange.request(), -1, received, broken);
    }

    /** The reader closed the body. */
    static ClientException closedByReader(ClientRequest request) {
        return new PayloadException(request, "the body was closed before it was read to its end", null);
    }
}
