// Prints:
//   ✓ get: 200
//   ✗ status/404: StatusException
//   ✗ http://127.0.0.1:1/: ConnectorException
//   ✓ uuid: 200
package io.martlet.samples.guide.many

import io.martlet.ClientSession
import io.martlet.Outcome
import io.martlet.gatherOutcomes
import kotlinx.coroutines.runBlocking

/** Many URLs, some of which fail: each has an outcome, and no failure stops the others. */
fun main(args: Array<String>): Unit = runBlocking {
    val urls = listOf("get", "status/404", "http://127.0.0.1:1/", "uuid")
    ClientSession {
        baseUrl = args[0]
        raiseForStatus = true
    }.use { session ->
        val outcomes = urls.gatherOutcomes(concurrency = 10) { url -> session.get(url) }
        for ((url, outcome) in urls.zip(outcomes)) {
            when (outcome) {
                is Outcome.Success -> println("✓ $url: ${outcome.value.status}")
                is Outcome.Failure -> println("✗ $url: ${outcome.error.javaClass.simpleName}")
            }
        }
    }
}
