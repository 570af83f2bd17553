package io.martlet.ktor

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.get
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.content.ChannelWriterContent
import io.ktor.http.content.OutgoingContent
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.discard
import io.ktor.utils.io.readByte
import io.ktor.utils.io.readLine
import io.ktor.utils.io.toByteArray
import io.ktor.utils.io.writeFully
import io.martlet.contract.failure
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.IOException

@ExtendWith(LeakCheck::class)
class MartletStreamsTest {
    private val server = LocalServer()

    @Test
    fun `a body is there while it arrives`() = withKtor { client ->
        val read = CompletableDeferred<Unit>()
        server.on(
            "/a",
            Reply.streaming {
                it.write("first\n".encodeToByteArray())
                runBlocking { read.await() }
                it.write("second\n".encodeToByteArray())
            },
        )

        client.prepareGet(server.url("/a")).execute { response ->
            val body = response.bodyAsChannel()
            assertEquals("first", body.readLine())
            read.complete(Unit)
            assertEquals("second", body.readLine())
            assertEquals(null, body.readLine())
        }
    }

    @Test
    fun `more than fits in memory can be read`() = withKtor { client ->
        val megabyte = ByteArray(1 shl 20)
        server.on("/a", Reply.streaming { sink -> repeat(1024) { sink.write(megabyte) } })

        val size = client.prepareGet(server.url("/a")).execute { it.bodyAsChannel().discard() }

        assertEquals(1L shl 30, size)
    }

    @Test
    fun `a body that is read leaves its connection to the next request`() = withKtor { client ->
        server.on("/a", Reply.bytes(ByteArray(1_000_000)))

        repeat(3) { client.prepareGet(server.url("/a")).execute { it.bodyAsChannel().discard() } }

        assertEquals(1, server.accepts)
    }

    @Test
    fun `a channel that is taken out of its block is a whole body`() = withKtor { client ->
        server.on("/a", Reply.text("line\n"))

        val body = client.get(server.url("/a")).body<ByteReadChannel>()

        assertEquals("line", body.readLine())
    }

    @Test
    fun `a stream is sent`() = withKtor { client ->
        server.on("/a", Reply.text("taken"))

        val response = client.post(server.url("/a")) { setBody(ByteReadChannel("streamed")) }

        assertEquals("taken", response.bodyAsText())
        assertEquals("streamed", server.request.text)
    }

    @Test
    fun `a writer is sent`() = withKtor { client ->
        val bytes = ByteArray(3_000_000) { it.toByte() }
        server.on("/a", Reply.text("taken"))
        val halves = ChannelWriterContent(
            body = {
                writeFully(bytes, 0, 1_000_000)
                flush()
                writeFully(bytes, 1_000_000, 3_000_000)
            },
            contentType = null,
            contentLength = 3_000_000,
        )

        client.post(server.url("/a")) { setBody(halves) }

        assertArrayEquals(bytes, server.request.body)
        assertEquals(listOf("3000000"), server.request.headers("Content-Length"))
    }

    @Test
    fun `a writer that fails is heard of`() = withKtor { client ->
        val failing = ChannelWriterContent(body = { throw IOException("no more") }, contentType = null)

        val error = runCatching { client.post(server.url("/a")) { setBody(failing) } }.exceptionOrNull()

        val messages = generateSequence(error) { it.cause }.map { it.message }.toList()
        assertTrue("no more" in messages, messages.toString())
    }

    @Test
    fun `whoever stops reading gives up the connection`() = withKtor { client ->
        val endless = RawServer({
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\nx")
            it.hold()
        })

        val first = client.prepareGet(endless.url).execute { it.bodyAsChannel().readByte() }

        assertEquals('x'.code.toByte(), first)
        endless.awaitAllEnded()
    }

    @Test
    fun `cancelling before the head gives up the connection`() = withKtor { client ->
        val silent = RawServer.stalling()

        val call = beside { client.get(silent.url) }
        silent.awaitAccepts(1)
        silent.connections.single().awaitReceived(10)
        call.cancel()

        silent.awaitAllEnded()
    }

    @Test
    fun `cancelling while the body is read gives up the connection`() = withKtor { client ->
        val silent = RawServer.stalling("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        val reading = CompletableDeferred<Unit>()

        val call = beside {
            client.prepareGet(silent.url).execute { response ->
                val body = response.bodyAsChannel()
                body.readByte()
                reading.complete(Unit)
                body.discard()
            }
        }
        reading.await()
        call.cancel()

        silent.awaitAllEnded()
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "Content-Length: 9\r\n\r\nhalf",
            "Transfer-Encoding: chunked\r\n\r\n9\r\nhalf",
            "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n",
        ],
    )
    fun `a body that is cut off is never complete`(rest: String) = withKtor { client ->
        val cutting = RawServer.answering("HTTP/1.1 200 OK\r\n$rest")

        failure<TruncatedBodyException> { client.get(cutting.url) }
        val streamed = runCatching { client.prepareGet(cutting.url).execute { it.bodyAsChannel().toByteArray() } }

        val causes = generateSequence(streamed.exceptionOrNull()) { it.cause }.toList()
        assertTrue(causes.first() is IOException && causes.any { it is TruncatedBodyException }, causes.toString())
    }

    @Test
    fun `closing the client waits for the requests in flight`() = runBlocking<Unit> {
        val client = HttpClient(Martlet)
        val gate = server.holding("/a")

        val call = beside { client.get(server.url("/a")).bodyAsText() }
        server.awaitInFlight(1)
        client.close()
        gate.open()

        assertEquals("released", call.await().getOrThrow())
    }

    @Test
    fun `a closed client sends nothing`() = runBlocking<Unit> {
        val client = HttpClient(Martlet).also { it.close() }

        val error = runCatching { client.get(server.url("/a")) }.exceptionOrNull()

        assertInstanceOf(CancellationException::class.java, error)
        assertEquals(0, server.accepts)
    }

    @Test
    fun `cancelling the engine ends the requests in flight`() = runBlocking<Unit> {
        val engine = Martlet.create()
        val silent = RawServer.stalling()
        HttpClient(engine).use { client ->
            val call = beside { client.get(silent.url) }
            silent.awaitAccepts(1)
            silent.connections.single().awaitReceived(10)
            engine.cancel()

            assertTrue(call.await().isFailure)
            silent.awaitAllEnded()
        }
    }

    @Test
    fun `cancelling the client gives up its connections and threads`() = runBlocking<Unit> {
        val client = HttpClient(Martlet)
        val silent = RawServer.stalling()
        val call = beside { client.get(silent.url) }
        silent.awaitAccepts(1)
        silent.connections.single().awaitReceived(10)

        client.cancel()

        assertTrue(call.await().isFailure)
        silent.awaitAllEnded()
    }

    @Test
    fun `a body of unknown length can be sent twice`() = withKtor { client ->
        server.on("/a", Reply.redirect(307, "/b")).on("/b", Reply.empty())
        val content: OutgoingContent = OfUnknownLength("again")

        client.post(server.url("/a")) { setBody(content) }
        client.post(server.url("/a")) { setBody(content) }

        assertEquals(listOf("again", "again"), server.requests.map { it.text })
    }
}
