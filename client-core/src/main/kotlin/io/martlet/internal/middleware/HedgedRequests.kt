package io.martlet.internal.middleware

import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.retry.Hedging
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.toKotlinDuration

/** Sends a request once more where it has no response in the time that [Hedging] says, and takes the first response. */
public class HedgedRequests(private val policy: Hedging) : Middleware {
    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        policy.budget.deposit()
        return if (policy.concerns(request)) Race(request, next).run() else next.execute(request)
    }

    override fun toString(): String = policy.toString()

    private inner class Race(private val request: ClientRequest, private val next: Engine) {
        /** What tries have come to; null: it is time for one more. */
        private val news = Channel<Result<StreamingResponse>?>(Channel.UNLIMITED)
        private val arrived = ConcurrentLinkedQueue<StreamingResponse>()

        suspend fun run(): StreamingResponse {
            var winner: StreamingResponse? = null
            try {
                return coroutineScope {
                    first().also { coroutineContext.cancelChildren() }
                }.also { winner = it }
            } finally {
                // Those that came at the same time; all, where nobody waits for one any more.
                arrived.forEach { if (it !== winner) it.close() }
            }
        }

        private suspend fun CoroutineScope.first(): StreamingResponse {
            val failures = mutableListOf<Throwable>()
            var running = 1
            begin()
            launch {
                repeat(policy.maxExtra) {
                    delay(policy.delay.toKotlinDuration())
                    news.send(null)
                }
            }
            while (true) {
                val result = news.receive()
                if (result != null) {
                    failures += result.exceptionOrNull() ?: return result.getOrThrow()
                    if (--running == 0) throw failures.first().before(failures)
                } else if (policy.budget.withdraw()) {
                    running++
                    begin()
                }
            }
        }

        private fun CoroutineScope.begin() = launch(start = CoroutineStart.UNDISPATCHED) {
            news.trySend(runCatching { next.execute(request).also { arrived += it } })
        }

        private fun Throwable.before(failures: List<Throwable>) =
            apply { failures.filter { it !== this }.forEach(::addSuppressed) }
    }
}
