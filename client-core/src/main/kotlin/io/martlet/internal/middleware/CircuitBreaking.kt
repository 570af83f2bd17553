package io.martlet.internal.middleware

import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException
import io.martlet.error.ClientException.CircuitOpenException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.internal.CircuitBook
import io.martlet.retry.CircuitBreaker
import kotlinx.coroutines.CancellationException
import java.time.Duration

/** Leaves servers alone of which a [CircuitBreaker] has seen too much fail, each origin by itself. */
public class CircuitBreaking(private val breaker: CircuitBreaker) : Middleware {
    private val book = CircuitBook(breaker)

    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val call = book.enter(request.url.origin())
        if (call.refusedNanos() >= 0) throw CircuitOpenException(request, Duration.ofNanos(call.refusedNanos()))
        try {
            return next.execute(request).also { call.answered(it.status) }
        } catch (e: ClientException) {
            call.failed(e)
            throw e
        } catch (e: CancellationException) {
            request.expired()?.let(call::failed)
            throw e
        } finally {
            call.end()
        }
    }

    /** Where the total limit is kept above, its end is seen as a cancellation here. */
    private fun ClientRequest.expired(): TotalTimeoutException? =
        deadline?.takeIf { it.leftNanos() <= 0 }?.let { TotalTimeoutException(this, it.limit, it.elapsed()) }

    override fun toString(): String = breaker.toString()
}
