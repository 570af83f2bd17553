package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.body.BodySource
import io.martlet.body.RequestBody
import io.martlet.error.ClientException.ConnectionException
import io.martlet.error.ClientException.RequestBodyException
import io.martlet.error.ClientException.WriteTimeoutException
import io.martlet.error.Phase
import io.martlet.fixture.Connection
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.eventually
import io.martlet.http.MediaType
import io.martlet.internal.net.Descriptors
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.file.Path
import kotlin.io.path.writeBytes
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds

/** Bodies that are read while they are sent. */
@ExtendWith(LeakCheck::class)
class UploadTest {
    private val session = ClientSession()

    @AfterEach
    fun close() = session.use {
        eventually({ "it is not idle but ${it.statistics}" }) { it.statistics.run { active + opening + queued } == 0 }
    }

    /** Gives [pieces], then does what [end] says. */
    private class Pieces(private vararg val pieces: String, private val end: suspend () -> Unit = {}) : BodySource {
        private var next = 0

        @Volatile
        var closed = false

        override suspend fun read(): ByteBuffer? {
            if (next == pieces.size) {
                end()
                return null
            }
            return ByteBuffer.wrap(pieces[next++].encodeToByteArray())
        }

        override fun close() {
            closed = true
        }
    }

    /** Never ends. */
    private class Endless : BodySource {
        @Volatile
        var isRead = false

        @Volatile
        var closed = false

        override suspend fun read(): ByteBuffer {
            isRead = true
            return ByteBuffer.allocate(64 * 1024)
        }

        override fun close() {
            closed = true
        }
    }

    private fun body(source: BodySource, length: Long = -1) =
        RequestBody.source(length, MediaType.OCTET_STREAM) { source }

    /** All chunks of a request, each in brackets. */
    private fun Connection.readChunks(): String {
        val chunks = StringBuilder()
        while (true) {
            val size = readLine()!!.toInt(16)
            if (size == 0) {
                readLine()
                return chunks.toString()
            }
            chunks.append('[').append(take(size)!!.decodeToString()).append(']')
            assertEquals("", readLine())
        }
    }

    @Test
    fun `a stream of known length is sent as it is`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("ok"))
        val source = Pieces("ab", "", "c")

        repeat(2) { session.post(server.url("/")) { body(body(if (it == 0) source else Pieces("abc"), 3)) } }

        assertEquals(listOf("abc", "abc"), server.requests.map { it.text })
        assertEquals(
            listOf("3", null),
            server.requests[0].run {
                listOf(header("Content-Length"), header("Transfer-Encoding"))
            },
        )
        assertTrue(source.closed)
        assertEquals(1, server.accepts)
    }

    @Test
    fun `a stream of unknown length is sent in chunks`() = runBlocking<Unit> {
        val bodies = mutableListOf<String>()
        val server = RawServer({
            repeat(2) { _ ->
                val head = it.readHead()!!
                assertTrue(
                    "Transfer-Encoding: chunked" in head && head.none { line ->
                        line.startsWith("Content-Length")
                    },
                )
                bodies += it.readChunks()
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
            it.hold()
        })

        session.post(server.url) { body(body(Pieces("ab", "", "0123456789abcdef"))) }
        session.post(server.url) { body(body(Pieces())) }

        assertEquals(listOf("[ab][0123456789abcdef]", ""), bodies)
        assertEquals(1, server.accepts)
    }

    @ParameterizedTest
    @ValueSource(ints = [0, 1, 65_535, 65_536, 3_000_000])
    fun `a file is sent whole`(
        size: Int,
        @TempDir folder: Path,
    ) = runBlocking<Unit> {
        val bytes = Random(size).nextBytes(size)
        val file = folder.resolve("body").apply { writeBytes(bytes) }
        val server = LocalServer().on("/", Reply.text("ok"))

        repeat(2) { session.put(server.url("/")) { body(RequestBody.file(file)) } }

        server.requests.forEach { assertArrayEquals(bytes, it.body) }
        assertEquals(1, server.accepts)
    }

    @ParameterizedTest
    @ValueSource(longs = [2, 4])
    fun `a body of another length than announced is an error`(announced: Long) = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("ok"))
        val source = Pieces("abc")

        val thrown =
            assertThrows<RequestBodyException> { session.post(server.url("/")) { body(body(source, announced)) } }

        val has = if (announced == 2L) "3 or more" else "3"
        assertTrue(thrown.message!!.endsWith("it has $has bytes, announced were $announced")) { thrown.message }
        assertEquals(Phase.WRITE, thrown.phase())
        assertTrue(source.closed)
        server.awaitAllEnded()
        assertEquals(0, server.requests.size)
    }

    @Test
    fun `a body that cannot be read is an error with its cause`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("ok"))
        val cause = IOException("disk on fire")
        val source = Pieces("abc", end = { throw cause })

        val thrown = assertThrows<RequestBodyException> { session.post(server.url("/")) { body(body(source)) } }

        // Coroutines may copy an exception to add a stack trace; its own cause stays.
        assertSame(cause, generateSequence<Throwable>(thrown) { it.cause }.last())
        assertTrue(source.closed)
        server.awaitAllEnded()
        assertEquals(0, server.requests.size)
    }

    @ParameterizedTest
    @ValueSource(ints = [0, 1, 4, 9])
    fun `a body that cannot be read further breaks off where it does, and is no whole request`(pieces: Int) =
        runBlocking<Unit> {
            val server = LocalServer().on("/", Reply.text("ok"))
            val text = Array(pieces) { "0123456789".repeat(1000) }

            for (length in listOf(-1L, 100_000)) {
                val source = Pieces(*text, end = { throw IOException("disk on fire") })
                assertThrows<RequestBodyException> { session.post(server.url("/")) { body(body(source, length)) } }
                assertTrue(source.closed)
            }

            server.awaitAllEnded()
            assertEquals(0, server.requests.size)
        }

    @ParameterizedTest
    @ValueSource(booleans = [true, false])
    fun `a file is closed when the server hangs up amid it`(
        isReset: Boolean,
        @TempDir folder: Path,
    ) = runBlocking<Unit> {
        val file = folder.resolve("body").apply { writeBytes(ByteArray(32 shl 20)) }
        val server = RawServer(
            {
                it.awaitReceived(1000)
                if (isReset) it.reset() else it.fin()
            },
            appetite = 1000,
        )

        val result = runCatching { session.post(server.url("/")) { body(RequestBody.file(file)) } }

        assertTrue(result.exceptionOrNull() is ConnectionException) { "$result" }
        eventually({ "$file is open" }) { !Descriptors.isOpen(file) }
        server.awaitAllEnded()
    }

    @Test
    fun `an early answer stops the upload and costs the connection`() = runBlocking<Unit> {
        val answer = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nbig!"
        val server = RawServer(
            {
                it.readHead()
                it.send(answer)
            },
            appetite = 1000,
        )
        val source = Endless()

        val streamed = session.post(server.url) { body(body(source)) }
        val inMemory = session.post(server.url) { body(RequestBody.bytes(ByteArray(20_000_000), null)) }

        assertEquals(listOf("413 big!", "413 big!"), listOf(streamed, inMemory).map { "${it.status()} ${it.text()}" })
        // The answer may come before the body is begun.
        assertEquals(source.isRead, source.closed)
        assertEquals(2, server.accepts)
        server.awaitAllEnded()
    }

    @Test
    fun `a server that takes nothing is given up`() = runBlocking<Unit> {
        val server = RawServer({}, appetite = 0)
        val source = Endless()

        val streamed = assertThrows<WriteTimeoutException> {
            session.post(server.url) {
                body(body(source))
                timeout { write = 200.milliseconds }
            }
        }
        assertThrows<WriteTimeoutException> {
            session.post(server.url) {
                body(RequestBody.bytes(ByteArray(50_000_000), null))
                timeout { write = 200.milliseconds }
            }
        }

        assertTrue(streamed.elapsed() >= streamed.limit()) { streamed.message }
        assertTrue(source.closed)
    }

    @Test
    fun `cancelling ends the upload`() = runBlocking<Unit> {
        val server = RawServer(Connection::hold)
        val stuck = CompletableDeferred<Unit>()
        val source = Pieces("abc") {
            stuck.complete(Unit)
            awaitCancellation()
        }
        val call = async(Dispatchers.Default) { session.post(server.url) { body(body(source)) } }
        stuck.await()

        call.cancel()
        call.join()

        assertTrue(source.closed)
        server.awaitAllEnded()
        assertEquals(1, session.statistics.abandoned)
    }

    @ParameterizedTest
    @ValueSource(booleans = [true, false])
    fun `a body waits for the consent that it asked for`(isStream: Boolean) = runBlocking<Unit> {
        var early = ""
        val server = RawServer({
            val head = it.readHead()!!
            early = it.received.decodeToString().substringAfter("\r\n\r\n")
            it.send("HTTP/1.1 100 Continue\r\n\r\n")
            it.take(3)
            it.send("HTTP/1.1 200 OK\r\nContent-Length: ${head.size}\r\n\r\n" + "x".repeat(head.size))
            it.hold()
        })

        repeat(1) {
            val response = session.post(server.url) {
                headers["Expect"] = "100-continue"
                body(if (isStream) body(Pieces("abc"), 3) else RequestBody.text("abc"))
            }
            assertEquals(200, response.status())
        }
        assertEquals("", early)
    }

    @Test
    fun `a body is not sent when the server objects`() = runBlocking<Unit> {
        val server = RawServer({
            it.readHead()
            it.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n")
            it.hold()
        })

        val response = session.post(server.url) {
            headers["Expect"] = "100-continue"
            body(RequestBody.text("abc"))
        }

        assertEquals(417, response.status())
        server.awaitAllEnded()
        assertTrue(server.connections.single().received.decodeToString().endsWith("\r\n\r\n"))
    }

    @Test
    fun `a body goes without consent when the server says nothing`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("ok"))

        session.post(server.url("/")) {
            headers["Expect"] = "100-continue"
            body(RequestBody.text("abc"))
        }

        assertEquals("abc", server.request.text)
    }
}
