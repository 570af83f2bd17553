package io.martlet.docs

import io.martlet.ClientSession
import io.martlet.KotlinxJson
import io.martlet.config.Limits
import io.martlet.config.TlsConfig
import io.martlet.config.TrustedCertificates
import io.martlet.engine.Middleware
import io.martlet.http.ClientResponse
import io.martlet.rate.RateLimit
import io.martlet.retry.RetryPolicy
import io.martlet.testing.ScriptedEngine
import io.martlet.trace.TraceListener
import kotlinx.serialization.json.Json
import java.nio.file.Path
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** What a session is told when it is made. */
internal fun sessionRows(engine: ScriptedEngine, log: Middleware, listener: TraceListener): ClientSession =
    ClientSession {
        engine(engine)
        // row: base-url
        baseUrl = "https://api.example.com/v1/"
        // row: session-headers
        headers["X-Client"] = "reports/1.0"
        // row: session-cookies
        cookies["theme"] = "dark"
        // row: skip-auto-headers
        skipAutoHeaders("User-Agent")
        // row: timeout
        timeout {
            total = 60.seconds
            socketRead = 10.seconds
        }
        // row: raise-session
        raiseForStatus = true
        // row: limits
        connector {
            limit = 200
            limitPerHost = 10
            keepAlive = 30.seconds
        }
        // row: dns-ttl
        connector { dnsTtl = 5.minutes }
        // row: header-limits
        connector { limits = Limits.builder().maxHeaderLine(16_384).build() }
        // row: json-codec
        jsonCodec = KotlinxJson(Json { encodeDefaults = true })
        // row: decompress
        decompress = false
        // row: retry
        retry = RetryPolicy.of(3)
        // row: rate-limit
        rateLimit = RateLimit.perSecond(50.0).burst(10)
        // row: trace
        connector { traceListener = listener }
        // row: middlewares
        use(log)
        // end
    }

/** Trusts the authority in a file. */
internal fun trusting(ca: Path): ClientSession = ClientSession {
    // row: tls
    connector { tls = TlsConfig.builder().trust(TrustedCertificates.pem(ca)).build() }
    // end
}

/** A session for one request, text in a charset that nobody declared, and the end of a session. */
internal suspend fun oneRequest(session: ClientSession, response: ClientResponse, url: String): List<Any> {
    // row: one-request
    val text = ClientSession().use { it.get(url).text() }
    // row: fallback-charset
    val western = response.text(charset("windows-1252"))
    // row: close
    session.close()
    // end
    return listOf(text, western, session.isClosed)
}
