// Prints:
//   completed: 50 of 50
package io.martlet.samples.guide.many

import io.martlet.ClientSession
import io.martlet.gatherOutcomes
import kotlinx.coroutines.runBlocking

/** Fifty URLs, ten at a time: the limit is a parameter, no semaphore is needed. */
fun main(args: Array<String>): Unit = runBlocking {
    val urls = (0 until 50).map { page -> "get?page=$page" }
    ClientSession { baseUrl = args[0] }.use { session ->
        val outcomes = urls.gatherOutcomes(concurrency = 10) { url -> session.get(url) }
        println("completed: ${outcomes.count { it.isSuccess }} of ${outcomes.size}")
    }
}
