// Prints:
//   fine: 200
//   not found
//   too many requests, come back later
//   the server says 500
//   took longer than 100 ms
//   no secure connection
//   no connection
//   something else: TooManyRedirectsException
package io.martlet.samples.guide.errors

import io.martlet.ClientSession
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TimeoutException
import io.martlet.error.ClientException.TlsException
import io.martlet.http.ClientResponse
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.milliseconds

/** Every kind of error has a type of its own, all below ClientException: catch those you can act on. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        raiseForStatus = true
    }.use { session ->
        explain { session.get("get") }
        explain { session.get("status/404") }
        explain { session.get("status/429") }
        explain { session.get("status/500") }
        explain { session.get("delay/5") { timeout { total = 100.milliseconds } } }
        explain { session.get(args[0].replaceFirst("http:", "https:")) }
        explain { session.get("http://127.0.0.1:1/") }
        explain { session.get("redirect/12") }
    }
}

private suspend fun explain(call: suspend () -> ClientResponse) = try {
    println("fine: ${call().status}")
} catch (e: StatusException) {
    when (e.status()) {
        404 -> println("not found")
        429 -> println("too many requests, come back later")
        else -> println("the server says ${e.status()}")
    }
} catch (e: TimeoutException) {
    println("took longer than ${e.limit().toMillis()} ms")
} catch (e: TlsException) {
    println("no secure connection")
} catch (e: ConnectorException) {
    println("no connection")
} catch (e: ClientException) {
    println("something else: ${e.javaClass.simpleName}")
}
