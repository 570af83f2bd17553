package io.martlet

import io.martlet.config.ClientTimeout
import io.martlet.engine.Engine
import io.martlet.error.ClientException.ConnectorException
import io.martlet.http.Headers
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import java.io.IOException
import kotlin.time.measureTimedValue

/**
 * A million requests over one session, whose engine answers from memory, first by `gather`, then by `gatherOutcomes`,
 * where every thousandth fails. Prints what came of them, how long it took, and how much memory was in use at the end.
 */
internal object MillionRequests {
    private const val COUNT = 1_000_000

    private val fromMemory = Engine { request ->
        yield()
        val number = request.url.path().substring(1).toInt()
        if (number % 1000 == 7 &&
            request.headers.contains("X-Fail")
        ) {
            throw ConnectorException(request, IOException("refused"))
        }
        request.answered(body = memoryBody("$number"), headers = Headers.of("Content-Type", "text/plain"))
    }

    @JvmStatic
    fun main(args: Array<String>) = runBlocking(Dispatchers.Default) {
        ClientSession { engine(fromMemory) }.use { session ->
            val urls = (0 until COUNT).asSequence().map { "http://localhost/$it" }
            val (sum, gathering) = measureTimedValue {
                urls.gather { session.get(it).text().toLong() }.sum()
            }
            val (outcomes, outcoming) = measureTimedValue {
                urls.gatherOutcomes { url -> session.get(url) { headers["X-Fail"] = "1" }.bytes.size }
            }
            val inOrder = outcomes.withIndex().all { (index, outcome) ->
                outcome.index() == index.toLong() && outcome.isSuccess == (index % 1000 != 7)
            }
            println("gather: sum $sum, ${gathering.inWholeMilliseconds} ms")
            println(
                "gatherOutcomes: ${outcomes.size} in order $inOrder, ${outcomes.count { !it.isSuccess }} failures," +
                    " ${outcoming.inWholeMilliseconds} ms",
            )
            println("heap: ${usedMegabytes()} of ${Runtime.getRuntime().maxMemory() shr 20} MiB in use")
        }
    }

    private fun usedMegabytes(): Long {
        System.gc()
        return Runtime.getRuntime().run { totalMemory() - freeMemory() } shr 20
    }
}
