package io.martlet.docs

import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectTimeoutException
import io.martlet.error.ClientException.ConnectionException
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.ContentTypeException
import io.martlet.error.ClientException.DnsException
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.ProtocolException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.ServerDisconnectedException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TimeoutException
import io.martlet.error.ClientException.TlsException
import io.martlet.error.ClientException.TooManyRedirectsException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.Phase
import io.martlet.trace.TraceEvent
import io.martlet.trace.TraceEvent.Abandoned
import io.martlet.trace.TraceEvent.Completed
import io.martlet.trace.TraceEvent.Connected
import io.martlet.trace.TraceEvent.Failed
import io.martlet.trace.TraceEvent.FirstByte
import io.martlet.trace.TraceEvent.Granted
import io.martlet.trace.TraceEvent.Head
import io.martlet.trace.TraceEvent.Interim
import io.martlet.trace.TraceEvent.Queued
import io.martlet.trace.TraceEvent.Repeated
import io.martlet.trace.TraceEvent.Resolved
import io.martlet.trace.TraceEvent.Reused
import io.martlet.trace.TraceEvent.Secured
import io.martlet.trace.TraceEvent.Sent
import io.martlet.trace.TraceEvent.Started
import io.martlet.trace.TraceEvent.Throttled

/** What an error is. */
internal fun errorRows(e: Exception): List<Boolean> = listOf(
    // row: error
    e is ClientException,
    // row: error-connection
    e is ConnectionException,
    // row: error-connector
    e is ConnectorException,
    // row: error-dns
    e is DnsException,
    // row: error-tls
    e is TlsException,
    // row: error-disconnected
    e is ServerDisconnectedException,
    // row: error-timeout
    e is TimeoutException,
    e is ConnectTimeoutException,
    e is ReadTimeoutException,
    // row: error-total
    e is TotalTimeoutException,
    // row: error-payload
    e is PayloadException,
    // row: error-status
    e is StatusException,
    // row: error-protocol
    e is ProtocolException,
    // row: error-content-type
    e is ContentTypeException,
    // row: error-redirects
    e is TooManyRedirectsException,
    // row: error-url
    e is InvalidUrlException,
    // row: error-redirect-url
    e is InvalidUrlException && e.phase() == Phase.RESPONSE,
    // row: error-closed
    e is SessionClosedException,
    // row: error-use
    e is IllegalArgumentException,
    // row: error-history
    e is ClientException && e.history().isNotEmpty(),
    // end
)

/** What an event is. */
internal fun traceRows(event: TraceEvent): List<Boolean> = listOf(
    // row: trace-start
    event is Started,
    // row: trace-sent
    event is Sent,
    // row: trace-redirect
    event is Head && event.status in 300..399,
    // row: trace-end
    event is Head,
    event is Completed,
    // row: trace-exception
    event is Failed,
    event is Abandoned,
    // row: trace-queued
    event is Queued,
    event is Granted,
    // row: trace-create
    event is Connected,
    event is Secured,
    // row: trace-reuse
    event is Reused,
    // row: trace-dns
    event is Resolved,
    // row: trace-throttled
    event is Throttled,
    // row: trace-more
    event is FirstByte,
    event is Interim,
    event is Repeated,
    // end
)
