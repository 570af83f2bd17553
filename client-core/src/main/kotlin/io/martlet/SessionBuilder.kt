package io.martlet

import io.martlet.config.ConnectorBuilder
import io.martlet.config.ConnectorConfig
import io.martlet.config.MartletDsl
import io.martlet.config.RequestOptions
import io.martlet.config.SessionConfig
import io.martlet.cookie.CookieJar
import io.martlet.cookie.MemoryCookieJar
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.engine.Middleware
import io.martlet.http.Headers
import io.martlet.http.Url
import io.martlet.internal.middleware.CircuitBreaking
import io.martlet.internal.middleware.HedgedRequests
import io.martlet.rate.RateLimit
import io.martlet.retry.CircuitBreaker
import io.martlet.retry.Hedging
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.Json

/** Its exceptions do not quote the input, which may hold secrets. */
@OptIn(ExperimentalSerializationApi::class)
private val tolerantJson = Json {
    ignoreUnknownKeys = true
    exceptionsWithDebugInfo = false
}

/** Describes a session. Used once, by one thread. */
@MartletDsl
public class SessionBuilder internal constructor() :
    OptionsBuilder(RequestOptions.DEFAULT.toBuilder().jsonCodec(KotlinxJson(tolerantJson))) {
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

        /**
         * How many requests there are in a time, as with `rateLimit = RateLimit.perSecond(50.0).burst(10)`. Null: any number.
         * Default: null.
         */
        public var rateLimit: RateLimit? = null

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

        /** Adds [breaker] as a middleware: what is inside of it is not called where too much of it fails. */
        public fun use(breaker: CircuitBreaker) {
            use(CircuitBreaking(breaker))
        }

        /** Adds [hedging] as a middleware: what is inside of it is called once more where it takes long. */
        public fun use(hedging: Hedging) {
            use(HedgedRequests(hedging))
        }

        /** Changes how many connections there may be and how long they are kept. */
        public fun connector(build: ConnectorBuilder.() -> Unit) {
            connector = ConnectorBuilder(connector).apply(build).build()
        }

        internal fun build(): ClientSession {
            val config = SessionConfig(baseUrl?.let(Url::of), headers.build(), chosen(), connector, rateLimit)
            return ClientSession(config.withCookies(cookies), engine, middlewares, cookieJar)
        }
    }
