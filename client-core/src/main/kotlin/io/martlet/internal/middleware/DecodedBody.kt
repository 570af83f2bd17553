package io.martlet.internal.middleware

import io.martlet.body.BodySource
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.http.ClientRequest
import io.martlet.internal.coding.ContentDecoder
import io.martlet.internal.coding.CorruptContentException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import java.nio.ByteBuffer

/** What [decoder] makes of [body], in pieces of bounded size; it is read on only when all is decoded that was read. */
internal class DecodedBody(
    private val request: ClientRequest,
    private val body: BodySource,
    private val decoder: ContentDecoder,
) : BodySource by body {
    private val decoded = ByteBuffer.allocate(PIECE)
    private var encoded: ByteBuffer = ByteBuffer.allocate(0)
    private var isEnded = false

    /** Guards [decoder], whose memory must not be given up while it works. */
    private val lock = Any()
    private var isClosed = false

    override val totalBytes: Long get() = -1

    override var encodedLength: Long = 0
        private set

    override suspend fun read(): ByteBuffer? {
        while (!isEnded) {
            checkTime()
            val wantsMore = decode()
            if (decoded.hasRemaining()) return decoded
            if (wantsMore) readOn()
        }
        return null
    }

    /** Content that grows beyond measure needs no more bytes, so that there is no wait in which to hear of the time. */
    private suspend fun checkTime() {
        currentCoroutineContext().ensureActive()
        val deadline = request.deadline ?: return
        if (deadline.leftNanos() > 0) return
        close()
        throw TotalTimeoutException(request, deadline.limit, deadline.elapsed())
    }

    private fun decode(): Boolean = decoding {
        decoded.clear()
        decoder.decode(encoded, decoded).also { decoded.flip() }
    }

    private suspend fun readOn() {
        val bytes = body.read()
        if (bytes == null) {
            decoding { decoder.endOfInput() }
            isEnded = true
            release()
        } else {
            encoded = bytes
            encodedLength += bytes.remaining()
        }
    }

    private inline fun <T> decoding(step: () -> T): T = try {
        synchronized(lock) {
            if (isClosed) throw PayloadException(request, "the body was closed before it was read to its end", null)
            step()
        }
    } catch (e: CorruptContentException) {
        close()
        throw PayloadException(request, "the body cannot be decoded: ${e.message}", e)
    }

    override fun close() {
        body.close()
        release()
    }

    private fun release() = synchronized(lock) {
        isClosed = true
        decoder.close()
    }

    private companion object {
        const val PIECE = 16 * 1024
    }
}
