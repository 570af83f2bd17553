package io.martlet.body

import io.martlet.error.ClientException
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.MediaType
import io.martlet.http.StreamingPart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withContext
import java.io.ByteArrayOutputStream
import java.io.OutputStream
import java.nio.ByteBuffer
import java.nio.channels.WritableByteChannel
import java.nio.charset.Charset
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater

/** Where a body comes from: an engine, or a layer that changes what another source gives. */
public interface BodySource : AutoCloseable {
    /**
     * The next bytes, at least one; null after the last. Called by one reader at a time.
     *
     * The buffer is the source's own: its bytes are valid until the next call.
     *
     * @throws ClientException if the body cannot be read whole, or not in time
     */
    public suspend fun read(): ByteBuffer?

    /** How many bytes it gives in all; -1, the default, if that is not known. */
    public val totalBytes: Long get() = -1

    /** The fields after a chunked body (RFC 9112 §7.1.2), complete once [read] returned null; usually empty. */
    public val trailers: Headers get() = Headers.EMPTY

    /** Bytes that were taken so far of a body that is decoded while it is read; -1 where it is not decoded. */
    public val encodedLength: Long get() = -1

    /** Ends the reading from any thread; idempotent. A body that is not near its end costs its connection. */
    override fun close()
}

/**
 * The body of a response while it arrives. It is read once, by one reader at a time: whoever reads while another does
 * gets an [IllegalStateException]. What one reader leaves, the next one gets.
 *
 * Reading suspends until bytes are there, and the server is held back while nobody reads. A body that ends before the
 * length its head announced is never reported as complete: reading throws [ClientException.PayloadException]. [close]
 * may be called from any thread at any time; it gives the connection up unless little of the body is left.
 */
public class BodyStream internal constructor(
    private val request: ClientRequest,
    private val source: BodySource,
) : BodySource {
    /** What came last; what is left of it is for the next reader. Belongs to the one who reads. */
    private var piece: ByteBuffer? = null

    @Volatile
    private var readers = 0

    override val totalBytes: Long get() = source.totalBytes

    override val trailers: Headers get() = source.trailers

    override val encodedLength: Long get() = source.encodedLength

    override suspend fun read(): ByteBuffer? = alone { next().also { piece = null } }

    override fun close(): Unit = source.close()

    private suspend fun next(): ByteBuffer? =
        piece?.takeIf { it.hasRemaining() } ?: source.read().also { piece = it }

    private inline fun <T> alone(read: () -> T): T {
        check(READERS.compareAndSet(this, 0, 1)) { "$request: the body is being read by somebody else" }
        try {
            return read()
        } finally {
            readers = 0
        }
    }

    /**
     * All bytes that are left.
     *
     * @param limit most bytes to hold in memory, 0 for no limit; by default the request's `maxBufferedBody`
     * @throws ClientException.BodyTooLargeException if there are more; the body is closed then
     * @throws ClientException.PayloadException also if a body of more than 4 MiB was less than a 200th of that before it
     * was decoded: such are made to fill memories. The body is closed then
     */
    public suspend fun readBytes(limit: Long = maxBuffered): ByteArray =
        if (source is CompleteBody) takeAll(source, limit) else alone { readAll(limit) }

    private suspend fun readAll(limit: Long): ByteArray {
        var first: ByteArray? = null
        var all: ByteArrayOutputStream? = null
        var size = 0L
        while (true) {
            val bytes = (next() ?: break).toByteArray()
            size += bytes.size
            checkSize(size, limit)
            checkGrowth(size)
            // Most bodies come in one piece, which then needs no second copy.
            if (first == null) first = bytes else all = (all ?: startingWith(first)).apply { write(bytes) }
        }
        return all?.toByteArray() ?: first ?: ByteArray(0)
    }

    /** [readBytes] of a [complete] body, for which nothing has to be waited. */
    internal fun takeAll(complete: CompleteBody, limit: Long = maxBuffered): ByteArray = alone {
        val bytes = piece?.toByteArray() ?: complete.take()
        bytes.also { checkSize(it.size.toLong(), limit) }
    }

    private fun checkSize(size: Long, limit: Long) {
        if (limit in 1..<size) {
            close()
            throw ClientException.BodyTooLargeException(request, limit)
        }
    }

    private fun checkGrowth(size: Long) {
        val encoded = source.encodedLength
        if (size <= GROWTH_FREE_BYTES || encoded < 0 || size / MAX_GROWTH <= encoded) return
        close()
        val reason = "the body grows to more than $MAX_GROWTH times its length when it is decoded;" +
            " stream it with open()"
        throw ClientException.PayloadException(request, reason, null)
    }

    /**
     * The next [count] bytes, exactly.
     *
     * @throws ClientException.PayloadException if fewer are left
     * @throws IllegalArgumentException if [count] is negative
     */
    public suspend fun readExactly(count: Int): ByteArray {
        require(count >= 0) { "count is negative: $count" }
        return alone {
            val portion = Portion(count)
            while (portion.count() < count) portion.fill(next() ?: throw endedAt(portion.count(), count))
            portion.take()
        }
    }

    private fun endedAt(count: Int, wanted: Int) =
        ClientException.PayloadException(request, "the body ended after $count of the $wanted bytes asked for", null)

    /** The bytes as they arrive, in arrays that are the collector's own; can be collected once. */
    public fun chunks(): Flow<ByteArray> = flow {
        alone { while (true) emit((next() ?: break).toByteArray()) }
    }

    /**
     * The bytes in arrays of [size], the last of which may be shorter; can be collected once.
     *
     * @throws IllegalArgumentException if [size] is not positive
     */
    public fun chunks(size: Int): Flow<ByteArray> {
        require(size > 0) { "size is $size; a chunk has at least one byte" }
        return flow {
            alone {
                val portion = Portion(size)
                while (true) if (portion.fill(next() ?: break)) emit(portion.take())
                if (portion.count() > 0) emit(portion.take())
            }
        }
    }

    /**
     * The lines, without the LF or CR LF that ends them; what follows the last one is a line too, unless it is empty.
     * Can be collected once.
     *
     * @param maxLength most bytes before an LF. Default: 64 KiB. If there are more, collecting throws
     * [ClientException.PayloadException] and the body is closed
     * @param charset how a line is read; one in which LF is the byte 0x0A and nothing else has it, such as UTF-8, the
     * default. Malformed bytes become U+FFFD
     * @throws IllegalArgumentException if [maxLength] is not positive
     */
    public fun lines(maxLength: Int = 64 * 1024, charset: Charset = Charsets.UTF_8): Flow<String> {
        require(maxLength > 0) { "maxLength is $maxLength; a line has at least one byte" }
        return flow {
            alone {
                val lines = LineReader(maxLength, charset)
                while (true) if (isLineIn(lines, next() ?: break, maxLength)) emit(lines.take())
                if (!lines.isEmpty) emit(lines.take())
            }
        }
    }

    private fun isLineIn(lines: LineReader, bytes: ByteBuffer, maxLength: Int): Boolean {
        val found = lines.fill(bytes)
        if (found == LineReader.Found.TOO_LONG) {
            close()
            throw ClientException.PayloadException(request, "a line is longer than maxLength = $maxLength bytes", null)
        }
        return found == LineReader.Found.LINE
    }

    /**
     * The events of a body of `text/event-stream` (server-sent events), as they arrive; what is left without an empty line
     * behind it is none. Can be collected once. Coming back after the end, with the `id` of the last event as
     * `Last-Event-ID`, is the collector's business.
     *
     * @param maxLength most bytes of one event. Default: 1 MiB. If there are more, collecting throws
     * [ClientException.PayloadException] and the body is closed
     * @throws IllegalArgumentException if [maxLength] is not positive
     */
    public fun events(maxLength: Int = 1 shl 20): Flow<ServerSentEvent> {
        require(maxLength > 0) { "maxLength is $maxLength; an event has at least one byte" }
        return flow {
            alone {
                val events = EventReader(maxLength)
                while (true) if (isEventIn(events, next() ?: break, maxLength)) emit(events.take())
            }
        }
    }

    private fun isEventIn(events: EventReader, bytes: ByteBuffer, maxLength: Int): Boolean {
        val found = events.fill(bytes)
        if (found == EventReader.Found.TOO_LONG) {
            close()
            throw ClientException.PayloadException(
                request,
                "an event is longer than maxLength = $maxLength bytes",
                null,
            )
        }
        return found == EventReader.Found.EVENT
    }

    /**
     * Writes all bytes that are left to [output], which stays open, and returns their number.
     *
     * Writing is done on [Dispatchers.IO], where [progress] is called too; what they throw is thrown here.
     */
    public suspend fun transferTo(output: OutputStream, progress: TransferProgress = TransferProgress.NONE): Long {
        val scratch = ByteArray(SCRATCH_BYTES)
        return transfer(progress) { bytes ->
            while (bytes.hasRemaining()) {
                val count = minOf(bytes.remaining(), SCRATCH_BYTES)
                bytes.get(scratch, 0, count)
                output.write(scratch, 0, count)
            }
        }
    }

    /** Writes all bytes that are left to [channel], which must be in blocking mode and stays open; returns their number. */
    public suspend fun transferTo(
        channel: WritableByteChannel,
        progress: TransferProgress = TransferProgress.NONE,
    ): Long = transfer(progress) { bytes -> while (bytes.hasRemaining()) channel.write(bytes) }

    private suspend fun transfer(progress: TransferProgress, write: (ByteBuffer) -> Unit): Long =
        withContext(Dispatchers.IO) {
            alone {
                var written = 0L
                while (true) {
                    val bytes = next() ?: break
                    written += bytes.remaining()
                    write(bytes)
                    progress.transferred(written, totalBytes)
                }
                written
            }
        }

    /**
     * Saves all bytes that are left as [path], and returns their number.
     *
     * They are written to a file beside it that takes its place, and its name, when the body is complete: [path] is
     * never seen half-written. On failure the file beside it is removed and [path] is as it was. [progress] is called
     * on [Dispatchers.IO]; what it throws is a failure.
     */
    public suspend fun saveTo(path: Path, progress: TransferProgress = TransferProgress.NONE): Long =
        saving(path) { transferTo(it, progress) }

    /** The parts of this body, if it is of a multipart [type]. */
    internal fun parts(type: MediaType): Flow<StreamingPart> = flow {
        alone { PartReader(request, type, this@BodyStream) { next() }.forEach { emit(it) } }
    }

    /** The limit of [readBytes], unless it is told another. */
    internal val maxBuffered: Long get() = request.options.maxBufferedBody

    /** Lets [skip] end the body; nobody may be reading. */
    internal suspend fun finish(skip: suspend () -> Unit) = alone { skip() }

    /** Drops what is left of a piece, whose buffer belongs to somebody else from now on. */
    internal fun forget() {
        piece = null
    }

    private companion object {
        const val SCRATCH_BYTES = 16 * 1024

        /** A field of the stream itself: most are read at once, and need no object for that. */
        val READERS = AtomicIntegerFieldUpdater.newUpdater(BodyStream::class.java, "readers")
    }
}

private const val GROWTH_FREE_BYTES = 4L shl 20
private const val MAX_GROWTH = 200

private fun startingWith(bytes: ByteArray) = ByteArrayOutputStream(2 * bytes.size).apply { write(bytes) }

private fun ByteBuffer.toByteArray(): ByteArray = ByteArray(remaining()).also { get(it) }
