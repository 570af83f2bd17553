// Prints:
//   five to a host: 20 responses over 5 connections
//   none kept: 20 responses over 20 connections
package io.martlet.samples.guide.settings

import io.martlet.ClientSession
import io.martlet.gather
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** How many connections a session may have, how many to one host, and how long they are kept. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        connector {
            limit = 50
            limitPerHost = 5
            keepAlive = 30.seconds
            dnsTtl = 5.minutes
        }
    }.use { print("five to a host", it) }
    ClientSession {
        baseUrl = args[0]
        connector { forceClose = true }
    }.use { print("none kept", it) }
}

private suspend fun print(title: String, session: ClientSession) {
    val statuses = (1..20).gather(concurrency = 20) { session.get("delay/0.05").status }
    println("$title: ${statuses.size} responses over ${session.statistics.opened} connections")
}
