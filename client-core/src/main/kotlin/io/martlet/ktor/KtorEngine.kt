@file:JvmName("KtorEngines")

package io.martlet.ktor

import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.request.prepareRequest
import io.ktor.client.statement.bodyAsChannel
import io.martlet.config.ConnectorConfig
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.job
import kotlinx.coroutines.runInterruptible
import java.net.InetAddress

/**
 * Carries requests over any Ktor client engine.
 *
 * What the carrier cannot do, this cannot either: see the table of engines in the README. The limits of
 * [ConnectorConfig] are kept here, as one slot for each request until its body is read; `keepAlive` is the carrier's.
 * No Ktor plugin is involved.
 *
 * @param carrier closed with this engine
 */
public class KtorEngine(private val carrier: HttpClientEngine, connector: ConnectorConfig) : Engine {
    private val client = HttpClient(carrier) {
        followRedirects = false
        expectSuccess = false
    }
    private val slots = ConnectionSlots(connector)
    private val calls = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    @Volatile
    private var closed = false

    override suspend fun execute(request: ClientRequest): StreamingResponse {
        val watch = CallWatch(request, slots) { closed }
        // The call lives in a coroutine of its own until its body is done: Ktor ends a call with its block.
        // What it throws reaches us through the watch; "async" keeps it from the uncaught exception handler.
        val call = calls.async { slots.use(request.url) { carry(request, watch) } }
        call.invokeOnCompletion { cause -> watch.ended(cause) }
        var handedOver = false
        try {
            val head = watch.awaitHead()
            return streamingResponse(request, head.response, KtorBody(head, watch, call)).also { handedOver = true }
        } finally {
            if (!handedOver) call.cancel()
        }
    }

    private suspend fun carry(request: ClientRequest, watch: CallWatch) {
        watch.slotTaken()
        client.prepareRequest(ktorRequest(request, watch)).execute { response ->
            watch.headArrived(CallWatch.Head(response, response.bodyAsChannel()))
            watch.awaitBodyEnd()
        }
    }

    override fun close() {
        closed = true
        calls.cancel()
        client.close()
        carrier.close()
    }

    override suspend fun join() {
        calls.coroutineContext.job.join()
        carrier.coroutineContext[Job]?.join()
    }

    override fun toString(): String = "KtorEngine(${carrier::class.simpleName}, $slots)"
}

/**
 * Stock Ktor CIO as a session's engine: HTTP/1.1, a new connection for each request, TLS up to 1.2.
 *
 * CIO's own limits are off, the 15 s for a whole call among them; the session's apply.
 */
public fun cio(): EngineFactory = EngineFactory { connector -> KtorEngine(stockCio(), connector) }

/** Any Ktor engine as a session's engine; it is closed with the session. */
public fun ktor(carrier: HttpClientEngine): EngineFactory = EngineFactory { KtorEngine(carrier, it) }

private fun stockCio(): HttpClientEngine = CIO.create {
    requestTimeout = 0
    maxConnectionsCount = Int.MAX_VALUE
    endpoint.maxConnectionsPerRoute = Int.MAX_VALUE
    endpoint.connectTimeout = HttpTimeoutConfig.INFINITE_TIMEOUT_MS
    // CIO's own look-up cannot be cancelled, and asks for the name of an address literal.
    dnsResolver = { host ->
        runInterruptible(Dispatchers.IO) { InetAddress.getAllByName(host).map { it.hostAddress } }
    }
}
