package io.martlet

import io.martlet.body.BodySource
import io.martlet.config.RequestOptions
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.HttpVersion
import io.martlet.http.Method
import io.martlet.http.StreamingResponse
import io.martlet.http.Url
import java.nio.ByteBuffer
import java.util.concurrent.atomic.AtomicInteger

/**
 * A body that gives [chunks] one by one, and calls [end] before it says that there are no more. Prints what was done
 * with it. As the contract allows, a buffer is spoiled with the next call.
 */
internal class MemoryBody(
    private val chunks: List<ByteArray> = emptyList(),
    override val trailers: Headers = Headers.EMPTY,
    private val end: suspend () -> Unit = {},
) : BodySource {
    private val closes = AtomicInteger()
    private var last: ByteArray? = null
    private var next = 0

    val isClosed: Boolean get() = closes.get() > 0

    override suspend fun read(): ByteBuffer? {
        last?.fill('#'.code.toByte())
        val chunk = chunks.getOrNull(next)?.clone()
        if (chunk == null) end()
        next++
        last = chunk
        return chunk?.let(ByteBuffer::wrap)
    }

    override fun close() {
        closes.incrementAndGet()
    }

    override fun toString(): String =
        "${minOf(next, chunks.size)} of ${chunks.size} read${if (isClosed) ", closed" else ""}"
}

internal fun memoryBody(vararg chunks: String, end: suspend () -> Unit = {}) =
    MemoryBody(chunks.map { it.encodeToByteArray() }, end = end)

internal fun requestTo(
    url: String,
    method: Method = Method.GET,
    options: RequestOptions.Builder.() -> Unit = {},
): ClientRequest = ClientRequest.builder(method, Url.of(url)).apply { options().options() }.build()

internal fun ClientRequest.answered(
    status: Int = 200,
    body: BodySource = MemoryBody(),
    headers: Headers = Headers.EMPTY,
): StreamingResponse = StreamingResponse(this, HttpVersion.HTTP_1_1, status, "", headers, body)
