package io.martlet

import io.martlet.auth.Authentication
import io.martlet.body.JsonCodec
import io.martlet.config.ClientTimeout
import io.martlet.config.ConnectorBuilder
import io.martlet.config.ConnectorConfig
import io.martlet.config.MartletDsl
import io.martlet.config.RedirectFilter
import io.martlet.config.RequestOptions
import io.martlet.config.SessionConfig
import io.martlet.config.TimeoutBuilder
import io.martlet.cookie.CookieJar
import io.martlet.cookie.MemoryCookieJar
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.engine.Middleware
import io.martlet.http.Headers
import io.martlet.http.Url
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.Json

/** Its exceptions do not quote the input, which may hold secrets. */
@OptIn(ExperimentalSerializationApi::class)
private val tolerantJson = Json {
    ignoreUnknownKeys = true
    exceptionsWithDebugInfo = false
}

/** Describes a session; used once, by one thread. */
@MartletDsl
public class SessionBuilder internal constructor() {
    private var timeout = ClientTimeout.DEFAULT
    private var connector = ConnectorConfig.DEFAULT
    private val middlewares = mutableListOf<Middleware>()

    /** What relative URLs are resolved against; absolute, its path ends in "/". Default: null, relative URLs are refused. */
    public var baseUrl: String? = null

    /** Fields that every request starts with. Credentials among them go to the origin of [baseUrl] only. */
    public val headers: Headers.Builder = Headers.builder()

    /**
     * Names and values of cookies that every request starts with: `cookies["theme"] = "dark"`. They go to the origin of
     * [baseUrl] only, where there is one; cookies of their names in [cookieJar] go in their place.
     */
    public val cookies: MutableMap<String, String> = linkedMapOf()

    /** Where cookies are kept. Default: a [MemoryCookieJar] of the session's own; [CookieJar.NONE] keeps none. */
    public var cookieJar: CookieJar = MemoryCookieJar()

    /** Whether a status of 400 or above is an error. Default: false. */
    public var raiseForStatus: Boolean = RequestOptions.DEFAULT.raiseForStatus

    /** Whether redirects are followed. Default: true. */
    public var followRedirects: Boolean = RequestOptions.DEFAULT.followRedirects

    /** How many redirects are followed; one more is an error. Default: 10. */
    public var maxRedirects: Int = RequestOptions.DEFAULT.maxRedirects

    /** Whether redirects from https to http are followed, without credentials; otherwise one is an error. Default: true. */
    public var followDowngrades: Boolean = RequestOptions.DEFAULT.followDowngrades

    /** Sees each redirect before it is followed, and may refuse it. Default: it refuses none. */
    public var redirectFilter: RedirectFilter = RedirectFilter.ALL

    /** Whether a body is read as JSON only if its `Content-Type` says that it is. Default: false. */
    public var requireJsonType: Boolean = RequestOptions.DEFAULT.requireJsonType

    /** Longest response body in bytes that is held in memory, 0 for no limit. Default: 64 MiB. */
    public var maxBufferedBody: Long = RequestOptions.DEFAULT.maxBufferedBody

    /** Whether compressed responses are asked for and decoded; see [RequestOptions.decompress]. Default: true. */
    public var decompress: Boolean = RequestOptions.DEFAULT.decompress

    /** How objects become JSON and back. Default: [KotlinxJson], which ignores keys that a class does not have. */
    public var jsonCodec: JsonCodec = KotlinxJson(tolerantJson)

    /** Who is asking, at the origin of [baseUrl] or else of the first request; see [Authentication]. Default: null, nobody. */
    public var auth: Authentication? = null

    /** What carries the requests. Default: [wire]. */
    public var engine: EngineFactory = wire()

    /** Lets the requests be carried by [instance], which the session closes with itself. */
    public fun engine(instance: Engine) {
        engine = EngineFactory { instance }
    }

    /** Adds [middleware] inside those added before; it sees every hop of every request. */
    public fun use(middleware: Middleware) {
        middlewares += middleware
    }

    /** Changes the time limits, starting from what is set: total 300 s and socketConnect 30 s by default. */
    public fun timeout(build: TimeoutBuilder.() -> Unit) {
        timeout = TimeoutBuilder(timeout).apply(build).build()
    }

    /** Sets all time limits. */
    public fun timeout(limits: ClientTimeout) {
        timeout = limits
    }

    /** Changes how many connections there may be and how long they are kept. */
    public fun connector(build: ConnectorBuilder.() -> Unit) {
        connector = ConnectorBuilder(connector).apply(build).build()
    }

    internal fun build(): ClientSession {
        val options = RequestOptions(
            timeout,
            followRedirects,
            maxRedirects,
            raiseForStatus,
            maxBufferedBody,
            jsonCodec,
            decompress,
            auth,
            followDowngrades,
            redirectFilter,
            requireJsonType,
        )
        val config = SessionConfig(baseUrl?.let(Url::of), headers.build(), options, connector)
        return ClientSession(config.withCookies(cookies), engine, middlewares, cookieJar)
    }
}
