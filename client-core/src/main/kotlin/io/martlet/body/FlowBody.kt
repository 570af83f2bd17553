package io.martlet.body

import io.martlet.http.MediaType
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.produceIn
import java.nio.ByteBuffer

/**
 * The bytes of this flow as the body of one request: collected while they are sent, in the caller's context, and no faster
 * than the server takes them. Arrays must not change once they are emitted. A flow that fails fails the request.
 *
 * @param contentLength bytes that there will be, and no other number is accepted; -1, the default, if that is not known:
 * they are sent in chunks
 * @throws IllegalArgumentException if [contentLength] is less than -1
 */
public fun Flow<ByteArray>.toRequestBody(
    contentType: MediaType = MediaType.OCTET_STREAM,
    contentLength: Long = -1,
): RequestBody = once(contentLength, contentType) { FlowSource(this) }

/** A [flow] that is collected when it is read; it is at most one element ahead. */
private class FlowSource(private val flow: Flow<ByteArray>) : BodySource {
    private val job = Job()
    private var elements: ReceiveChannel<ByteArray>? = null

    override suspend fun read(): ByteBuffer? {
        val coming = elements ?: collected().also { elements = it }
        val next = coming.receiveCatching()
        next.exceptionOrNull()?.let { throw it }
        return next.getOrNull()?.let(ByteBuffer::wrap)
    }

    private suspend fun collected(): ReceiveChannel<ByteArray> =
        flow.buffer(Channel.RENDEZVOUS).produceIn(CoroutineScope(currentCoroutineContext() + job))

    override fun close() = job.cancel()
}
