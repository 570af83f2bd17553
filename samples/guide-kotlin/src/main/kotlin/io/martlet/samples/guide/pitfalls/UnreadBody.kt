package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** A response of a verb has its body, read or not; one of open gives its connection back when it is closed. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        connector { limit = 1 }
    }.use { session ->
        val first = session.get("get?id=1")
        val second = session.get("get?id=2")
        repeat(5) {
            session.open("GET", "bytes/1000").use { unread -> println("unread: ${unread.status}") }
        }
        println("read late: ${first.jsonTree()["args"]["id"]} and ${second.jsonTree()["args"]["id"]}")
    }
}
