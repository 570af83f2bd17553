package io.martlet.internal.middleware

import io.martlet.body.BodySource
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.withTimeoutOrNull
import java.nio.ByteBuffer
import kotlin.time.Duration
import kotlin.time.TimeSource
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/** Keeps `timeout.total`: over all hops up to the head, and on over each read of the body. */
internal object TotalTimeout : Middleware {
    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val limit = request.options.timeout.total?.toKotlinDuration() ?: return next.execute(request)
        val clock = Clock(request, limit)
        // A timeout can strike after the block has produced its response: it must not be lost then.
        var response: StreamingResponse? = null
        var handedOver = false
        try {
            withTimeoutOrNull(limit) { response = next.execute(request) }
            val arrived = response ?: throw clock.expired()
            handedOver = true
            return arrived.with(source = TimedBody(arrived.source, clock))
        } finally {
            if (!handedOver) response?.close()
        }
    }

    private class Clock(private val request: ClientRequest, private val limit: Duration) {
        private val start = TimeSource.Monotonic.markNow()

        fun left(): Duration = limit - start.elapsedNow()

        fun expired() =
            TotalTimeoutException(request, limit.toJavaDuration(), start.elapsedNow().toJavaDuration())
    }

    private class TimedBody(private val body: BodySource, private val clock: Clock) : BodySource by body {
        override suspend fun read(): ByteBuffer? {
            var ended = false
            val bytes = withTimeoutOrNull(clock.left()) { body.read().also { ended = it == null } }
            if (bytes == null && !ended) {
                close()
                throw clock.expired()
            }
            return bytes
        }
    }
}
