// Prints:
//   meanwhile: 200
//   later: 200
package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking

/** A call suspends until it has a response, so there is no await to forget; what should run meanwhile is started by async. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] }.use { session ->
        val later = async { session.get("delay/0.1") }
        println("meanwhile: ${session.get("get").status}")
        println("later: ${later.await().status}")
    }
}
