// Prints:
//   unread: 200
//   unread: 200
//   unread: 200
//   unread: 200
//   unread: 200
//   read late: "1" and "2"
package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** The response of a verb has its body, read or not; one from open returns its connection when it is closed. */
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
