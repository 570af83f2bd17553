package io.martlet.ktor

import io.ktor.client.call.body
import io.ktor.client.plugins.ClientRequestException
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.plugins.HttpSend
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.cookies.HttpCookies
import io.ktor.client.plugins.logging.LogLevel
import io.ktor.client.plugins.logging.Logger
import io.ktor.client.plugins.logging.Logging
import io.ktor.client.plugins.onDownload
import io.ktor.client.plugins.onUpload
import io.ktor.client.plugins.plugin
import io.ktor.client.plugins.sse.SSE
import io.ktor.client.plugins.sse.sse
import io.ktor.client.request.forms.MultiPartFormDataContent
import io.ktor.client.request.forms.formData
import io.ktor.client.request.forms.submitForm
import io.ktor.client.request.get
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.http.parametersOf
import io.ktor.utils.io.discard
import io.martlet.contract.Note
import io.martlet.contract.failure
import io.martlet.fixture.Gate
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger

/** Ktor's own plugins over our engine. */
@ExtendWith(LeakCheck::class)
class MartletPluginsTest {
    private val server = LocalServer()

    @Test
    fun `HttpRequestRetry repeats after an answer and after a failure`() = withKtor(
        {
            install(HttpRequestRetry) {
                retryOnExceptionOrServerErrors(maxRetries = 2)
                delayMillis { 0 }
            }
        },
    ) { client ->
        val answers = AtomicInteger()
        server.on("/a") { if (answers.incrementAndGet() < 3) Reply.empty().status(503) else Reply.text("at last") }
        val late = RawServer.playing({ it.fin() }, { it.fin() }, {
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")
            it.hold()
        })

        assertEquals("at last", client.get(server.url("/a")).bodyAsText())
        assertEquals("late", client.get(late.url).bodyAsText())
        assertEquals(1, server.accepts)
    }

    @Test
    fun `HttpRequestRetry knows our time limits as timeouts`() = withKtor(
        {
            install(HttpTimeout) { socketTimeoutMillis = 50 }
            install(HttpRequestRetry) {
                retryOnException(maxRetries = 1, retryOnTimeout = true)
                delayMillis { 0 }
            }
        },
    ) { client ->
        val late = RawServer.playing({ it.hold() }, {
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")
            it.hold()
        })

        assertEquals("late", client.get(late.url).bodyAsText())
    }

    @Test
    fun `HttpCookies keeps cookies`() = withKtor({ install(HttpCookies) }) { client ->
        server.on("/set", Reply.empty().header("Set-Cookie", "a=1; Path=/").header("Set-Cookie", "b=2; Path=/"))
        server.on("/get", Reply.empty())

        client.get(server.url("/set"))
        client.get(server.url("/get"))

        val sent = server.requests.last().headers("Cookie").single().split("; ").toSet()
        assertEquals(setOf("a=1", "b=2"), sent)
    }

    @Test
    fun `redirects are followed, and their bodies are not in the way`() = withKtor { client ->
        server.on("/a", Reply.bytes(ByteArray(500_000)).status(302).header("Location", "/b"))
        server.on("/b", Reply.text("there"))

        val text = client.prepareGet(server.url("/a")).execute { it.bodyAsText() }

        assertEquals("there", text)
    }

    @Test
    fun `without followRedirects there is the redirect`() = withKtor({ followRedirects = false }) { client ->
        server.on("/a", Reply.redirect(302, "/b"))

        assertEquals(302, client.get(server.url("/a")).status.value)
        assertEquals(1, server.requests.size)
    }

    @Test
    fun `HttpSend sends again`() = withKtor { client ->
        server.on("/a", Reply.bytes(ByteArray(500_000)))
        client.plugin(HttpSend).intercept { request ->
            execute(request)
            execute(request)
        }

        client.prepareGet(server.url("/a")).execute { it.bodyAsChannel().discard() }

        assertEquals(2, server.requests.size)
    }

    @Test
    fun `expectSuccess makes an error of a status`() = withKtor({ expectSuccess = true }) { client ->
        val error = failure<ClientRequestException> { client.get(server.url("/nowhere")) }

        assertEquals("nothing here", error.response.bodyAsText())
    }

    @Test
    fun `events come as they are sent, without a total limit`() = withKtor(
        {
            install(SSE)
            install(HttpTimeout) { requestTimeoutMillis = 1 }
        },
    ) { client ->
        val seen = Gate()
        val events = Reply.streaming {
            it.write("data: first\n\n".encodeToByteArray())
            seen.await()
            it.write("id: 2\ndata: second\n\n".encodeToByteArray())
        }
        server.on("/a", events.header("Content-Type", "text/event-stream"))

        client.sse(server.url("/a")) {
            val received = incoming.take(2).onEach { seen.open() }.map { it.data }.toList()
            assertEquals(listOf("first", "second"), received)
        }

        assertTrue(server.request.headers("Accept").contains("text/event-stream"))
    }

    @Test
    fun `progress is told`() = withKtor { client ->
        server.on("/a", Reply.bytes(ByteArray(100_000)))
        val up = CopyOnWriteArrayList<Long>()
        val down = CopyOnWriteArrayList<Long>()

        client.post(server.url("/a")) {
            setBody(ByteArray(50_000))
            onUpload { sent, _ -> up += sent }
            onDownload { received, _ -> down += received }
        }

        assertEquals(50_000, up.last())
        assertEquals(100_000, down.last())
        assertEquals(50_000, server.request.body.size)
    }

    @Test
    fun `forms are sent`() = withKtor { client ->
        server.on("/a", Reply.empty())

        client.submitForm(server.url("/a"), parametersOf("a" to listOf("1 2"), "b" to listOf("ä")))
        client.post(server.url("/a")) { setBody(MultiPartFormDataContent(formData { append("part", "value") }, "xYz")) }

        assertEquals("a=1+2&b=%C3%A4", server.requests[0].text)
        assertEquals(listOf("multipart/form-data; boundary=xYz"), server.requests[1].headers("Content-Type"))
        assertTrue(
            server.requests[1].text.let {
                it.startsWith("--xYz\r\n") &&
                    it.trimEnd().endsWith("\r\nvalue\r\n--xYz--")
            },
        )
    }

    @Test
    fun `ContentNegotiation reads and writes JSON`() = withKtor({
        install(ContentNegotiation) { register(ContentType.Application.Json, NoteConverter) }
    }) { client ->
        server.on("/a") { Reply.json(it.text) }

        val note: Note = client.post(server.url("/a")) {
            contentType(ContentType.Application.Json)
            setBody(Note("hello", listOf("x")))
        }.body()

        assertEquals(Note("hello", listOf("x")), note)
        assertEquals(listOf("application/json"), server.request.headers("Content-Type"))
    }

    @Test
    fun `Logging sees bodies and changes none`() {
        val lines = CopyOnWriteArrayList<String>()
        val logger = object : Logger {
            override fun log(message: String) {
                lines += message
            }
        }
        val logAll: io.ktor.client.HttpClientConfig<MartletEngineConfig>.() -> Unit = {
            install(Logging) {
                this.logger = logger
                level = LogLevel.ALL
            }
        }
        withKtor(logAll) { client ->
            server.on("/a", Reply.text("answer"))

            val text = client.post(server.url("/a")) { setBody("question") }.bodyAsText()

            assertEquals("answer", text)
            assertEquals("question", server.request.text)
        }
        val log = lines.joinToString("\n")
        assertTrue("question" in log && "answer" in log, log)
    }
}
