// Prints:
//   not asked: 404
//   asked of the response: GET http://127.0.0.1:8080/status/404 answered 404 Not Found
//   asked of the request: 503
//   asked of the session: GET http://127.0.0.1:8080/status/418 answered 418 I'm a teapot
package io.martlet.samples.guide.responses

import io.martlet.ClientSession
import io.martlet.error.ClientException.StatusException
import kotlinx.coroutines.runBlocking

/** A bad status is an error only if you ask for that: of a response, of a request, or of a session. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] }.use { session ->
        println("not asked: ${session.get("status/404").status}")
        try {
            session.get("status/404").raiseForStatus()
        } catch (e: StatusException) {
            println("asked of the response: ${e.message}")
        }
        try {
            session.get("status/503") { raiseForStatus = true }
        } catch (e: StatusException) {
            println("asked of the request: ${e.status()}")
        }
    }
    ClientSession {
        baseUrl = args[0]
        raiseForStatus = true
    }.use { strict ->
        try {
            strict.get("status/418")
        } catch (e: StatusException) {
            println("asked of the session: ${e.message}")
        }
    }
}
