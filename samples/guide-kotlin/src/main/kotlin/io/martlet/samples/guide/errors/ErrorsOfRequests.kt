// Prints:
//   InvalidUrlException in phase request
//   AuthenticationException in phase request
//   RequestBodyException in phase write
//   QueueFullException in phase queue
//   SessionClosedException in phase request
//   CircuitOpenException in phase request
package io.martlet.samples.guide.errors

import io.martlet.ClientSession
import io.martlet.auth.BearerTokens
import io.martlet.body.RequestBody
import io.martlet.error.ClientException
import io.martlet.http.MediaType
import io.martlet.retry.CircuitBreaker
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import java.io.IOException
import java.io.InputStream

/** Requests that cannot be sent, or may not be: each error knows the phase of the request in which it happened. */
fun main(args: Array<String>): Unit = runBlocking {
    val noTokens = BearerTokens { throw IOException("no token") }
    val missing = RequestBody.stream(InputStream.nullInputStream(), MediaType.TEXT, 5)
    val session = ClientSession {
        baseUrl = args[0]
        connector {
            limit = 1
            maxQueue = 1
        }
    }
    session.use {
        provoke { session.get("http://[/") }
        provoke { session.get("get") { auth = noTokens } }
        provoke { session.post("post") { body(missing) } }
        val first = launch { session.get("delay/5") } // takes the only connection
        yield()
        val second = launch { session.get("get") } // takes the only place to wait for it
        yield()
        provoke { session.get("get") }
        second.cancel()
        first.cancel()
    }
    provoke { session.get("get") }
    ClientSession {
        baseUrl = args[0]
        // One failure is enough for it to leave the server alone.
        use(CircuitBreaker.builder(0.5).minCalls(1).build())
    }.use { careful ->
        careful.get("status/503")
        provoke { careful.get("get") }
    }
}

private suspend fun provoke(call: suspend () -> Any) = try {
    println("no error: ${call()}")
} catch (e: ClientException) {
    println("${e.javaClass.simpleName} in phase ${e.phase()}")
}
