package io.martlet.internal.middleware

import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException.RateTimeoutException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.internal.rate.Turn
import io.martlet.internal.rate.TurnBook
import io.martlet.rate.RateLimit
import io.martlet.trace.SessionStatistics
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.time.Duration
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.Duration.Companion.nanoseconds

/** Lets requests wait for their turn by a [RateLimit]. Whose turn it is, a [TurnBook] decides. */
internal class RateLimiting(private val limit: RateLimit) :
    Middleware,
    AutoCloseable {
    private val book = TurnBook(limit)

    /** Whoever keeps its own threads busy must not hold up those behind it. Clocks of tests go with the caller's dispatcher. */
    private val waiting: CoroutineContext =
        if (limit.nanoClock === RateLimit.UNLIMITED.nanoClock) TURNS else EmptyCoroutineContext

    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val host = request.url.host()
        val response = next.execute(if (book.goesAtOnce(host)) request else afterItsTurn(request, host))
        book.hear(host, response.status, response.headers)
        return response
    }

    /** [engine]'s figures, with those of the requests that wait here. */
    fun counted(engine: SessionStatistics): SessionStatistics = engine.withRate(book.waiting(), book.delayed())

    private suspend fun afterItsTurn(request: ClientRequest, host: String): ClientRequest {
        val start = limit.nanoClock.asLong
        val woken = Channel<Unit>(Channel.CONFLATED)
        val turn = book.join(host) { woken.trySend(Unit) }
        try {
            // An engine that keeps deadlines does not know of those who wait here.
            request.withinDeadline { withContext(waiting) { await(turn, woken, request) } }
        } finally {
            book.leave(turn)
        }
        return request.withAttribute(RateLimit.WAITED, Duration.ofNanos(limit.nanoClock.asLong - start))
    }

    private suspend fun await(turn: Turn, woken: Channel<Unit>, request: ClientRequest) {
        while (true) {
            val wait = book.look(turn)
            if (wait == 0L) return
            if (book.isClosed) throw SessionClosedException(request)
            checkInTime(turn, request)
            if (wait == TurnBook.UNTIL_WOKEN) {
                woken.receive()
            } else {
                withTimeoutOrNull(wait.nanoseconds) { woken.receive() }
            }
        }
    }

    private fun checkInTime(turn: Turn, request: ClientRequest) {
        val deadline = request.deadline ?: return
        val wait = book.nanosAtLeast(turn)
        if (wait < deadline.leftNanos()) return
        throw RateTimeoutException(
            request,
            deadline.limit,
            deadline.elapsed(),
            Duration.ofNanos(wait),
            book.printed(turn),
        )
    }

    /** Ends all waits, those that are still to come too. */
    override fun close() = book.close()

    override fun toString(): String = book.toString()

    private companion object {
        /** Has a thread when all of `Dispatchers.Default` and of `Dispatchers.IO` are busy. */
        val TURNS: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(1)
    }
}
