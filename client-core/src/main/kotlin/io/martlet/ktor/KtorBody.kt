package io.martlet.ktor

import io.ktor.utils.io.readAvailable
import io.martlet.body.BodySource
import io.martlet.error.ClientException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.http.Method
import io.martlet.http.Status
import kotlinx.coroutines.Job
import java.nio.ByteBuffer

/** The body of a Ktor response; counts what arrives, because stock CIO reports some truncated bodies as complete. */
internal class KtorBody(
    private val head: CallWatch.Head,
    private val watch: CallWatch,
    private val call: Job,
) : BodySource {
    private val announced = announcedLength()
    private val buffer = ByteArray(if (announced in 0..<BUFFER_BYTES) maxOf(1, announced.toInt()) else BUFFER_BYTES)
    private var ended = false

    @Volatile
    private var closed = false

    override val totalBytes: Long get() = announced

    override suspend fun read(): ByteBuffer? {
        if (ended) return null
        if (closed) throw PayloadException(watch.request, "the body was closed before it was read to its end", null)
        val count = watch.reading { head.body.readAvailable(buffer) }
        if (count < 0) {
            end()
            return null
        }
        return ByteBuffer.wrap(buffer, 0, count)
    }

    private fun end() {
        val error = head.body.closedCause?.let { watch.broken(it) } ?: missing()
        if (error != null) {
            close()
            throw error
        }
        ended = true
        watch.bodyEnded()
    }

    /** A carrier that is closed amid a body may end it as if it were whole. */
    private fun missing(): ClientException? = when {
        announced in 0..watch.received -> null
        watch.isSessionClosed -> SessionClosedException(watch.request)
        announced >= 0 -> TruncatedBodyException(watch.request, announced, watch.received, null)
        else -> null
    }

    override fun close() {
        closed = true
        if (!ended) call.cancel()
    }

    /** RFC 9112 §6.3: a length counts unless there can be no body, or the body is chunked. */
    private fun announcedLength(): Long {
        val headers = head.response.headers
        val bodiless = watch.request.method == Method.HEAD || Status.isBodiless(head.response.status.value)
        if (bodiless || headers["Transfer-Encoding"] != null) return -1
        return headers["Content-Length"]?.toLongOrNull() ?: -1
    }

    private companion object {
        const val BUFFER_BYTES = 16 * 1024
    }
}
