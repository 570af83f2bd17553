package io.martlet.contract

import io.martlet.body.ServerSentEvent
import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.fixture.Gate
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.http.Headers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.IOException
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.random.Random

/** Responses whose body is on the wire. */
abstract class StreamingContract(face: Face) : ContractGroup(face) {
    @TempDir
    lateinit var folder: Path

    private val server = LocalServer()
    private val rest = Gate()

    init {
        server.on(
            "/two",
            Reply.streaming {
                it.write("one,".encodeToByteArray())
                rest.await()
                it.write("two".encodeToByteArray())
            },
        )
    }

    @Test
    fun `the response is there before its body is complete`() = test {
        session().open(Call("GET", server.url("/two"))).use {
            val seen = listOf(it.status, it.headers["Transfer-Encoding"])
            rest.open()

            assertEquals(listOf(200, "chunked", "one,two"), seen + it.readBytes().decodeToString())
        }
    }

    @Test
    fun `bytes can be used as they arrive`() = test {
        val output = SignallingOutput()
        val stream = session().open(Call("GET", server.url("/two")))
        val transfer = inFlight { stream.use { it.transferTo(output) } }
        output.awaitBytes("one,")

        rest.open()

        assertEquals(7, transfer.await().getOrThrow())
        assertEquals("one,two", output.toString())
    }

    @Test
    fun `chunks are a flow of all bytes`() = test {
        rest.open()

        val chunks = session().open(Call("GET", server.url("/two"))).use { it.chunks().toList() }

        assertEquals("one,two", chunks.joinToString("") { it.decodeToString() })
    }

    @Test
    fun `whoever has seen enough of the chunks closes, and the connection is given up`() = test {
        val first = session().open(Call("GET", server.url("/two"))).use { it.chunks().first() }

        assertEquals("one,", first.decodeToString())
        server.awaitAllEnded()
    }

    @Test
    fun `a body is read in the parts that are asked for`() = test {
        server.on("/parts", Reply.text("HEAD\r\nabcdefghij\nthe end"))

        session().open(Call("GET", server.url("/parts"))).use { stream ->
            val read = listOf(
                stream.lines().first(),
                stream.readExactly(3).decodeToString(),
                stream.chunks(4).first().decodeToString(),
            ) + stream.lines().toList()

            assertEquals(listOf("HEAD", "abc", "defg", "hij", "the end"), read)
        }
    }

    @Test
    fun `events come as they are sent`() = test {
        server.on(
            "/events",
            Reply.streaming {
                it.write("id: 1\ndata: one\n\n".encodeToByteArray())
                rest.await()
                it.write("event: end\ndata: two\n\n".encodeToByteArray())
            },
        )

        val seen = session().open(Call("GET", server.url("/events"))).use { stream ->
            stream.events().onEach { rest.open() }.toList()
        }

        assertEquals(
            listOf(ServerSentEvent("message", "one", "1", null), ServerSentEvent("end", "two", "1", null)),
            seen,
        )
    }

    @Test
    fun `a line without end is an error, and the connection is given up`() = test {
        server.on("/endless", Reply.streaming { while (true) it.write(ByteArray(1000) { 'x'.code.toByte() }) })

        val error = failure<PayloadException> {
            session().open(Call("GET", server.url("/endless"))).use { it.lines(maxLength = 10_000).first() }
        }

        assertEquals("GET ${server.url}/endless: a line is longer than maxLength = 10000 bytes", error.message)
        server.awaitAllEnded()
    }

    @Test
    fun `a second reader is refused, and the first one gets all`() = test {
        val output = SignallingOutput()
        session().open(Call("GET", server.url("/two"))).use { stream ->
            val transfer = inFlight { stream.transferTo(output) }
            output.awaitBytes("one,")

            failure<IllegalStateException> { stream.readBytes() }

            rest.open()
            assertEquals(7, transfer.await().getOrThrow())
        }
        assertEquals("one,two", output.toString())
    }

    @Test
    fun `trailers are there after the end`() = unless(Gap.TRAILER_FIELDS) {
        test {
            val server = RawServer({
                it.readHead()
                it.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                rest.await()
                it.send("2\r\nhi\r\n0\r\nX-Sum: 1\r\n\r\n")
                it.fin()
            })
            session().open(Call("GET", server.url("/"))).use {
                assertEquals(Headers.EMPTY, it.trailers)
                rest.open()
                it.transferTo(OutputStream.nullOutputStream())

                assertEquals("{X-Sum: 1}", it.trailers.toString())
            }
        }
    }

    @Test
    fun `a response that is closed early gives its connection and its slot up`() = test {
        val session = session { copy(connector = ConnectorConfig.builder().limit(1).build()) }

        repeat(3) { session.open(Call("GET", server.url("/two"))).close() }

        session.awaitUsage("0 of 1 in use, 0 waiting")
        server.awaitAllEnded()
    }

    @Test
    fun `a closed body cannot be read`() = test {
        val stream = session().open(Call("GET", server.url("/two")))
        repeat(2) { stream.close() }

        failure<PayloadException> { stream.readBytes() }
    }

    @Test
    fun `a file is saved whole`() = test {
        val bytes = Random(4).nextBytes(8 shl 20)
        server.on("/", Reply.bytes(bytes))
        val path = folder.resolve("file.bin").apply { writeText("old") }

        val saved = session().open(Call("GET", server.url("/"))).use { it.saveTo(path) }

        assertArrayEquals(bytes, Files.readAllBytes(path))
        assertEquals(8L shl 20, saved)
        assertEquals(listOf(path), folder.listDirectoryEntries())
    }

    @Test
    fun `saving tells how far it has come, and of how much`() = test {
        server.on("/", Reply.bytes(ByteArray(1 shl 20)))
        val told = CopyOnWriteArrayList<Pair<Long, Long>>()

        session().open(Call("GET", server.url("/"))).use {
            it.saveTo(folder.resolve("file.bin")) { bytes, total -> told += bytes to total }
        }

        assertEquals(1L shl 20 to (1L shl 20), told.last())
        assertEquals(told.sortedBy { it.first }, told)
    }

    @Test
    fun `how much a chunked body will be is not known`() = test {
        rest.open()
        val totals = CopyOnWriteArrayList<Long>()

        session().open(Call("GET", server.url("/two"))).use {
            it.saveTo(folder.resolve("file.bin")) { _, total -> totals += total }
        }

        assertEquals(setOf(-1L), totals.toSet())
    }

    @Test
    fun `a file may have as long a name as the file system allows`() = test {
        server.on("/", Reply.text("hello"))
        val path = folder.resolve("x".repeat(251) + ".txt")

        session().open(Call("GET", server.url("/"))).use { it.saveTo(path) }

        assertEquals(listOf(path), folder.listDirectoryEntries())
    }

    @Test
    fun `a file that cannot be saved whole is not saved at all`() = test {
        val cut = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")

        failure<TruncatedBodyException> {
            session().open(Call("GET", cut.url("/"))).use { it.saveTo(folder.resolve("file.bin")) }
        }

        assertEquals(emptyList<Path>(), folder.listDirectoryEntries())
    }

    @Test
    fun `a file that was there before survives the failure`() = test {
        val cut = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        val path = folder.resolve("file.bin").apply { writeText("old") }

        failure<TruncatedBodyException> { session().open(Call("GET", cut.url("/"))).use { it.saveTo(path) } }

        assertEquals(listOf(listOf(path), "old"), listOf(folder.listDirectoryEntries(), path.readText()))
    }

    @Test
    fun `a file in a folder that is not there is an error, and the connection is given up`() = test {
        failure<NoSuchFileException> {
            session().open(Call("GET", server.url("/two"))).use { it.saveTo(folder.resolve("missing/file.bin")) }
        }

        server.awaitAllEnded()
    }

    @Test
    fun `what the caller's output throws is thrown, and the connection is given up`() = test {
        val full = object : OutputStream() {
            override fun write(b: Int): Unit = throw IOException("disk full")
        }

        val error = failure<IOException> { session().open(Call("GET", server.url("/two"))).use { it.transferTo(full) } }

        assertEquals("disk full", error.message)
        server.awaitAllEnded()
    }

    @Test
    fun `an error status is a response like any other`() = test {
        server.on("/gone", Reply.text("sorry").status(410, "Gone"))

        session().open(Call("GET", server.url("/gone"))).use {
            assertEquals(listOf(410, "sorry"), listOf(it.status, it.readBytes().decodeToString()))
        }
    }

    @Test
    fun `a body of any size can be streamed, whatever maxBufferedBody says`() = test {
        server.on("/", Reply.bytes(ByteArray(1001)))
        val session = session { copy(maxBufferedBody = 1000) }

        val length = session.open(Call("GET", server.url("/"))).use { it.transferTo(OutputStream.nullOutputStream()) }

        assertEquals(1001, length)
    }
}
