package io.martlet.internal.download

import io.martlet.download.DownloadOptions
import io.martlet.download.DownloadedFile
import io.martlet.engine.Engine
import io.martlet.error.ClientException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.http.ClientRequest
import io.martlet.http.ClientResponse
import io.martlet.http.StreamingResponse
import io.martlet.internal.download.Claim.TakenException
import io.martlet.internal.middleware.Pauses
import io.martlet.internal.middleware.RaiseForStatus
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.nio.ByteBuffer
import java.nio.file.FileSystemException
import java.nio.file.Path
import java.time.Instant
import java.util.Queue
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.function.LongSupplier

/**
 * One download of what answers [request] to [target]: asks for what is missing, lets [RangeAnswer] judge what comes, and
 * writes it to a [PartFile] until that is complete.
 *
 * @param session what sends requests, where the caller is
 * @param step how many bytes may be written before the state of the download is
 * @param pauses what the waits before further tries are
 * @param nanoClock by what time the state is written
 */
internal class Downloading(
    private val session: Engine,
    private val request: ClientRequest,
    private val target: Path,
    private val options: DownloadOptions,
    private val disk: Disk = Disk.REAL,
    private val step: Long = PartFile.STEP,
    private val pauses: Pauses = Pauses(),
    private val nanoClock: LongSupplier = LongSupplier(System::nanoTime),
) {
    private val all: ClientRequest

    private lateinit var engine: Engine

    /** The answer that told what there is to fetch. */
    private lateinit var told: ClientResponse

    /** How many parts are fetched at once; one, once the server has shown that it cannot do more. */
    @Volatile
    private var workers = options.segments

    /** Guards calls of the listener. */
    private val telling = Any()

    init {
        RangeRequest.check(request)
        all = RangeRequest.ofAll(request)
    }

    private fun newTries() = Tries(request.options.retry, pauses)

    /** Runs on threads that may block, for what is done on disk; what the session does stays where the caller is. */
    suspend fun run(): DownloadedFile {
        engine = CallersEngine(session, currentCoroutineContext())
        return withContext(Dispatchers.IO) {
            open().use { part ->
                fetch(part)
                finish(part)
            }
        }
    }

    /** Whoever was cancelled may need a moment to end; the next one waits for it. */
    private suspend fun open(): PartFile {
        val job = currentCoroutineContext().job
        while (true) {
            try {
                val saving = SavePoint(step, nanoClock)
                return PartFile.open(target, request.url.withoutFragment().href(), options, disk, saving, job)
            } catch (e: TakenException) {
                val other = e.owner as Job?
                if (other == null || other.isActive) throw FileSystemException(e.file, null, e.reason)
                other.join()
            }
        }
    }

    private suspend fun fetch(part: PartFile) {
        val tries = newTries()
        while (!part.isComplete) {
            val segment = if (part.validator() == null) null else part.next()
            try {
                ask(part, segment, tries).use { take(it, part, segment) }
            } catch (_: DoesNotFit) {
                workers = 1
                part.forget()
            } catch (cut: Cut) {
                tries.awaitNext(cut.request, cut.cause)
            }
        }
    }

    private suspend fun ask(part: PartFile, segment: Segment?, tries: Tries): StreamingResponse {
        val validator = part.validator()
        val next = if (segment == null || validator == null) all else RangeRequest.of(all, segment, validator)
        return engine.execute(tries.counted(next))
    }

    private fun judge(response: StreamingResponse, part: PartFile, segment: Segment?): RangeAnswer = RangeAnswer.of(
        response.status,
        response.headers,
        response.body.totalBytes,
        segment?.wanted(),
        part.validator(),
        part.total(),
        Instant.now(),
    )

    /** The answer that tells what there is to fetch. It brings the first part itself. */
    private suspend fun take(response: StreamingResponse, part: PartFile, segment: Segment?) {
        told = response.toValue(ByteArray(0))
        when (val answer = judge(response, part, segment)) {
            is RangeAnswer.Whole -> {
                check(part, answer.total, isAll = answer.total >= 0)
                part.begin(answer.total, answer.validator)
                if (answer.inRanges && answer.validator != null) part.split(workers)
                val first = part.open().firstOrNull() ?: return
                together(part, first, response) {
                    pour(response, part, first, first.end())
                    val isWhole = first.end() == answer.total
                    if (isWhole && next(response) != null) reject(part, "the body is longer than was announced")
                }
            }

            is RangeAnswer.Piece -> {
                check(part, answer.total, isAll = true)
                part.confirm(answer.total)
                part.split(workers)
                val first = part.open().firstOrNull() ?: checkNotNull(segment)
                together(part, first, response) { piece(response, part, first, answer.range) }
            }

            is RangeAnswer.Misfit -> {
                if (segment == null) throw PayloadException(response.request, answer.why, null)
                throw DoesNotFit()
            }

            is RangeAnswer.Refusal -> {
                throw RaiseForStatus.errorOf(response)
            }
        }
    }

    /**
     * [pouring] fills [first] out of [response], while others fetch the other parts, if there are any and [workers] for them.
     * The response is closed when it has done so: others may be waiting for its connection.
     */
    private suspend fun together(
        part: PartFile,
        first: Segment,
        response: StreamingResponse,
        pouring: suspend () -> Unit,
    ) {
        val left = ConcurrentLinkedQueue(part.open().filter { it !== first })
        if (left.isEmpty() || workers == 1) return pouring()
        coroutineScope {
            launch {
                val tries = newTries()
                try {
                    response.use { pouring() }
                } catch (cut: Cut) {
                    tries.awaitNext(cut.request, cut.cause)
                }
                unlessTooMany {
                    fill(part, first, tries)
                    fill(part, left)
                }
            }
            repeat(minOf(workers - 1, left.size)) {
                launch { unlessTooMany { fill(part, left) } }
            }
        }
    }

    /** A server that does not let so many in is asked by one. What is left is fetched afterwards. */
    private suspend fun unlessTooMany(filling: suspend () -> Unit) {
        try {
            filling()
        } catch (_: StatusException) {
            workers = 1
        }
    }

    private suspend fun fill(part: PartFile, left: Queue<Segment>) {
        while (true) fill(part, left.poll() ?: return, newTries())
    }

    private suspend fun fill(part: PartFile, segment: Segment, tries: Tries) {
        while (!segment.isComplete) {
            try {
                ask(part, segment, tries).use { response ->
                    when (val answer = judge(response, part, segment)) {
                        is RangeAnswer.Piece -> piece(response, part, segment, answer.range)
                        is RangeAnswer.Refusal -> throw RaiseForStatus.errorOf(response)
                        else -> throw DoesNotFit()
                    }
                }
            } catch (cut: Cut) {
                tries.awaitNext(cut.request, cut.cause)
            }
        }
    }

    /** The [range] that the server sent for [segment]. What it has of it already must be the same. */
    private suspend fun piece(response: StreamingResponse, part: PartFile, segment: Segment, range: ByteRange) {
        var start: ByteBuffer? = null
        if (range.start < segment.position()) {
            start = next(response) ?: throw truncated(response, range.end - range.start, 0)
            if (!part.endsWith(segment, start.get())) throw DoesNotFit()
        }
        // A server that sends nothing new would do so for ever.
        if (range.end <= segment.position() && !segment.isComplete) throw DoesNotFit()
        val end = minOf(range.end, segment.end())
        pour(response, part, segment, end, start)
        if (end == range.end && next(response) != null) throw DoesNotFit()
    }

    /** Writes what [response] brings, after [start] which it has brought already, up to the [end] of [segment]. */
    private suspend fun pour(
        response: StreamingResponse,
        part: PartFile,
        segment: Segment,
        end: Long,
        start: ByteBuffer? = null,
    ) {
        val before = segment.position()
        var bytes = start
        while (segment.position() < end) {
            if (bytes == null || !bytes.hasRemaining()) bytes = next(response) ?: break
            val room = end - segment.position()
            if (bytes.remaining() > room) bytes.limit(bytes.position() + room.toInt())
            part.write(segment, bytes)
            check(part, segment.position(), isAll = false)
            synchronized(telling) { options.progress.transferred(part.bytes(), part.total()) }
        }
        when {
            segment.position() == end -> Unit
            end == ByteRange.OPEN -> part.endHere()
            else -> throw truncated(response, end - before, segment.position() - before)
        }
    }

    private suspend fun next(response: StreamingResponse): ByteBuffer? {
        currentCoroutineContext().ensureActive()
        try {
            return response.body.read()
        } catch (e: ClientException) {
            throw Cut(response.request, e)
        }
    }

    private fun truncated(response: StreamingResponse, expected: Long, received: Long) =
        Cut(response.request, TruncatedBodyException(response.request, expected, received, null))

    private fun check(part: PartFile, bytes: Long, isAll: Boolean) {
        part.objection(bytes, isAll)?.let { reject(part, it) }
    }

    private fun reject(part: PartFile, why: String): Nothing {
        part.discard()
        throw PayloadException(request, why, null)
    }

    /** Whoever cancels while the digest is made gets no file. */
    private suspend fun finish(part: PartFile): DownloadedFile {
        check(part, part.total(), isAll = true)
        val context = currentCoroutineContext()
        val digest = part.digest { context.ensureActive() }
        val expected = options.digest ?: digest
        if (digest != expected) reject(part, "the ${options.digestAlgorithm} of the file is $digest, not $expected")
        context.ensureActive()
        return DownloadedFile(
            part.finish(),
            part.total(),
            digest,
            part.resumedFrom(),
            part.segments(),
            told.url(),
            told.status,
            told.headers,
        )
    }

    /** What came does not go with what is there: the file has to be fetched from its beginning. */
    private class DoesNotFit : Exception("begins anew")

    /** The body of the response to [request] broke off, or was too slow. */
    private class Cut(val request: ClientRequest, override val cause: ClientException) : Exception(cause)
}
