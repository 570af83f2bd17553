package io.martlet.docs

import io.martlet.ClientSession
import io.martlet.cookie.MemoryCookieJar
import io.martlet.engine.Middleware
import io.martlet.http.StreamingResponse
import io.martlet.http.Url
import io.martlet.trace.TraceEvent
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import java.io.ByteArrayOutputStream
import java.nio.file.Path

internal class KotlinRowsTest : RowsContract() {
    private val log = Middleware { request, next -> next.execute(request) }

    private fun <T> inSession(action: suspend (ClientSession) -> T): T = runBlocking {
        ClientSession {
            engine(api)
            baseUrl = "https://api.example.com/v1/"
        }.use { action(it) }
    }

    override fun session() = runBlocking {
        sessionRows(api, log) { _, _ -> }.use { it.get("items") }
        Unit
    }

    override fun requests(data: ByteArray) = inSession { requestRows(it, log, data) }

    override fun bodies(path: Path) = inSession {
        bodyRows(it, path, flowOf("piece".encodeToByteArray()), "a,b".byteInputStream())
    }

    override fun multipart() = inSession { multipartRows(it, ByteArray(100)).toBody().contentLength() }

    override fun response() = inSession {
        release(it)
        Said.of(responseRows(it.get("items/3")))
    }

    override fun streaming(saved: Path) = inSession { session ->
        mutableListOf<Any>().also { seen ->
            streamingRows(saved, ByteArrayOutputStream(), seen) { url, read: suspend (StreamingResponse) -> Unit ->
                session.open("GET", url).use { read(it) }
            }
        }
    }

    override fun parts() = inSession { session ->
        val texts = mutableListOf<Any>().also { partRows(session, it) }
        val lines = mutableListOf<Any>().also { partLines(session, it) }
        val part = valueRows(session.get("parts")).first()
        Said.of(partRow(part)).take(2) + "${texts.first()}".length + lines
    }

    override fun many(urls: List<String>, done: Path, saved: Path) =
        inSession { manyRows(it, urls, done, saved, mutableListOf()) }

    override fun cookies(jar: MemoryCookieJar, url: Url, path: Path) = cookieRows(jar, url, path)

    override fun errors(error: Exception) = errorRows(error)

    override fun events(event: TraceEvent) = traceRows(event)

    override fun middlewares(): String = runBlocking {
        lateinit var session: ClientSession
        session = ClientSession {
            engine(api)
            baseUrl = "https://api.example.com/v1/"
            use(asking { session })
            middlewareRows.forEach { use(it) }
        }
        session.use { it.get("items").text() }
    }

    override fun programs(urls: List<String>, saved: Path) = inSession {
        manyProgram(it, urls)
        streamProgram(it, saved)
        errorProgram(it)
    }

    override fun alone(url: String) = inSession {
        oneRequest(it, it.get("items"), url)
        firstProgram(url)
    }

    override fun settings(): Int {
        val sessions = listOf(redirectRows(), policyRows()) + jarRows() + authRows { "token" }
        sessions.forEach(ClientSession::close)
        return sessions.size
    }
}
