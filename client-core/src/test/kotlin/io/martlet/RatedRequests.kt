package io.martlet

import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.rate.RateLimit
import kotlinx.coroutines.runBlocking
import java.util.concurrent.ConcurrentLinkedQueue

/**
 * Sends requests by a rate limit to a server of this JVM, and prints at which rate it counted them. Arguments: how many
 * (1000), how many a second (50), burst (10).
 */
internal object RatedRequests {
    @JvmStatic
    fun main(args: Array<String>) = runBlocking {
        val requests = args.getOrNull(0)?.toInt() ?: 1000
        val rate = args.getOrNull(1)?.toDouble() ?: 50.0
        val burst = args.getOrNull(2)?.toInt() ?: 10
        val arrivals = ConcurrentLinkedQueue<Long>()
        LocalServer().use { server ->
            server.on("/") {
                arrivals += System.nanoTime()
                Reply.text("ok")
            }
            ClientSession {
                rateLimit = RateLimit.perSecond(rate).burst(burst)
                connector { limit = 20 }
            }.use { session ->
                session.get(server.url("/")) // what is loaded only once is loaded now
                (1..requests).gather(concurrency = 100) { session.get(server.url("/")).status }
            }
        }
        report(arrivals.drop(1).sorted(), rate, burst)
    }

    private fun report(arrivals: List<Long>, rate: Double, burst: Int) {
        val seconds = (arrivals.last() - arrivals.first()) / 1e9
        val counted = arrivals.size / seconds
        var from = 0
        val most = arrivals.indices.maxOf { to ->
            while (arrivals[to] - arrivals[from] >= 1_000_000_000) from++
            to - from + 1
        }
        val share = (counted / rate - 1) * 100
        println("limit: $rate requests/s, burst $burst")
        println("%,d requests in %.2f s: %.2f requests/s, %+.2f %%".format(arrivals.size, seconds, counted, share))
        println("at most $most in one second")
    }
}
