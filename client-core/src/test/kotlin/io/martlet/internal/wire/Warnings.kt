package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.config.TlsConfig
import io.martlet.fixture.eventually
import io.martlet.http.StreamingResponse
import io.martlet.trace.TraceListener
import kotlinx.coroutines.runBlocking

/**
 * A process that gives reasons to be warned, to the servers of bodies without end and without TLS whose URLs are its
 * arguments; see [WarningsTest].
 */
internal object Warnings {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (endless, plain) = arguments
        ClientSession().use { session ->
            runBlocking { repeat(3) { session.ask("$endless/?token=s3cret") } }
            eventually({ "${session.statistics}" }) {
                System.gc()
                session.statistics.active == 0
            }
        }
        val careless = ClientSession {
            connector {
                tls = TlsConfig.builder().insecureSkipVerification(true).build()
                traceListener = TraceListener { _, event -> error("by a listener, of $event") }
            }
        }
        careless.use { session ->
            runBlocking {
                session.ask("$endless/?token=s3cret").close()
                runCatching { session.ask("$plain/?token=s3cret".replace("http:", "https:")) }
            }
        }
        eventually({ "the listener is still told something" }) {
            Thread.getAllStackTraces().keys.none { "-trace-" in it.name }
        }
        println("done")
    }

    private suspend fun ClientSession.ask(url: String): StreamingResponse = open("GET", url) {
        headers["Authorization"] = "Bearer s3cret"
        cookies["a"] = "s3cret"
    }
}
