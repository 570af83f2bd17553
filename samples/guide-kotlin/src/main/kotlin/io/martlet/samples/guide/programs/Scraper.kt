// Prints:
//   ✓ get: 200, 181 bytes
//   ✓ status/200: 200, 0 bytes
//   ✓ status/404: 404, 0 bytes
//   ✓ delay/0.2: 200, 218 bytes
//   ✓ bytes/1024: 200, 1024 bytes
//   ✓ bytes/2048: 200, 2048 bytes
//   ✓ ip: 200, 23 bytes
//   ✓ headers: 200, 115 bytes
//   ✓ user-agent: 200, 29 bytes
//   ✗ http://127.0.0.1:1/: ConnectorException
//   success rate: 9/10
package io.martlet.samples.guide.programs

import io.martlet.ClientSession
import io.martlet.Outcome
import io.martlet.gatherOutcomes
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.seconds

private data class Page(val status: Int, val size: Int)

/** The exercise: ten URLs, three at a time, five seconds each; statuses, sizes and the rate of success. */
fun main(args: Array<String>): Unit = runBlocking {
    val urls = listOf(
        "get",
        "status/200",
        "status/404",
        "delay/0.2",
        "bytes/1024",
        "bytes/2048",
        "ip",
        "headers",
        "user-agent",
        "http://127.0.0.1:1/",
    )
    ClientSession {
        baseUrl = args[0]
        timeout { total = 5.seconds }
    }.use { session ->
        val pages = urls.gatherOutcomes(concurrency = 3) { url ->
            session.get(url).let { Page(it.status, it.bytes.size) }
        }
        for ((url, page) in urls.zip(pages)) {
            when (page) {
                is Outcome.Success -> println("✓ $url: ${page.value.status}, ${page.value.size} bytes")
                is Outcome.Failure -> println("✗ $url: ${page.error.javaClass.simpleName}")
            }
        }
        println("success rate: ${pages.count { it.isSuccess }}/${pages.size}")
    }
}
