// Prints:
//   second: 200
//   connections: 1
package io.martlet.samples.guide.start

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** Two requests of one session, one connection. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] }.use { session ->
        session.get("get")
        val second = session.get("headers")
        println("second: ${second.status}")
        println("connections: ${session.statistics.opened}")
    }
}
