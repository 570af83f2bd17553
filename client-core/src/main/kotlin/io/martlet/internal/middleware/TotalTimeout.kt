package io.martlet.internal.middleware

import io.martlet.body.BodySource
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.http.ClientRequest
import io.martlet.http.Deadline
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.withTimeoutOrNull
import java.nio.ByteBuffer
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.toKotlinDuration

/**
 * Keeps `timeout.total`: over all hops up to the head, and on over each read of the body.
 *
 * @param isKeptBelow whether the engine does so for a request, and nothing is between that may wait
 */
internal class TotalTimeout(private val isKeptBelow: (ClientRequest) -> Boolean) : Middleware {
    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val limit = request.options.timeout.total ?: return next.execute(request)
        val deadline = Deadline.startingNow(limit)
        val dated = request.withDeadline(deadline)
        return if (isKeptBelow(request)) {
            naming(request, deadline) { next.execute(dated) }
        } else {
            keep(deadline, dated, next)
        }
    }

    /** Whatever hop it was that took too long, the error is about the [request] that the caller made. */
    private inline fun <T> naming(request: ClientRequest, deadline: Deadline, block: () -> T): T = try {
        block()
    } catch (e: TotalTimeoutException) {
        throw if (e.request()?.url == request.url) e else deadline.expired(request).like(e)
    }

    private fun TotalTimeoutException.like(other: TotalTimeoutException) = apply {
        setHistory(other.history())
        other.suppressed.forEach(::addSuppressed)
    }

    private suspend fun keep(deadline: Deadline, request: ClientRequest, next: Engine): StreamingResponse {
        // A timeout can strike after the block has produced its response: it must not be lost then.
        var response: StreamingResponse? = null
        var handedOver = false
        val tries = Retries.Log()
        try {
            withTimeoutOrNull(deadline.limit.toKotlinDuration()) {
                response = next.execute(Retries.telling(request, tries))
            }
            val arrived = response ?: throw tries.about(request, deadline::expired)
            handedOver = true
            return arrived.with(source = TimedBody(request, arrived.source, deadline))
        } finally {
            if (!handedOver) response?.close()
        }
    }

    private class TimedBody(
        private val request: ClientRequest,
        private val body: BodySource,
        private val deadline: Deadline,
    ) : BodySource by body {
        override suspend fun read(): ByteBuffer? {
            var ended = false
            val bytes = withTimeoutOrNull(deadline.left()) { body.read().also { ended = it == null } }
            if (bytes == null && !ended) {
                close()
                throw deadline.expired(request)
            }
            return bytes
        }
    }
}

/** Waits for [block], for as long as the request has time left. */
internal suspend fun <T : Any> ClientRequest.withinDeadline(block: suspend () -> T): T {
    val deadline = deadline ?: return block()
    return withTimeoutOrNull(deadline.left()) { block() } ?: throw deadline.expired(this)
}

private fun Deadline.left() = leftNanos().nanoseconds

private fun Deadline.expired(request: ClientRequest) = TotalTimeoutException(request, limit, elapsed())
