package io.martlet.ktor

import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.HttpClientEngineConfig
import io.ktor.client.engine.HttpClientEngineFactory
import io.martlet.config.ClientTimeout
import io.martlet.config.ConnectorBuilder
import io.martlet.config.ConnectorConfig
import io.martlet.config.TimeoutBuilder
import io.martlet.internal.wire.WireEngine

/**
 * Martlet's own engine for Ktor's client: pooled connections, TLS 1.3 and every limit of [ConnectorConfig] under Ktor's
 * own plugins.
 *
 * ```
 * val client = HttpClient(Martlet) {
 *     engine {
 *         connector { limitPerHost = 10 }
 *     }
 *     install(HttpTimeout) { requestTimeoutMillis = 30_000 }
 * }
 * ```
 *
 * It speaks HTTP/1.1; WebSockets, Unix sockets and proxies, those of the system too, it does not know. Nothing of a
 * session is in it: redirects, cookies, retries are the business of Ktor's plugins.
 *
 * What fails, fails with a [io.martlet.error.ClientException], but for the time limits for which Ktor has exceptions:
 * `HttpRequestTimeoutException`, `ConnectTimeoutException` and `SocketTimeoutException`, with ours as their cause.
 *
 * It must be named: unlike other engines it does not offer itself to `HttpClient()`, lest adding Martlet to a program
 * change what carries the requests of its other parts.
 */
public data object Martlet : HttpClientEngineFactory<MartletEngineConfig> {
    /**
     * A new engine with connections of its own.
     *
     * @throws IllegalArgumentException if [block] asks for a proxy, or makes no sense
     */
    override fun create(block: MartletEngineConfig.() -> Unit): HttpClientEngine {
        val config = MartletEngineConfig().apply(block)
        require(config.proxy == null) { "proxy is ${config.proxy}; Martlet's engine knows no proxies" }
        return MartletEngine(config, WireEngine(config.connector))
    }
}

/**
 * Describes an engine that [Martlet] makes.
 *
 * Of what every Ktor engine has, `dispatcher` is where bodies of requests are written; `pipelining` has no meaning here.
 */
public class MartletEngineConfig : HttpClientEngineConfig() {
    internal var connector = ConnectorConfig.DEFAULT
        private set
    internal var timeout = ClientTimeout.DEFAULT.toBuilder().total(null).build()
        private set

    /** Changes how connections are made, how many there may be and how long they are kept. */
    public fun connector(build: ConnectorBuilder.() -> Unit) {
        connector = ConnectorBuilder(connector).apply(build).build()
    }

    /** Sets how connections are made, how many there may be and how long they are kept. */
    public fun connector(settings: ConnectorConfig) {
        connector = settings
    }

    /**
     * Changes the time limits, starting from what is set: socketConnect 30 s and nothing else by default.
     *
     * What Ktor's `HttpTimeout` sets goes before them: its request timeout before `total`, its connect timeout before
     * `dns` and `socketConnect`, its socket timeout before `socketRead` and `write`. Waiting for a connection to become
     * free counts towards `total`, `connect` and `queue` only.
     */
    public fun timeout(build: TimeoutBuilder.() -> Unit) {
        timeout = TimeoutBuilder(timeout).apply(build).build()
    }

    /** Sets all time limits. */
    public fun timeout(limits: ClientTimeout) {
        timeout = limits
    }
}
