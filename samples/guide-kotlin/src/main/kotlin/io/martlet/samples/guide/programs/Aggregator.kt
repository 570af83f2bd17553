// Prints:
//   fetched 3 of 5
//   ip: [origin]
//   uuid: [uuid]
//   status/503: StatusException
//   user-agent: [user-agent]
//   html: JsonException
package io.martlet.samples.guide.programs

import io.martlet.ClientSession
import io.martlet.Outcome
import io.martlet.body.JsonValue
import io.martlet.gatherOutcomes
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.seconds

fun main(args: Array<String>): Unit = runBlocking {
    val sources = listOf("ip", "uuid", "status/503", "user-agent", "html")
    Aggregator(args[0]).use { aggregator ->
        val results = aggregator.fetch(sources)
        println("fetched ${results.count { it.isSuccess }} of ${sources.size}")
        for ((source, result) in sources.zip(results)) {
            when (result) {
                is Outcome.Success -> println("$source: ${result.value.fields().keys}")
                is Outcome.Failure -> println("$source: ${result.error.javaClass.simpleName}")
            }
        }
    }
}

/** Combines several sources; when some of them fail, the others still count. */
class Aggregator(url: String) : AutoCloseable {
    private val session = ClientSession {
        baseUrl = url
        timeout { total = 10.seconds }
        connector {
            limit = 20
            limitPerHost = 5
        }
        raiseForStatus = true
    }

    suspend fun fetch(sources: List<String>): List<Outcome<JsonValue>> =
        sources.gatherOutcomes(concurrency = 5) { source -> session.get(source).jsonTree() }

    override fun close() = session.close()
}
