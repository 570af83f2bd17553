package io.martlet.internal.wire

import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.DnsException
import io.martlet.http.ClientRequest
import io.martlet.http.Url
import io.martlet.internal.net.ConnectListener
import io.martlet.internal.net.DialException
import io.martlet.internal.net.Dialer
import io.martlet.internal.net.DnsCache
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.EventLoopGroup
import io.martlet.internal.net.HappyEyeballs
import io.martlet.internal.net.Transport
import io.martlet.internal.net.WorkerThreads
import java.io.IOException
import java.net.InetAddress
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException

/** Opens connections: looks up the host, connects to one of its addresses, makes the connection secure. */
internal class ConnectionOpener(
    config: ConnectorConfig,
    private val loops: EventLoopGroup,
    private val waits: Waits,
) : AutoCloseable {
    private val threads = WorkerThreads("dns", WorkerThreads.MOST_LOOKUPS)
    private val tls = TlsOpener(config.tls, waits)
    private val dns = DnsCache(config.resolver, threads, config.dnsTtl)
    private val race = HappyEyeballs(
        Dialer(config.localAddress, config.addressFilter),
        threads,
        config.addressFamily,
        HappyEyeballs.STAGGER_NANOS,
    )

    /** A loop for what has no connection yet. */
    fun anyLoop(): EventLoop = loops.next()

    /** A connection for [request], not started yet; each step within its [limits]. */
    suspend fun open(request: ClientRequest, limits: ConnectLimits, trace: Trace?): Transport {
        val loop = loops.next()
        trace?.begin()
        val addresses = resolve(request, loop, limits)
        trace?.resolved(addresses)
        val transport = dial(request, addresses, loop, limits)
        trace?.connected(transport)
        return if (request.url.isSecure) tls.secure(transport, request, limits, trace) else transport
    }

    private suspend fun resolve(request: ClientRequest, loop: EventLoop, limits: ConnectLimits): List<InetAddress> {
        val answer = dns.resolve(request.url.host())
        return waits.await(request, loop, limits.dns()) { continuation ->
            answer.whenComplete { addresses, error ->
                if (error == null) {
                    continuation.resume(addresses)
                } else {
                    continuation.resumeWithException(DnsException(request, error))
                }
            }
            continuation.invokeOnCancellation { answer.cancel(false) }
        }
    }

    private suspend fun dial(
        request: ClientRequest,
        addresses: List<InetAddress>,
        loop: EventLoop,
        limits: ConnectLimits,
    ): Transport = waits.await(request, loop, limits.dial()) { continuation ->
        val attempt = race.connect(
            loop,
            addresses,
            request.url.port(),
            object : ConnectListener {
                override fun connected(transport: Transport) =
                    continuation.resume(transport) { _, unused, _ -> unused.abort() }

                override fun failed(cause: IOException) =
                    continuation.resumeWithException(ConnectorException(request, plain(cause, request.url)))
            },
        )
        continuation.invokeOnCancellation { attempt.cancel() }
    }

    /** Without the address in front, where that is the host of the URL and said already. */
    private fun plain(cause: IOException, url: Url): Throwable {
        val isSaid = cause is DialException && cause.message.orEmpty().startsWith("${url.host()}:${url.port()}: ")
        return cause.cause?.takeIf { isSaid } ?: cause
    }

    override fun close() {
        dns.close()
        tls.close()
        threads.close()
    }

    /** Waits, once it is closed, until its threads have ended. */
    fun awaitEnd() {
        tls.awaitEnd()
        threads.awaitEnd()
    }
}
