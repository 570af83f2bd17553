package io.martlet.samples.guide.responses

import io.martlet.ClientSession
import io.martlet.error.ClientException.StatusException
import kotlinx.coroutines.runBlocking

/** A status is no error unless one asks for it: for a response, a request, or a session. */
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
