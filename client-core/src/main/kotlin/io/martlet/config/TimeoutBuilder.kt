package io.martlet.config

import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/** The fields of [ClientTimeout] as Kotlin durations; null, zero and infinite mean no limit. */
@MartletDsl
public class TimeoutBuilder internal constructor(start: ClientTimeout) {
    /** Everything, from the call to the end of the body. */
    public var total: Duration? = start.total?.toKotlinDuration()

    /** Getting a connection: waiting for a slot, looking up the host, TCP, TLS. */
    public var connect: Duration? = start.connect?.toKotlinDuration()

    /** Opening a connection once the addresses of the host are known, TLS included. */
    public var socketConnect: Duration? = start.socketConnect?.toKotlinDuration()

    /** The longest silence of the server once the request is sent. */
    public var socketRead: Duration? = start.socketRead?.toKotlinDuration()

    /** Waiting for a slot alone. */
    public var queue: Duration? = start.queue?.toKotlinDuration()

    /** Looking up the host alone. */
    public var dns: Duration? = start.dns?.toKotlinDuration()

    /** The TLS handshake alone. */
    public var tls: Duration? = start.tls?.toKotlinDuration()

    /** The longest time in which the server accepts no byte of the request. */
    public var write: Duration? = start.write?.toKotlinDuration()

    /** From the end of the request to the first byte of the response. */
    public var firstByte: Duration? = start.firstByte?.toKotlinDuration()

    internal fun build() =
        ClientTimeout(
            total.asLimit(),
            connect.asLimit(),
            socketConnect.asLimit(),
            socketRead.asLimit(),
            queue.asLimit(),
            dns.asLimit(),
            tls.asLimit(),
            write.asLimit(),
            firstByte.asLimit(),
        )

    private fun Duration?.asLimit() = this?.takeUnless { it == Duration.INFINITE }?.toJavaDuration()
}
