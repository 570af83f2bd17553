package io.martlet.internal.wire

import io.martlet.config.ConnectorConfig
import io.martlet.engine.Engine
import io.martlet.error.ClientException
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.internal.net.EventLoopGroup
import io.martlet.trace.SessionStatistics
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runInterruptible
import org.slf4j.LoggerFactory

/**
 * HTTP/1.1 over pooled connections: a connection from the [ConnectionPool], an [Exchange] on it, and the connection is
 * back when the response has arrived.
 */
internal class WireEngine(private val config: ConnectorConfig) : Engine {
    private val loops = EventLoopGroup(EventLoopGroup.defaultCount()) { thread, fault ->
        LOG.error("A fault on {}, which goes on", thread.name, fault)
    }
    private val waits = Waits()
    private val opener = ConnectionOpener(config, loops, waits)
    private val pool = ConnectionPool(config, opener, waits)
    private val tally = Tally()
    private val forgotten = ForgottenBodies(opener.anyLoop())
    private val tracer = config.traceListener?.let { Tracer(it) }

    override val keepsDeadlines: Boolean get() = true

    override suspend fun execute(request: ClientRequest): StreamingResponse {
        val trace = tracer?.let { Trace(request, it) }
        val first = Sending(request, tally, trace, forgotten)
        try {
            return first.over(pool.reuse(request) ?: acquire(request, trace, fresh = false))
        } catch (e: ClientException) {
            if (!config.retryStale || !first.mayRepeat(e)) throw failed(e, trace)
            tally.repeated.increment()
            trace?.repeated(e)
        }
        try {
            return Sending(request, tally, trace, forgotten).over(acquire(request, trace, fresh = true))
        } catch (e: ClientException) {
            throw failed(e, trace)
        }
    }

    private suspend fun acquire(request: ClientRequest, trace: Trace?, fresh: Boolean): WireConnection = try {
        pool.acquire(request, trace, fresh)
    } catch (e: CancellationException) {
        tally.abandoned.increment()
        trace?.abandoned()
        throw e
    }

    private fun failed(cause: ClientException, trace: Trace?): ClientException {
        tally.failed.increment()
        trace?.failed(cause)
        return cause
    }

    override val statistics: SessionStatistics get() = tally.with(pool.stats())

    override fun close() {
        pool.close()
        opener.close()
        loops.close()
        tracer?.close()
    }

    override suspend fun join() = runInterruptible(Dispatchers.IO) {
        loops.awaitEnd()
        opener.awaitEnd()
        tracer?.awaitEnd() ?: Unit
    }

    override fun toString(): String = "WireEngine($pool)"

    private companion object {
        val LOG = LoggerFactory.getLogger(WireEngine::class.java)!!
    }
}
