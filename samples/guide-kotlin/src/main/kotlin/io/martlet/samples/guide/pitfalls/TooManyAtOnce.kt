// Prints:
//   200 of 200 over 10 connections
//   1 of 3 refused
package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import io.martlet.gatherOutcomes
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking

/** Requests beyond the limit of connections wait in order; maxQueue limits how many may wait, and refuses the others. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        connector { limit = 10 }
    }.use { session ->
        val all = (0 until 200).map { id -> async { session.get("get?id=$id") } }
        val answered = all.awaitAll().count { it.isOk }
        println("$answered of 200 over ${session.statistics.opened} connections")
    }
    ClientSession {
        baseUrl = args[0]
        connector {
            limit = 1
            maxQueue = 1
        }
    }.use { session ->
        // One is answered, one waits, and the third is a QueueFullException at once.
        val three = (1..3).gatherOutcomes { session.get("delay/1") }
        println("${three.count { !it.isSuccess }} of 3 refused")
    }
}
