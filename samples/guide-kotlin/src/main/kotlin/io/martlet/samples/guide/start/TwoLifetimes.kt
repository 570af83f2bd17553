// Prints:
//   streamed: 3 lines
//   kept: http://127.0.0.1:8080/get
//   too late: The session is closed
package io.martlet.samples.guide.start

import io.martlet.ClientSession
import io.martlet.error.ClientException.SessionClosedException
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.runBlocking

/** A session and a streamed response live until they are closed; the response of a verb is a value, and stays. */
fun main(args: Array<String>): Unit = runBlocking {
    val session = ClientSession { baseUrl = args[0] }
    val kept = session.use {
        // Only what open returns holds a connection.
        session.open("GET", "stream/3").use { streamed ->
            println("streamed: ${streamed.body.lines().count()} lines")
        }
        session.get("get")
    }
    println("kept: ${kept.jsonTree()["url"].asText()}")
    try {
        session.get("get")
    } catch (e: SessionClosedException) {
        println("too late: ${e.message}")
    }
}
