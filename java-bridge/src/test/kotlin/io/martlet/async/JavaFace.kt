package io.martlet.async

import io.martlet.GatherOptions
import io.martlet.body.FormData
import io.martlet.body.ServerSentEvent
import io.martlet.body.TransferProgress
import io.martlet.contract.Call
import io.martlet.contract.Face
import io.martlet.contract.Gap
import io.martlet.contract.KotlinFace
import io.martlet.contract.Note
import io.martlet.contract.Setup
import io.martlet.cookie.Cookie
import io.martlet.download.DownloadOptions
import io.martlet.download.DownloadedFile
import io.martlet.engine.EngineFactory
import io.martlet.http.ClientResponse
import io.martlet.http.Headers
import io.martlet.http.Method
import io.martlet.http.Part
import io.martlet.ktor.cio
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.future.await
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runInterruptible
import java.io.OutputStream
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CompletionStage
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executors
import java.util.function.Consumer
import java.util.function.Function

/** [AsyncSession], over stock CIO or another [engine]. */
class JavaFace(
    override val engine: EngineFactory = cio(),
    override val gaps: Set<Gap> = KotlinFace.CIO_GAPS,
) : Face {
    override fun open(setup: Setup): Face.Session = JavaSession(sessionOf(setup))
}

/** [AsyncSession.blocking], whose callers are cancelled by an interrupt. */
class BlockingFace(
    override val engine: EngineFactory = cio(),
    override val gaps: Set<Gap> = KotlinFace.CIO_GAPS,
) : Face {
    override fun open(setup: Setup): Face.Session = WaitingSession(sessionOf(setup))
}

private fun sessionOf(setup: Setup): AsyncSession {
    val builder = AsyncSession.builder().engine(setup.engine)
    setup.baseUrl?.let { builder.baseUrl(it) }
    setup.headers.forEach { (name, value) -> builder.header(name, value) }
    setup.cookies.forEach { (name, value) -> builder.cookie(name, value) }
    setup.cookieJar?.let { builder.cookieJar(it) }
    setup.timeout?.let { builder.timeout(it) }
    setup.connector?.let { builder.connector(it) }
    setup.raiseForStatus?.let { builder.raiseForStatus(it) }
    setup.followRedirects?.let { builder.followRedirects(it) }
    setup.maxRedirects?.let { most -> builder.options { it.maxRedirects(most) } }
    setup.maxBufferedBody?.let { bytes -> builder.options { it.maxBufferedBody(bytes) } }
    setup.decompress?.let { builder.decompress(it) }
    setup.auth?.let { builder.auth(it) }
    setup.rateLimit?.let { builder.rateLimit(it) }
    setup.breaker?.let { builder.use(it) }
    setup.hedging?.let { builder.use(it) }
    return builder.build()
}

private class JavaSession(private val session: AsyncSession) : Face.Session {
    override suspend fun send(call: Call): ClientResponse {
        val spec = Consumer<RequestSpec> { it.take(call) }
        return when (call.method) {
            "GET" -> session.get(call.url, spec)
            "HEAD" -> session.head(call.url, spec)
            "OPTIONS" -> session.options(call.url, spec)
            "POST" -> session.post(call.url, spec)
            "PUT" -> session.put(call.url, spec)
            "PATCH" -> session.patch(call.url, spec)
            "DELETE" -> session.delete(call.url, spec)
            else -> session.request(call.method, call.url, spec)
        }.await()
    }

    override suspend fun open(call: Call): Face.Stream =
        JavaStream(session.open(call.method, call.url) { it.take(call) }.await())

    override suspend fun download(call: Call, path: Path, options: DownloadOptions): DownloadedFile =
        if (call == Call("GET", call.url)) {
            session.download(call.url, path, options).await()
        } else {
            session.download(session.newRequest(Method.GET, call.url) { it.take(call) }, path, options).await()
        }

    override suspend fun <T : Any> gather(
        elements: Iterable<T>,
        options: GatherOptions<T>,
        action: suspend (T) -> T,
    ): List<T> = session.gather(elements, options, staged(action)).await()

    override suspend fun <T : Any> batches(elements: Iterable<T>, size: Int, action: suspend (T) -> T): List<T> =
        session.batches(elements, size, Duration.ZERO, staged(action)).await()

    override fun note(response: ClientResponse): Note = response.json(Note::class.java)

    override fun close() = session.close()

    override suspend fun closeAndJoin() {
        session.closeAsync().await()
    }

    override fun toString(): String = session.toString()
}

/** A thread for each call: as many as wait at once. */
private val THREADS = Executors.newCachedThreadPool {
    Thread(it, "waiting").apply { isDaemon = true }
}.asCoroutineDispatcher()

private class WaitingSession(private val session: AsyncSession) : Face.Session {
    private val blocking = session.blocking()

    override suspend fun send(call: Call): ClientResponse {
        val spec = Consumer<RequestSpec> { it.take(call) }
        return runInterruptible(THREADS) {
            when (call.method) {
                "GET" -> blocking.get(call.url, spec)
                "HEAD" -> blocking.head(call.url, spec)
                "OPTIONS" -> blocking.options(call.url, spec)
                "POST" -> blocking.post(call.url, spec)
                "PUT" -> blocking.put(call.url, spec)
                "PATCH" -> blocking.patch(call.url, spec)
                "DELETE" -> blocking.delete(call.url, spec)
                else -> blocking.request(call.method, call.url, spec)
            }
        }
    }

    override suspend fun open(call: Call): Face.Stream {
        // Cancelled after the call has returned? Then nobody else has the response.
        var opened: AsyncResponse? = null
        try {
            runInterruptible(THREADS) { opened = blocking.open(call.method, call.url) { it.take(call) } }
            return JavaStream(checkNotNull(opened))
        } catch (e: Throwable) {
            opened?.close()
            throw e
        }
    }

    override suspend fun download(call: Call, path: Path, options: DownloadOptions): DownloadedFile {
        val request = session.newRequest(Method.GET, call.url) { it.take(call) }
        return runInterruptible(THREADS) { blocking.download(request, path, options) }
    }

    override suspend fun <T : Any> gather(
        elements: Iterable<T>,
        options: GatherOptions<T>,
        action: suspend (T) -> T,
    ): List<T> = runInterruptible(THREADS) { blocking.gather(elements, options, staged(action)) }

    override suspend fun <T : Any> batches(elements: Iterable<T>, size: Int, action: suspend (T) -> T): List<T> =
        runInterruptible(THREADS) { blocking.batches(elements, size, Duration.ZERO, staged(action)) }

    override fun note(response: ClientResponse): Note = response.json(Note::class.java)

    override fun close() = session.close()

    override suspend fun closeAndJoin() {
        runInterruptible(THREADS) { blocking.await(session.closeAsync()) }
    }

    override fun toString(): String = blocking.toString()
}

/** [action] as Java would write it, with the calls of this very session in it. */
private fun <T : Any> staged(action: suspend (T) -> T): Function<T, CompletionStage<T>> =
    Function { element -> CoroutineScope(Dispatchers.Default).future { action(element) } }

private fun RequestSpec.take(call: Call) {
    call.set.forEach { (name, value) -> header(name, value) }
    call.add.forEach { (name, value) -> addHeader(name, value) }
    call.remove.forEach { removeHeader(it) }
    call.cookies.forEach { (name, value) -> cookie(name, value) }
    call.params.forEach { (name, value) -> param(name, value) }
    call.body?.let { body(it) }
    call.note?.let { json(it) }
    call.form?.let { fields -> form(FormData.of(*fields.flatMap { it.toList() }.toTypedArray())) }
    call.multipart?.let { multipart(it) }
    call.compress?.let { compress(it) }
    call.timeout?.let { timeout(it) }
    call.raiseForStatus?.let { raiseForStatus(it) }
    call.followRedirects?.let { followRedirects(it) }
    call.maxRedirects?.let { most -> options { it.maxRedirects(most) } }
    call.maxBufferedBody?.let { bytes -> options { it.maxBufferedBody(bytes) } }
    call.decompress?.let { decompress(it) }
    call.auth?.let { auth(it) }
    call.hedging?.let { use(it) }
    options(call.options)
}

private class JavaStream(private val response: AsyncResponse) : Face.Stream {
    override val status: Int get() = response.status()

    override val headers: Headers get() = response.headers()

    override val cookies: List<Cookie> get() = response.cookies()

    override suspend fun readBytes(): ByteArray = response.body().readBytes().await()

    override suspend fun transferTo(output: OutputStream): Long = response.body().transferTo(output).await()

    override val trailers: Headers get() = response.trailers()

    override suspend fun saveTo(path: Path, progress: TransferProgress): Long = response.saveTo(path, progress).await()

    override suspend fun parts(): List<Part> {
        val parts = CopyOnWriteArrayList<Part>()
        response.forEachPart { part -> part.readAll().thenAccept { parts += it } }.await()
        return parts
    }

    override suspend fun readExactly(count: Int): ByteArray = response.body().readExactly(count).await()

    override fun chunks(): Flow<ByteArray> = response.body().publisher().asFlow().map { it.single().array() }

    override fun chunks(size: Int): Flow<ByteArray> = response.body().chunks(size).asFlow()

    override fun lines(maxLength: Int): Flow<String> = response.body().lines(maxLength, Charsets.UTF_8).asFlow()

    override fun events(): Flow<ServerSentEvent> = response.body().events().asFlow()

    override fun close() = response.close()
}
