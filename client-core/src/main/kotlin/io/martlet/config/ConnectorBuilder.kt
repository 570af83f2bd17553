package io.martlet.config

import io.martlet.trace.TraceListener
import java.net.InetSocketAddress
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/** The fields of [ConnectorConfig], which documents each. */
@MartletDsl
public class ConnectorBuilder internal constructor(private val start: ConnectorConfig) {
    /** Most connections at once, idle ones included, 0 for no limit. */
    public var limit: Int = start.limit

    /** Most connections at once to one scheme, host and port, 0 for no limit. */
    public var limitPerHost: Int = start.limitPerHost

    /** How long an idle connection is kept; zero means not at all. */
    public var keepAlive: Duration = start.keepAlive.toKotlinDuration()

    /** Most requests that wait for a connection at once, 0 for no limit. */
    public var maxQueue: Int = start.maxQueue

    /** How long after its opening a connection may be given to another request; zero for no limit. */
    public var maxAge: Duration = start.maxAge.toKotlinDuration()

    /** Whether each connection serves one request only. */
    public var forceClose: Boolean = start.forceClose

    /** Whether a request is sent once more when a kept connection turns out to have been closed. */
    public var retryStale: Boolean = start.retryStale

    /** How TLS connections are made. */
    public var tls: TlsConfig = start.tls

    /** How much of a response's head and framing is taken. */
    public var limits: Limits = start.limits

    /** Who looks up hosts. */
    public var resolver: Resolver = start.resolver

    /** How long the addresses of a host are used before it is looked up again; zero: for one connection. */
    public var dnsTtl: Duration = start.dnsTtl.toKotlinDuration()

    /** Which addresses of a host are used, and which first. */
    public var addressFamily: AddressFamily = start.addressFamily

    /** Where connections start; null: the system chooses. */
    public var localAddress: InetSocketAddress? = start.localAddress

    /** Asked about each address right before connecting to it; null accepts all. */
    public var addressFilter: ((InetSocketAddress) -> Boolean)? = start.addressFilter?.let { it::test }

    /** Is told what happens to each request on its way; null: nobody is. */
    public var traceListener: TraceListener? = start.traceListener

    internal fun build() = start.toBuilder()
        .limit(limit)
        .limitPerHost(limitPerHost)
        .keepAlive(keepAlive.toJavaDuration())
        .maxQueue(maxQueue)
        .maxAge(maxAge.toJavaDuration())
        .forceClose(forceClose)
        .retryStale(retryStale)
        .tls(tls)
        .limits(limits)
        .resolver(resolver)
        .dnsTtl(dnsTtl.toJavaDuration())
        .addressFamily(addressFamily)
        .localAddress(localAddress)
        .addressFilter(addressFilter)
        .traceListener(traceListener)
        .build()
}
