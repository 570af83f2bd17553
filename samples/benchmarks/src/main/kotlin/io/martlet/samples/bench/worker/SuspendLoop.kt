package io.martlet.samples.bench.worker

import io.martlet.samples.bench.client.Exchange
import io.martlet.samples.bench.client.SuspendClient
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** As many coroutines as requests may be in flight, each making one request after the other. */
public class SuspendLoop(private val client: SuspendClient) : Loop {
    override fun run(exchange: Exchange, load: Load): Tally {
        val tallies = List(load.inFlight()) { Tally() }
        runBlocking(Dispatchers.Default) {
            tallies.forEach { launch { repeat(exchange, load, it) } }
        }
        return Tally.sum(tallies)
    }

    private suspend fun repeat(exchange: Exchange, load: Load, tally: Tally) {
        while (load.mayStart()) {
            val start = System.nanoTime()
            try {
                client.run(exchange)
                tally.success(System.nanoTime() - start)
            } catch (e: CancellationException) {
                throw e
            } catch (e: Throwable) {
                tally.failure(e)
                return
            }
        }
    }

    override fun close(): Unit = client.close()
}
