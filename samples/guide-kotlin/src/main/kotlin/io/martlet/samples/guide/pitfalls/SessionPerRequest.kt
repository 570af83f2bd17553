// Prints:
//   a session for each, connections: 5
//   one session, connections: 1
package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** A session for each request opens a connection for each. Nothing leaks, since each is closed, but nothing is reused. */
fun main(args: Array<String>): Unit = runBlocking {
    var opened = 0L
    repeat(5) {
        ClientSession { baseUrl = args[0] }.use { session ->
            session.get("get")
            opened += session.statistics.opened
        }
    }
    println("a session for each, connections: $opened")

    ClientSession { baseUrl = args[0] }.use { session ->
        repeat(5) { session.get("get") }
        println("one session, connections: ${session.statistics.opened}")
    }
}
