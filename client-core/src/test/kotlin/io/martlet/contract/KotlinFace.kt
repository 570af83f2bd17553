package io.martlet.contract

import io.martlet.ClientSession
import io.martlet.GatherOptions
import io.martlet.RequestBuilder
import io.martlet.batches
import io.martlet.body.ServerSentEvent
import io.martlet.body.TransferProgress
import io.martlet.download.DownloadOptions
import io.martlet.download.DownloadedFile
import io.martlet.engine.EngineFactory
import io.martlet.gather
import io.martlet.http.ClientResponse
import io.martlet.http.Part
import io.martlet.http.StreamingResponse
import io.martlet.json
import io.martlet.ktor.cio
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import java.io.OutputStream
import java.nio.file.Path

/** [ClientSession], over stock CIO or another [engine]. */
class KotlinFace(
    override val engine: EngineFactory = cio(),
    override val gaps: Set<Gap> = CIO_GAPS,
) : Face {
    override fun open(setup: Setup): Face.Session = KotlinSession(
        ClientSession {
            setup.baseUrl?.let { baseUrl = it }
            setup.headers.forEach { (name, value) -> headers.add(name, value) }
            setup.cookies.forEach { (name, value) -> cookies[name] = value }
            setup.cookieJar?.let { cookieJar = it }
            setup.timeout?.let { timeout(it) }
            setup.connector?.let {
                connector {
                    limit = it.limit
                    limitPerHost = it.limitPerHost
                }
            }
            setup.raiseForStatus?.let { raiseForStatus = it }
            setup.followRedirects?.let { followRedirects = it }
            setup.maxRedirects?.let { maxRedirects = it }
            setup.maxBufferedBody?.let { maxBufferedBody = it }
            setup.decompress?.let { decompress = it }
            setup.auth?.let { auth = it }
            setup.rateLimit?.let { rateLimit = it }
            setup.breaker?.let { use(it) }
            setup.hedging?.let { use(it) }
            engine = setup.engine
        },
    )

    companion object {
        /** What stock CIO is known not to do: reference/ktor-cio.md section 3. */
        val CIO_GAPS: Set<Gap> = setOf(
            Gap.REPEATED_REQUEST_HEADERS,
            Gap.INTERIM_RESPONSES,
            Gap.MALFORMED_ESCAPES,
            Gap.TRUNCATED_HEAD,
            Gap.CHUNKED_TRUNCATION,
            Gap.TRAILERS,
            Gap.TRAILER_FIELDS,
            Gap.CLOSE_DELIMITED,
            Gap.KEEP_ALIVE,
            Gap.AUTO_HEADERS,
            Gap.LATIN_1,
        )
    }
}

private class KotlinSession(private val session: ClientSession) : Face.Session {
    override suspend fun send(call: Call): ClientResponse = when (call.method) {
        "GET" -> session.get(call.url) { take(call) }
        "HEAD" -> session.head(call.url) { take(call) }
        "OPTIONS" -> session.options(call.url) { take(call) }
        "POST" -> session.post(call.url) { take(call) }
        "PUT" -> session.put(call.url) { take(call) }
        "PATCH" -> session.patch(call.url) { take(call) }
        "DELETE" -> session.delete(call.url) { take(call) }
        else -> session.request(call.method, call.url) { take(call) }
    }

    override suspend fun open(call: Call): Face.Stream =
        KotlinStream(session.open(call.method, call.url) { take(call) })

    override suspend fun download(call: Call, path: Path, options: DownloadOptions): DownloadedFile =
        session.download(call.url, path) {
            resume = options.resume
            overwrite = options.overwrite
            segments = options.segments
            minSegmentBytes = options.minSegmentBytes
            size = options.size
            maxBytes = options.maxBytes
            options.digestAlgorithm?.let { digest(it) }
            options.digest?.let { digest(checkNotNull(options.digestAlgorithm), it) }
            progress = options.progress
            request { take(call) }
        }

    override suspend fun <T : Any> gather(
        elements: Iterable<T>,
        options: GatherOptions<T>,
        action: suspend (T) -> T,
    ): List<T> = elements.gather(options, action)

    override suspend fun <T : Any> batches(elements: Iterable<T>, size: Int, action: suspend (T) -> T): List<T> =
        elements.batches(size, action = action)

    override fun note(response: ClientResponse): Note = response.json()

    override fun close() = session.close()

    override suspend fun closeAndJoin() = session.closeAndJoin()

    override fun toString(): String = session.toString()

    private fun RequestBuilder.take(call: Call) {
        call.set.forEach { (name, value) -> headers[name] = value }
        call.add.forEach { (name, value) -> headers.add(name, value) }
        call.remove.forEach { headers.remove(it) }
        call.cookies.forEach { (name, value) -> cookie(name, value) }
        call.params.forEach { (name, value) -> param(name, value) }
        call.body?.let { body(it) }
        call.note?.let { json(it) }
        call.form?.let { form(*it.toTypedArray()) }
        call.multipart?.let { multipart(it) }
        call.compress?.let { compress(it) }
        call.timeout?.let { timeout(it) }
        call.raiseForStatus?.let { raiseForStatus = it }
        call.followRedirects?.let { followRedirects = it }
        call.maxRedirects?.let { maxRedirects = it }
        call.maxBufferedBody?.let { maxBufferedBody = it }
        call.decompress?.let { decompress = it }
        call.auth?.let { auth = it }
        call.hedging?.let { use(it) }
        options(call.options)
    }
}

private class KotlinStream(private val response: StreamingResponse) : Face.Stream {
    override val status get() = response.status

    override val headers get() = response.headers

    override val cookies get() = response.cookies

    override suspend fun readBytes(): ByteArray = response.body.readBytes()

    override suspend fun transferTo(output: OutputStream): Long = response.body.transferTo(output)

    override val trailers get() = response.trailers

    override suspend fun saveTo(path: Path, progress: TransferProgress): Long = response.body.saveTo(path, progress)

    override suspend fun parts(): List<Part> = response.parts().map { it.readAll() }.toList()

    override suspend fun readExactly(count: Int): ByteArray = response.body.readExactly(count)

    override fun chunks(): Flow<ByteArray> = response.body.chunks()

    override fun chunks(size: Int): Flow<ByteArray> = response.body.chunks(size)

    override fun lines(maxLength: Int): Flow<String> = response.body.lines(maxLength)

    override fun events(): Flow<ServerSentEvent> = response.body.events()

    override fun close() = response.close()
}
