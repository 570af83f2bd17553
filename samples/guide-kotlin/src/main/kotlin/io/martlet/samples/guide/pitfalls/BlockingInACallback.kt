// Prints:
//   8 callbacks have waited, and got 200
package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import io.martlet.gather
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

/** Code that blocks belongs on Dispatchers.IO, where it holds up no other request. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] }.use { session ->
        val statuses = (0 until 8).gather(concurrency = 8) { id ->
            session.get("get?id=$id")
            withContext(Dispatchers.IO) {
                // Waits for another request, which blocks this thread.
                runBlocking { session.get("delay/0.1").status }
            }
        }
        println("${statuses.size} callbacks have waited, and got ${statuses[0]}")
    }
}
