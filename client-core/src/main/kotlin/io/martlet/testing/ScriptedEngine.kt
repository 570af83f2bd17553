package io.martlet.testing

import io.martlet.body.BodySource
import io.martlet.body.BytesBody
import io.martlet.body.RequestBody
import io.martlet.body.SourceBody
import io.martlet.engine.Engine
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.http.ClientRequest
import io.martlet.http.HttpVersion
import io.martlet.http.Status
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.future.await
import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentLinkedQueue

/**
 * An engine without a network, for tests: it answers as [script] says, and records what it is asked.
 *
 * ```
 * val engine = ScriptedEngine(Answer.status(503), Answer.text("hello"))
 * val session = ClientSession { engine(engine) }
 * ```
 *
 * In Java: `AsyncSession.builder().engine(connector -> engine)`. All that the session does is real: redirects,
 * authentication, middlewares, limits of time. Usable by any number of threads.
 *
 * Under `runTest` the limits of the session run in virtual time, which does not wait for what is done elsewhere: the
 * refreshing of a token, the reading of a file. Tests of these set no limit, or run under `runBlocking`.
 */
public class ScriptedEngine(private val script: Script) : Engine {
    private val recorded = mutableListOf<RecordedRequest>()
    private val awaited = mutableListOf<Pair<Int, CompletableFuture<Void?>>>()
    private val closed = CompletableFuture<Unit>()

    /** Gives [answers] one by one; a request more is an [AssertionError]. */
    public constructor(vararg answers: Answer) : this(inTurn(answers.toList()))

    /** Every request so far, in the order of their coming. */
    @get:JvmName("requests")
    public val requests: List<RecordedRequest> get() = synchronized(recorded) { recorded.toList() }

    /** The only request so far; there must be just one. */
    @get:JvmName("request")
    public val request: RecordedRequest get() = requests.single()

    /** Completes when [count] requests have come, in all. */
    public fun received(count: Int): CompletableFuture<Void?> {
        val received = CompletableFuture<Void?>()
        synchronized(recorded) { awaited += count to received }
        tell()
        return received
    }

    override suspend fun execute(request: ClientRequest): StreamingResponse {
        if (closed.isDone) throw SessionClosedException(request)
        val record = RecordedRequest(request, bytesOf(request.body))
        synchronized(recorded) { recorded += record }
        tell()
        val answer = script.answer(record)
        awaitRelease(answer.released(), request)
        if (!answer.isResponse) throw checkNotNull(answer.failureOf(request)) { "failing gave no exception" }
        val reason = Status.reasonPhrase(answer.status())
        val body = ScriptedBody(request, answer)
        return StreamingResponse(request, HttpVersion.HTTP_1_1, answer.status(), reason, answer.headers(), body)
    }

    private fun tell() {
        val ready = synchronized(recorded) {
            awaited.filter { (count, _) -> recorded.size >= count }.also { awaited -= it.toSet() }
        }
        ready.forEach { (_, received) -> received.complete(null) }
    }

    private suspend fun awaitRelease(released: CompletionStage<*>, request: ClientRequest) {
        CompletableFuture.anyOf(released.toCompletableFuture(), closed).await()
        if (closed.isDone) throw SessionClosedException(request)
    }

    override fun close() {
        closed.complete(Unit)
    }

    override fun toString(): String {
        val state = if (closed.isDone) ", closed" else ""
        return "ScriptedEngine(${requests.size} requests$state)"
    }
}

private fun inTurn(answers: List<Answer>): Script {
    val left = ConcurrentLinkedQueue(answers)
    return Script { left.poll() ?: throw AssertionError("No answer is left for $it, after ${answers.size}") }
}

private suspend fun bytesOf(body: RequestBody): ByteArray = when (body) {
    is BytesBody -> body.bytes
    is SourceBody -> body.source.get().use { readAll(it) }
}

private suspend fun readAll(source: BodySource): ByteArray {
    val all = ByteArrayOutputStream()
    while (true) {
        val bytes = source.read() ?: return all.toByteArray()
        all.write(ByteArray(bytes.remaining()).also { bytes.get(it) })
    }
}

private class ScriptedBody(private val request: ClientRequest, private val answer: Answer) : BodySource {
    private val pieces = answer.pieces().iterator()

    @Volatile
    private var closed = false

    override suspend fun read(): ByteBuffer? {
        if (closed) throw PayloadException(request, "the body was closed before it was read to its end", null)
        if (pieces.hasNext()) return ByteBuffer.wrap(pieces.next().clone())
        answer.failureOf(request)?.let { throw it }
        return null
    }

    override fun close() {
        closed = true
    }
}
