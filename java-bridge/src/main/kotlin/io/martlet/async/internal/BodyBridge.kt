package io.martlet.async.internal

import io.martlet.body.BodyStream
import io.martlet.body.ServerSentEvent
import io.martlet.body.TransferProgress
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onStart
import java.io.InputStream
import java.io.OutputStream
import java.nio.ByteBuffer
import java.nio.channels.WritableByteChannel
import java.nio.charset.Charset
import java.nio.file.Path
import java.util.concurrent.Flow.Publisher
import java.util.function.BiConsumer

/**
 * The [body] that answers [request], for callers who cannot suspend; see [SessionBridge].
 *
 * @param closes whether a reading closes the body when it ends, however it does
 */
public class BodyBridge(
    private val session: SessionBridge,
    private val request: ClientRequest,
    private val body: BodyStream,
    closes: Boolean,
) {
    private val owner: AutoCloseable = if (closes) body else AutoCloseable {}

    /** The end of a reader that was cancelled, and may not have noticed yet: the next one waits for it. */
    @Volatile
    private var leaving: Job? = null

    public val totalBytes: Long get() = body.totalBytes

    public val encodedLength: Long get() = body.encodedLength

    public val trailers: Headers get() = body.trailers

    public fun readBytes(done: BiConsumer<ByteArray?, Throwable?>): Runnable = begin(done) { readBytes() }

    public fun readBytes(limit: Long, done: BiConsumer<ByteArray?, Throwable?>): Runnable =
        begin(done) { readBytes(limit) }

    public fun readExactly(count: Int, done: BiConsumer<ByteArray?, Throwable?>): Runnable =
        begin(done) { readExactly(count) }

    public fun transferTo(
        output: OutputStream,
        progress: TransferProgress,
        done: BiConsumer<Long?, Throwable?>,
    ): Runnable = begin(done) { transferTo(output, progress) }

    public fun transferTo(
        channel: WritableByteChannel,
        progress: TransferProgress,
        done: BiConsumer<Long?, Throwable?>,
    ): Runnable = begin(done) { transferTo(channel, progress) }

    public fun saveTo(path: Path, progress: TransferProgress, done: BiConsumer<Long?, Throwable?>): Runnable =
        begin(done) { saveTo(path, progress) }

    public fun buffers(): Publisher<List<ByteBuffer>> = publish(body.chunks().map { listOf(ByteBuffer.wrap(it)) })

    public fun chunks(): Publisher<ByteArray> = publish(body.chunks())

    public fun chunks(size: Int): Publisher<ByteArray> = publish(body.chunks(size))

    public fun lines(): Publisher<String> = publish(body.lines())

    public fun lines(maxLength: Int, charset: Charset): Publisher<String> = publish(body.lines(maxLength, charset))

    public fun events(): Publisher<ServerSentEvent> = publish(body.events())

    public fun events(maxLength: Int): Publisher<ServerSentEvent> = publish(body.events(maxLength))

    public fun inputStream(): InputStream = BodyInputStream(request, body) {
        leaving?.join()
        try {
            body.read()
        } catch (e: CancellationException) {
            throw session.visible(e)
        }
    }

    public fun close(): Unit = body.close()

    private fun <T> begin(done: BiConsumer<T?, Throwable?>, action: suspend BodyStream.() -> T): Runnable =
        session.begin(request, done) {
            owner.use {
                leaving?.join()
                body.action()
            }
        }

    private fun <T : Any> publish(elements: Flow<T>): Publisher<T> =
        FlowPublisher(session, owner, elements.onStart { leaving?.join() }) { leaving = it }
}
