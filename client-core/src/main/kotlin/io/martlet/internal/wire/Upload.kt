package io.martlet.internal.wire

import io.martlet.body.BodySource
import io.martlet.body.SourceBody
import io.martlet.error.ClientException.RequestBodyException
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.internal.http1.ByteSink
import io.martlet.internal.http1.RequestEncoder
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import java.io.IOException
import java.nio.ByteBuffer

/** Sends a body while it is read; holds no more of it than the piece that was read last. */
internal class Upload(
    private val request: ClientRequest,
    private val body: SourceBody,
    private val connection: WireConnection,
) : BodyWriter {
    private val room = Channel<Unit>(Channel.CONFLATED)
    private val framing = ByteSink(FRAMING_BYTES)
    private val encoder = RequestEncoder(framing)
    private var sentBytes = 0L

    override fun writable() {
        room.trySend(Unit)
    }

    /**
     * Sends all of the body, once the head is sent.
     *
     * When the server does not want any more of it, it suspends until it is cancelled: it is the response that counts.
     * What is wrong with the body fails the exchange.
     *
     * @param exchange is asked for when the head is sent
     */
    suspend fun run(exchange: () -> Exchange) {
        room.receive()
        val exchange = exchange()
        try {
            open().use { if (body.contentLength < 0) sendChunks(it, exchange) else sendMeasured(it, exchange) }
            exchange.unparked()
            exchange.sent(sentBytes)
        } catch (_: NotWantedException) {
            awaitCancellation()
        } catch (e: RequestBodyException) {
            exchange.fail(e, true)
        } catch (e: Exception) {
            // A cancellation is the caller's, or that of whatever the body comes from; closing the body may fail, too.
            currentCoroutineContext().ensureActive()
            exchange.fail(unreadable(e), true)
        } finally {
            // However this ends, the end of the response must not wait for it.
            exchange.parked()
        }
    }

    private fun open(): BodySource = reading { body.source.get() }

    private suspend fun sendMeasured(source: BodySource, exchange: Exchange) {
        var left = body.contentLength
        while (left > 0) {
            val bytes = next(source, exchange) ?: throw wrongLength("${body.contentLength - left}")
            left -= bytes.remaining()
            if (left < 0) throw wrongLength("${body.contentLength - left} or more")
            if (left > 0) write(bytes, exchange) else writeLast(bytes, source, exchange)
        }
    }

    /** The server has a whole request with the last byte, which therefore must wait until nothing follows it. */
    private suspend fun writeLast(bytes: ByteBuffer, source: BodySource, exchange: Exchange) {
        val tail = minOf(bytes.remaining(), MOST_HELD_BACK)
        val start = bytes.limit() - tail
        val held = ByteBuffer.allocate(tail).put(bytes.duplicate().position(start)).flip()
        bytes.limit(start)
        write(bytes, exchange)
        if (next(source, exchange) != null) throw wrongLength("${body.contentLength + 1} or more")
        write(held, exchange)
        sentBytes = body.contentLength
    }

    private suspend fun sendChunks(source: BodySource, exchange: Exchange) {
        while (true) writeChunk(next(source, exchange) ?: break, exchange)
        encoder.lastChunk(Headers.EMPTY)
        write(framing.toByteBuffer(), exchange)
    }

    /** The next piece that is not empty. */
    private suspend fun next(source: BodySource, exchange: Exchange): ByteBuffer? {
        exchange.awaitsSource()
        while (true) {
            val bytes = reading { source.read() } ?: return null
            if (bytes.hasRemaining()) return bytes
        }
    }

    /** The end of a chunk goes out with the head of the next one. */
    private suspend fun writeChunk(bytes: ByteBuffer, exchange: Exchange) {
        sentBytes += bytes.remaining()
        encoder.chunkHead(bytes.remaining())
        write(framing.toByteBuffer(), exchange)
        framing.clear()
        write(bytes, exchange)
        encoder.chunkEnd()
    }

    private suspend fun write(bytes: ByteBuffer, exchange: Exchange) {
        exchange.unparked()
        while (bytes.hasRemaining()) {
            if (exchange.hasHead()) throw NotWantedException()
            try {
                connection.write(bytes)
            } catch (_: IOException) {
                // The loop hears of it too, behind what the server had sent before.
                throw NotWantedException()
            }
            if (bytes.hasRemaining()) {
                exchange.parked()
                connection.awaitWritable()
                room.receive()
                exchange.unparked()
            }
        }
    }

    /** Runs what is the user's: its failures are the request's. */
    private inline fun <T> reading(block: () -> T): T = try {
        block()
    } catch (e: CancellationException) {
        throw e
    } catch (e: Exception) {
        throw unreadable(e)
    }

    private fun unreadable(cause: Exception) =
        RequestBodyException(request, cause.message ?: cause.javaClass.simpleName, cause)

    private fun wrongLength(has: String) =
        RequestBodyException(request, "it has $has bytes, announced were ${body.contentLength}", null)

    private class NotWantedException : Exception(null, null, false, false)

    private companion object {
        const val FRAMING_BYTES = 32
        const val MOST_HELD_BACK = 16 * 1024
    }
}
