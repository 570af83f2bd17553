package io.martlet.internal.wire

import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectTimeoutException
import io.martlet.error.ClientException.QueueTimeoutException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import java.time.Duration

/** The limits of one request's way to a connection; its clock starts with it. */
internal class ConnectLimits(private val request: ClientRequest) {
    private val timeout = request.options.timeout
    private val start = System.nanoTime()
    private var dialStart = start

    private val total: WaitLimit? = request.deadline?.let { deadline ->
        WaitLimit(deadline.endNanos()) { TotalTimeoutException(request, deadline.limit, deadline.elapsed()) }
    }

    /** Waiting for a slot, of which [usage] tells how they are used. */
    fun queue(usage: () -> String): WaitLimit? {
        fun limit(name: String, limit: Duration?) =
            since(start, limit) { reached, elapsed -> QueueTimeoutException(request, name, reached, elapsed, usage()) }
        return nearest(limit("queue", timeout.queue), limit("connect", timeout.connect))
    }

    /** Looking up the host. */
    fun dns(): WaitLimit? = nearest(connecting(Phase.DNS, "dns", System.nanoTime(), timeout.dns), connect(Phase.DNS))

    /** Opening a connection to one of its addresses. */
    fun dial(): WaitLimit? {
        dialStart = System.nanoTime()
        return nearest(socketConnect(Phase.CONNECT), connect(Phase.CONNECT))
    }

    /** The TLS handshake. */
    fun tls(): WaitLimit? = nearest(
        connecting(Phase.TLS, "tls", System.nanoTime(), timeout.tls),
        socketConnect(Phase.TLS),
        connect(Phase.TLS),
    )

    private fun connect(phase: Phase) = connecting(phase, "connect", start, timeout.connect)

    private fun socketConnect(phase: Phase) = connecting(phase, "socketConnect", dialStart, timeout.socketConnect)

    private fun connecting(phase: Phase, name: String, start: Long, limit: Duration?) =
        since(start, limit) { reached, elapsed -> ConnectTimeoutException(phase, request, name, reached, elapsed) }

    private fun since(start: Long, limit: Duration?, error: (Duration, Duration) -> ClientException): WaitLimit? =
        limit?.let { WaitLimit(start + nanos(it)) { error(it, Duration.ofNanos(System.nanoTime() - start)) } }

    private fun nearest(vararg limits: WaitLimit?): WaitLimit? {
        val now = System.nanoTime()
        return (limits.toList() + total).filterNotNull().minByOrNull { it.dueAt - now }
    }

    private fun nanos(duration: Duration): Long = minOf(duration, LONGEST).toNanos()

    private companion object {
        val LONGEST: Duration = Duration.ofNanos(Long.MAX_VALUE / 2)
    }
}
