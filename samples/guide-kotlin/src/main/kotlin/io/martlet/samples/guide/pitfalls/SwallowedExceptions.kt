// Prints:
//   the first failure: GET http://127.0.0.1:8080/status/404 answered 404 Not Found
//   all failures: 2
//   a mistake of ours is not taken for one of HTTP
package io.martlet.samples.guide.pitfalls

import io.martlet.ClientSession
import io.martlet.error.ClientException
import io.martlet.gather
import io.martlet.gatherOutcomes
import kotlinx.coroutines.runBlocking

/** All failures of HTTP have one base type, so nothing else has to be caught; and none among many gets lost. */
fun main(args: Array<String>): Unit = runBlocking {
    val urls = listOf("get", "status/404", "status/500")
    ClientSession {
        baseUrl = args[0]
        raiseForStatus = true
    }.use { session ->
        try {
            urls.gather(concurrency = 1) { url -> session.get(url) }
        } catch (e: ClientException) {
            println("the first failure: ${e.message}")
        }
        val failures = urls.gatherOutcomes(concurrency = 1) { url -> session.get(url) }.count { !it.isSuccess }
        println("all failures: $failures")
        try {
            println(listOf(session.get("get"))[1])
        } catch (e: ClientException) {
            println("never printed: the mistake is in this program")
        } catch (e: IndexOutOfBoundsException) {
            println("a mistake of ours is not taken for one of HTTP")
        }
    }
}
