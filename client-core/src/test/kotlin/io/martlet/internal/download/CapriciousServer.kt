package io.martlet.internal.download

import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.body.BodySource
import io.martlet.engine.Engine
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.StreamingResponse
import java.io.IOException
import kotlin.random.Random

/**
 * Serves a file that changes now and then, and answers as it likes: whatever one can tell from an answer may be wrong with it,
 * and what cannot be told is right.
 *
 * @property isHonest whether it has come to its senses
 * @param tags what stands before the `ETag` of a version, one of these at random; null for no `ETag`, and [DATED] for a
 * `Last-Modified` in its place
 */
internal class CapriciousServer(
    private val random: Random,
    private val tags: List<String?> = listOf("", "", "W/", null, DATED),
) : Engine {
    private class Version(val bytes: ByteArray, val tag: String?)

    private val versions = mutableListOf<Version>()

    @Volatile
    var isHonest = false

    init {
        change()
    }

    /** Every file that there was. */
    val files: List<ByteArray> get() = synchronized(this) { versions.map { it.bytes } }

    /** The file that there is. */
    val file: ByteArray get() = synchronized(this) { versions.last().bytes }

    private fun change() {
        val length = if (versions.isEmpty() || random.nextBoolean()) random.nextInt(0, 3000) else file.size
        val weakness = tags[random.nextInt(tags.size)]
        val tag = if (weakness == DATED) date(versions.size) else weakness?.let { "$it\"v${versions.size}\"" }
        // Bytes of two kinds: where one file goes on for another, this is not seen by the first byte.
        versions += Version(ByteArray(length) { random.nextInt(2).toByte() }, tag)
    }

    override suspend fun execute(request: ClientRequest): StreamingResponse = synchronized(this) {
        if (!isHonest && random.nextInt(20) == 0) change()
        val now = versions.last()
        val range = request.headers["Range"].takeIf { request.headers["If-Range"] == now.tag }
        if (isHonest) return answer(request, now, range, whim = -1)
        if (random.nextInt(15) == 0) throw ConnectorException(request, IOException("refused"))
        answer(request, now, range ?: request.headers["Range"].takeIf { random.nextInt(3) == 0 }, random.nextInt(16))
    }

    private fun answer(request: ClientRequest, file: Version, range: String?, whim: Int): StreamingResponse {
        if (whim == 0) return request.answered(status = STATUSES[random.nextInt(STATUSES.size)])
        if (range == null || whim == 1) return whole(request, file, whim)
        val start = range.substringAfter('=').substringBefore('-').toInt()
        val end = range.substringAfter('-').toIntOrNull()?.plus(1)?.coerceAtMost(file.bytes.size) ?: file.bytes.size
        if (start >= end) return request.answered(status = 416)
        return part(request, file, start, end, whim)
    }

    private fun whole(request: ClientRequest, file: Version, whim: Int): StreamingResponse {
        val fields = Headers.builder().set("Accept-Ranges", "bytes")
        file.tag?.let { fields.tell(it) }
        val isLong = whim == 2
        if (whim != 3) fields.set("Content-Length", "${file.bytes.size}")
        if (whim == 4) fields.set("Content-Encoding", "gzip")
        return answer(request, 200, fields, file.bytes + ByteArray(if (isLong) 3 else 0))
    }

    private fun part(request: ClientRequest, file: Version, start: Int, end: Int, whim: Int): StreamingResponse {
        val fields = Headers.builder()
        // One that does not say which file this is a part of is found out, whatever it sends.
        file.tag?.takeIf { whim != 5 }?.let { fields.tell(it) }
        val last = if (whim == 6) start + random.nextInt(end - start) else end - 1
        val total = file.bytes.size + if (whim == 7) 1 else 0
        val shift = if (whim == 8) 1 else 0
        if (whim != 9) fields.set("Content-Range", "bytes ${start + shift}-${last + shift}/$total")
        if (whim == 10) fields.set("Content-Encoding", "gzip")
        if (whim != 11) fields.set("Content-Length", "${last + 1 - start}")
        val more = ByteArray(if (whim == 12) 2 else 0)
        return answer(request, 206, fields, file.bytes.copyOfRange(start, last + 1) + more)
    }

    private fun Headers.Builder.tell(tag: String) =
        if ('"' in tag) set("ETag", tag) else set("Last-Modified", tag).set("Date", "Sun, 22 Nov 2026 10:00:00 GMT")

    private fun date(number: Int) = "Sat, 21 Nov 2026 10:%02d:%02d GMT".format(number / 60, number % 60)

    /** A body in pieces, that may break off. */
    private fun answer(
        request: ClientRequest,
        status: Int,
        fields: Headers.Builder,
        bytes: ByteArray,
    ): StreamingResponse {
        val sent = if (isHonest || random.nextInt(3) > 0) bytes.size else random.nextInt(bytes.size + 1)
        val pieces = generateSequence(0) { it + 1 + random.nextInt(500) }.takeWhile { it < sent }.toList()
        val chunks = (pieces + sent).zipWithNext { from, to -> bytes.copyOfRange(from, to) }
        val body: BodySource = MemoryBody(chunks) {
            if (sent < bytes.size) throw TruncatedBodyException(request, bytes.size.toLong(), sent.toLong(), null)
        }
        return request.answered(status, body, fields.build())
    }

    companion object {
        private const val DATED = "dated"
        private val STATUSES = listOf(204, 302, 304, 403, 404, 412, 416, 429, 500, 503)

        /** One that serves a file of some hundred bytes as it should, told by a strong `ETag`. */
        fun honest(): CapriciousServer = CapriciousServer(Random(4), listOf("")).apply { isHonest = true }
    }
}
