package io.martlet.body

import io.martlet.http.MediaType
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.channels.ReadableByteChannel
import java.util.concurrent.atomic.AtomicBoolean

/**
 * What blocks while it is read, read on [Dispatchers.IO] piece by piece.
 *
 * Whoever waits for a piece can be cancelled at once, whatever the reading does meanwhile: it ends when it ends, at the
 * latest when the stream takes notice of being closed.
 */
internal class BlockingSource(
    private val stream: AutoCloseable,
    private val readInto: (ByteBuffer) -> Int,
) : BodySource {
    private val reading = CoroutineScope(Dispatchers.IO)
    private val buffer = ByteBuffer.allocate(PIECE)
    private val isClosed = AtomicBoolean()

    override suspend fun read(): ByteBuffer? = reading.async { next() }.await()

    private fun next(): ByteBuffer? {
        buffer.clear()
        val count = readInto(buffer)
        return if (count < 0) null else buffer.flip()
    }

    override fun close() {
        if (isClosed.compareAndSet(false, true)) stream.close()
    }

    internal companion object {
        private const val PIECE = 64 * 1024

        /** The rest of [stream] as the body of one request. */
        @JvmStatic
        fun bodyOf(contentLength: Long, contentType: MediaType, stream: InputStream): RequestBody =
            once(contentLength, contentType) {
                BlockingSource(stream) { into ->
                    stream.read(into.array(), 0, into.capacity()).also { if (it > 0) into.position(it) }
                }
            }

        /** What is left to be read from [channel] as the body of one request. */
        @JvmStatic
        fun bodyOf(contentLength: Long, contentType: MediaType, channel: ReadableByteChannel): RequestBody =
            once(contentLength, contentType) { BlockingSource(channel, channel::read) }
    }
}

/** A body that can be opened once: what is behind it is gone then, and sending the rest of it would be a lie. */
internal fun once(contentLength: Long, contentType: MediaType, open: () -> BodySource): RequestBody {
    val isOpened = AtomicBoolean()
    return SourceBody(contentLength, contentType, false) {
        check(isOpened.compareAndSet(false, true)) { "it can be sent only once, and was" }
        open()
    }
}
