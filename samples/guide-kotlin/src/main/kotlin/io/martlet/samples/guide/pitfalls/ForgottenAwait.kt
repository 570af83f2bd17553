package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking

/** Calls suspend until there is a response, so no wait can be forgotten; what is to go on meanwhile is asked for by async. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] }.use { session ->
        val later = async { session.get("delay/0.1") }
        println("meanwhile: ${session.get("get").status}")
        println("later: ${later.await().status}")
    }
}
