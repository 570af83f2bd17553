// Prints:
//   20 one by one: 20.95 s
//   20 at once: 1.06 s
//   speed-up: 19.7
package io.martlet.samples.guide.many

import io.martlet.ClientSession
import io.martlet.gather
import kotlinx.coroutines.runBlocking
import kotlin.time.DurationUnit
import kotlin.time.measureTimedValue

/** Twenty requests of a second each, one by one and then all at once. The second argument is another delay, in seconds. */
fun main(args: Array<String>): Unit = runBlocking {
    val url = "delay/" + args.getOrElse(1) { "1" }
    ClientSession { baseUrl = args[0] }.use { session ->
        val (one, sequential) = measureTimedValue { (1..20).gather(concurrency = 1) { session.get(url) } }
        val (all, concurrent) = measureTimedValue { (1..20).gather(concurrency = 20) { session.get(url) } }

        println("${one.size} one by one: %.2f s".format(sequential.toDouble(DurationUnit.SECONDS)))
        println("${all.size} at once: %.2f s".format(concurrent.toDouble(DurationUnit.SECONDS)))
        println("speed-up: %.1f".format(sequential / concurrent))
    }
}
