// Prints:
//   get: 200
//   503: gave up at try 3, after 2 others
//   404: would be the same again, gave up at try 1
package io.martlet.samples.guide.programs

import io.martlet.ClientSession
import io.martlet.error.ClientException.StatusException
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/** Failed requests that may be repeated are tried up to three times; the waits are random, and their limit doubles. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        raiseForStatus = true
        retry = RetryPolicy.builder()
            .maxAttempts(3)
            .firstDelay(50.milliseconds.toJavaDuration())
            .maxDelay(1.seconds.toJavaDuration())
            .build()
    }.use { session ->
        println("get: ${session.get("get").status}")
        try {
            session.get("status/503")
        } catch (e: StatusException) {
            println("503: gave up at try ${e.attempt()}, after ${e.suppressed.size} others")
        }
        try {
            session.get("status/404")
        } catch (e: StatusException) {
            println("404: would be the same again, gave up at try ${e.attempt()}")
        }
    }
}
