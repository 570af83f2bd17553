package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** A session for each request means a connection for each; nothing leaks, as each is closed, but all are opened anew. */
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
