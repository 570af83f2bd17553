package io.martlet.samples.guide.responses

import io.martlet.ClientSession
import io.martlet.body.RequestBody
import io.martlet.config.Resolver
import io.martlet.error.ClientException
import io.martlet.http.MediaType
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import java.io.InputStream
import java.net.UnknownHostException
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration.Companion.milliseconds

/** Provokes the errors that a client can provoke; each knows the phase of the request in which it happened. */
fun main(args: Array<String>): Unit = runBlocking {
    val session = ClientSession {
        baseUrl = args[0]
        connector {
            limit = 1
            resolver = Resolver { host -> CompletableFuture.failedFuture(UnknownHostException(host)) }
        }
    }
    session.use {
        provoke { session.get("http://[/") }
        provoke { session.get("http://unknown.test/") }
        provoke { session.get("http://127.0.0.1:1/") }
        provoke { session.get(args[0].replaceFirst("http:", "https:")) }
        provoke { session.post("post") { body(RequestBody.stream(InputStream.nullInputStream(), MediaType.TEXT, 5)) } }
        provoke { session.get("delay/5") { timeout { total = 100.milliseconds } } }
        provoke { session.get("delay/5") { timeout { socketRead = 100.milliseconds } } }
        provoke { session.get("bytes/2000") { maxBufferedBody = 1000 } }
        provoke { session.get("status/404") { raiseForStatus = true } }
        provoke { session.get("redirect/12") }
        provoke { session.get("html") { requireJsonType = true }.jsonTree() }
        provoke { session.get("html").jsonTree() }

        val other = launch { session.get("delay/5") } // takes the only connection
        yield()
        provoke { session.get("get") { timeout { queue = 100.milliseconds } } }
        other.cancel()
    }
    provoke { session.get("get") }
}

private suspend fun provoke(call: suspend () -> Any) = try {
    println("no error: ${call()}")
} catch (e: ClientException) {
    println("${e.javaClass.simpleName} in phase ${e.phase()}")
}
