package io.martlet.internal.wire

import io.martlet.config.TlsConfig
import io.martlet.error.ClientException.TlsException
import io.martlet.http.ClientRequest
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.Transport
import io.martlet.internal.net.WorkerThreads
import io.martlet.internal.tls.HandshakeListener
import io.martlet.internal.tls.TlsContext
import io.martlet.internal.tls.TlsContexts
import io.martlet.internal.tls.TlsHandshakeException
import io.martlet.internal.tls.TlsSession
import io.martlet.internal.tls.TlsTransport
import org.slf4j.LoggerFactory
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException

/** Makes connections secure. Handshakes are computed by threads of its own, as many as there are processors. */
internal class TlsOpener(private val config: TlsConfig, private val waits: Waits) : AutoCloseable {
    private val threads = WorkerThreads("tls", Runtime.getRuntime().availableProcessors())
    private val contexts = TlsContexts()

    @Volatile
    private var context: TlsContext? = null

    init {
        if (config.insecureSkipVerification) {
            LOG.warn("TLS certificates are not verified: anyone on the way can read and change everything")
        }
    }

    /** TLS over [below], which is closed if there is none. */
    suspend fun secure(below: Transport, request: ClientRequest, limits: ConnectLimits, trace: Trace?): Transport {
        var secured: Transport? = null
        try {
            val limit = limits.tls()
            val context = context ?: newContext(request, below.loop(), limit)
            return handshake(below, context, request, limit, trace).also { secured = it }
        } finally {
            if (secured == null) below.abort()
        }
    }

    /** Reads the trusted certificates, which takes its time. */
    private suspend fun newContext(request: ClientRequest, loop: EventLoop, limit: WaitLimit?): TlsContext =
        waits.await(request, loop, limit) { continuation ->
            threads.execute {
                val made = runCatching { contexts.get(config).also { context = it } }
                made.onSuccess { continuation.resume(it) }
                made.onFailure { continuation.resumeWithException(TlsException(request, it)) }
            }
        }

    private suspend fun handshake(
        below: Transport,
        context: TlsContext,
        request: ClientRequest,
        limit: WaitLimit?,
        trace: Trace?,
    ): Transport = waits.await(request, below.loop(), limit) { continuation ->
        val transport = TlsTransport(below, context, request.url.host(), request.url.port(), threads)
        continuation.invokeOnCancellation { transport.abort() }
        transport.handshake(
            object : HandshakeListener {
                override fun secured(session: TlsSession) {
                    trace?.secured(session)
                    continuation.resume(transport) { _, unused, _ -> unused.abort() }
                }

                override fun failed(cause: TlsHandshakeException) =
                    continuation.resumeWithException(TlsException(request, cause))
            },
        )
    }

    override fun close() {
        threads.close()
    }

    /** Waits, once it is closed, until its threads have ended. */
    fun awaitEnd() = threads.awaitEnd()

    private companion object {
        val LOG = LoggerFactory.getLogger(TlsOpener::class.java)!!
    }
}
