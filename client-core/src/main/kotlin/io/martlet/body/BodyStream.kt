package io.martlet.body

import io.martlet.error.ClientException
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.withContext
import java.io.ByteArrayOutputStream
import java.io.OutputStream
import java.nio.ByteBuffer
import java.nio.channels.WritableByteChannel
import java.nio.file.AtomicMoveNotSupportedException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption.CREATE_NEW
import java.nio.file.StandardOpenOption.WRITE
import java.util.UUID

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

    /** The fields after a chunked body (RFC 9112 §7.1.2), complete once [read] returned null; usually empty. */
    public val trailers: Headers get() = Headers.EMPTY

    /** Bytes that were taken so far of a body that is decoded while it is read; -1 where it is not decoded. */
    public val encodedLength: Long get() = -1

    /** Ends the reading from any thread; idempotent. A body that is not near its end costs its connection. */
    override fun close()
}

/**
 * The body of a response while it arrives. It is read once, by one reader at a time.
 *
 * Reading suspends until bytes are there, and the server is held back while nobody reads. A body that ends before the
 * length its head announced is never reported as complete: reading throws [ClientException.PayloadException]. [close]
 * may be called from any thread at any time; it gives the connection up unless little of the body is left.
 */
public class BodyStream internal constructor(
    private val request: ClientRequest,
    private val source: BodySource,
) : BodySource by source {
    /**
     * All bytes that are left.
     *
     * @param limit most bytes to hold in memory, 0 for no limit; by default the request's `maxBufferedBody`
     * @throws ClientException.BodyTooLargeException if there are more; the body is closed then
     * @throws ClientException.PayloadException also if a body of more than 4 MiB was less than a 200th of that before it
     * was decoded: such are made to fill memories. The body is closed then
     */
    public suspend fun readBytes(limit: Long = request.options.maxBufferedBody): ByteArray {
        if (source is CompleteBody) return takeAll(source, limit)
        var first: ByteArray? = null
        var all: ByteArrayOutputStream? = null
        var size = 0L
        while (true) {
            val bytes = (read() ?: break).toByteArray()
            size += bytes.size
            checkSize(size, limit)
            checkGrowth(size)
            // Most bodies come in one piece, which then needs no second copy.
            if (first == null) first = bytes else all = (all ?: startingWith(first)).apply { write(bytes) }
        }
        return all?.toByteArray() ?: first ?: ByteArray(0)
    }

    /** [readBytes] of a [complete] body, for which nothing has to be waited. */
    internal fun takeAll(complete: CompleteBody, limit: Long = request.options.maxBufferedBody): ByteArray =
        complete.take().also { checkSize(it.size.toLong(), limit) }

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

    /** The bytes as they arrive, in arrays that are the collector's own; can be collected once. */
    public fun chunks(): Flow<ByteArray> = flow { while (true) emit((read() ?: break).toByteArray()) }

    /**
     * Writes all bytes that are left to [output], which stays open, and returns their number.
     *
     * Writing is done on [Dispatchers.IO]; what [output] throws is thrown here.
     */
    public suspend fun transferTo(output: OutputStream): Long {
        val scratch = ByteArray(SCRATCH_BYTES)
        return transferTo { bytes ->
            while (bytes.hasRemaining()) {
                val count = minOf(bytes.remaining(), SCRATCH_BYTES)
                bytes.get(scratch, 0, count)
                output.write(scratch, 0, count)
            }
        }
    }

    /** Writes all bytes that are left to [channel], which must be in blocking mode and stays open; returns their number. */
    public suspend fun transferTo(channel: WritableByteChannel): Long = transferTo { bytes ->
        while (bytes.hasRemaining()) channel.write(bytes)
    }

    private suspend fun transferTo(write: (ByteBuffer) -> Unit): Long = withContext(Dispatchers.IO) {
        var written = 0L
        while (true) {
            val bytes = read() ?: break
            written += bytes.remaining()
            write(bytes)
        }
        written
    }

    /**
     * Saves all bytes that are left as [path], and returns their number.
     *
     * They are written to a file beside it that takes its place, and its name, when the body is complete: [path] is
     * never seen half-written. On failure the file beside it is removed and [path] is as it was.
     */
    public suspend fun saveTo(path: Path): Long = withContext(Dispatchers.IO) {
        val target = path.toAbsolutePath()
        // Not a temporary file of the JDK: only its owner could read it, under its later name too.
        val beside = target.resolveSibling(".${target.fileName}.${UUID.randomUUID()}.part")
        try {
            val written = Files.newByteChannel(beside, WRITE, CREATE_NEW).use { transferTo(it) }
            runInterruptible { moveInPlace(beside, target) }
            written
        } finally {
            Files.deleteIfExists(beside)
        }
    }
}

private const val SCRATCH_BYTES = 16 * 1024
private const val GROWTH_FREE_BYTES = 4L shl 20
private const val MAX_GROWTH = 200

private fun startingWith(bytes: ByteArray) = ByteArrayOutputStream(2 * bytes.size).apply { write(bytes) }

private fun ByteBuffer.toByteArray(): ByteArray = ByteArray(remaining()).also { get(it) }

private fun moveInPlace(from: Path, to: Path) {
    try {
        Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING)
    } catch (_: AtomicMoveNotSupportedException) {
        Files.move(from, to, REPLACE_EXISTING)
    }
}
