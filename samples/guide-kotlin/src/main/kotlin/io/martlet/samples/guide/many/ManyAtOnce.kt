// Prints:
//   http://127.0.0.1:8080/get?id=1 200
//   http://127.0.0.1:8080/delay/0.1 200
//   http://127.0.0.1:8080/get?id=2 200
//   http://127.0.0.1:8080/uuid 200
//   http://127.0.0.1:8080/get?id=3 200
//   fetched 5 in 0.12 s
package io.martlet.samples.guide.many

import io.martlet.ClientSession
import io.martlet.gather
import kotlinx.coroutines.runBlocking
import kotlin.time.DurationUnit
import kotlin.time.measureTimedValue

/** Many URLs at once; the results come in the order of the URLs, and a failure would cancel the rest. */
fun main(args: Array<String>): Unit = runBlocking {
    val urls = listOf("get?id=1", "delay/0.1", "get?id=2", "uuid", "get?id=3")
    ClientSession { baseUrl = args[0] }.use { session ->
        val (responses, time) = measureTimedValue { urls.gather { url -> session.get(url) } }
        responses.forEach { response -> println("${response.url()} ${response.status}") }
        println("fetched ${responses.size} in %.2f s".format(time.toDouble(DurationUnit.SECONDS)))
    }
}
