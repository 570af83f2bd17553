// Prints:
//   20 users, the last of them http://127.0.0.1:8080/anything/users/20
package io.martlet.samples.guide.many

import io.martlet.ClientSession
import io.martlet.batches
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.milliseconds

/** Twenty URLs in batches of five; the next batch begins when the last one is done and the pause is over. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] + "anything/" }.use { session ->
        val users = (1..20).batches(size = 5, pause = 10.milliseconds) { id -> session.get("users/$id") }
        println("${users.size} users, the last of them ${users.last().url()}")
    }
}
