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
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExecutorCoroutineDispatcher
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.withTimeoutOrNull
import java.time.Duration
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.Duration.Companion.nanoseconds

/** Lets requests wait for their turn by a [RateLimit]. Whose turn it is, a [TurnBook] decides. */
internal class RateLimiting(private val limit: RateLimit) :
    Middleware,
    AutoCloseable {
    private val book = TurnBook(limit)

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
        val turn = book.join(host, waker(woken))
        try {
            // An engine that keeps deadlines does not know of those who wait here.
            request.withinDeadline { await(turn, woken, request) }
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
        throw RateTimeoutException(request, deadline.limit, deadline.elapsed(), Duration.ofNanos(wait), "$book")
    }

    /** Whoever passes a turn on must not run the one who gets it; an executor may run what it gets where it gets it. */
    private suspend fun waker(woken: Channel<Unit>): Runnable {
        val wake = Runnable { woken.trySend(Unit) }
        val dispatcher = currentCoroutineContext()[ContinuationInterceptor]
        val isInPlace = dispatcher is ExecutorCoroutineDispatcher || dispatcher === Dispatchers.Unconfined
        return if (dispatcher != null &&
            !isInPlace
        ) {
            wake
        } else {
            Runnable { Dispatchers.Default.dispatch(EmptyCoroutineContext, wake) }
        }
    }

    /** Ends all waits, those that are still to come too. */
    override fun close() = book.close()

    override fun toString(): String = book.toString()
}
