package io.martlet

import com.sun.management.OperatingSystemMXBean
import io.martlet.fixture.usedHeap
import io.martlet.rate.RateLimit
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.lang.management.ManagementFactory
import java.util.concurrent.atomic.AtomicInteger

/**
 * A great many URLs of one server by `gather`, with retries and a rate limit that is never reached, and the same number by
 * plain loops without either: what the parts for bulk work cost. Both make rounds in turn; the first of each is not counted.
 *
 * Arguments: the server's URL, how many requests in all for each of the two (1,000,000), how many at once (64).
 */
internal object BulkRequests {
    private const val ROUNDS = 10
    private val system = ManagementFactory.getOperatingSystemMXBean() as OperatingSystemMXBean

    private class Round(val perSecond: Double, val cpuMicros: Double, val heapMiB: Long)

    @JvmStatic
    fun main(args: Array<String>) {
        val requests = (args.getOrNull(1)?.toInt() ?: 1_000_000) / ROUNDS
        val atOnce = args.getOrNull(2)?.toInt() ?: 64
        runBlocking(Dispatchers.Default) {
            ClientSession { connector { limit = atOnce } }.use { plain ->
                ClientSession {
                    connector { limit = atOnce }
                    retry = RetryPolicy.of(3)
                    rateLimit = RateLimit.perSecond(1e6).burst(1000)
                }.use { bulk -> compare(args[0], requests, atOnce, plain, bulk) }
            }
        }
    }

    private suspend fun compare(url: String, requests: Int, atOnce: Int, plain: ClientSession, bulk: ClientSession) {
        val loops = mutableListOf<Round>()
        val gathers = mutableListOf<Round>()
        repeat(ROUNDS + 1) { round ->
            loops += measure(requests) { loop(plain, url, requests, atOnce) }
            gathers += measure(requests) { gather(bulk, url, requests, atOnce, round) }
        }
        report("plain loops", loops.drop(1))
        report("gather, retry, rate limit", gathers.drop(1))
        val rate = median(gathers.drop(1)) { it.perSecond } / median(loops.drop(1)) { it.perSecond }
        val cpu = median(gathers.drop(1)) { it.cpuMicros } / median(loops.drop(1)) { it.cpuMicros }
        println("%.3f times the requests/s, %.3f times the CPU time".format(rate, cpu))
    }

    private suspend fun measure(requests: Int, run: suspend () -> Unit): Round {
        val start = System.nanoTime()
        val cpu = system.processCpuTime
        run()
        val seconds = (System.nanoTime() - start) / 1e9
        return Round(requests / seconds, (system.processCpuTime - cpu) / 1e3 / requests, usedHeap() shr 20)
    }

    private suspend fun loop(session: ClientSession, url: String, requests: Int, atOnce: Int) = coroutineScope {
        val next = AtomicInteger()
        repeat(atOnce) {
            launch {
                while (true) {
                    val number = next.getAndIncrement()
                    if (number >= requests) break
                    check(session.get("$url?n=$number").status == 200)
                }
            }
        }
    }

    private suspend fun gather(session: ClientSession, url: String, requests: Int, atOnce: Int, round: Int) {
        val first = round * requests
        val urls = generateSequence(first) { it + 1 }.take(requests).map { "$url?n=$it" }
        val statuses = withContext(Dispatchers.Default) { urls.gather(atOnce) { session.get(it).status } }
        check(statuses.size == requests && statuses.all { it == 200 })
    }

    private fun median(rounds: List<Round>, of: (Round) -> Double) = rounds.map(of).sorted()[rounds.size / 2]

    private fun report(what: String, rounds: List<Round>) {
        val rate = median(rounds) { it.perSecond }
        val cpu = median(rounds) { it.cpuMicros }
        val heap = "${rounds.first().heapMiB} MiB after the first round, ${rounds.last().heapMiB} after the last"
        println("%-26s %,9.0f requests/s, %5.2f us of CPU time a request, heap %s".format(what, rate, cpu, heap))
    }
}
