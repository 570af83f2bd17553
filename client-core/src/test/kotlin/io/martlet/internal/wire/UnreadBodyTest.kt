package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.contract.failure
import io.martlet.error.ClientException.PayloadException
import io.martlet.fixture.Gate
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.http.ClientRequest
import io.martlet.http.Method
import io.martlet.http.Url
import io.martlet.internal.net.EventLoop
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import org.junit.jupiter.params.provider.ValueSource
import java.util.concurrent.locks.LockSupport

/** G07: what becomes of a connection whose response was not read to its end. */
internal class UnreadBodyTest : OverWire() {
    @ParameterizedTest(name = "{index}")
    @ValueSource(
        strings = [
            "HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA00000\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
        ],
    )
    fun `a long rest is not waited for, and its slot is free`(head: String) = test {
        val server = RawServer({
            it.readHead()
            it.send(head)
            it.send(ByteArray(10 * 1024 * 1024))
        })
        val wired = session { connector { limit = 1 } }

        wired.session.open("GET", server.url("/")).close()

        wired.awaitUsage("0 of 1 in use, 0 waiting; 0 idle")
        server.awaitAllEnded()
        assertHealthy(wired)
    }

    /**
     * Opens a response with [size] bytes of body, of which the first comes at once and the others after the closing, and
     * what [closed] waits for.
     */
    private suspend fun closeBefore(size: Int, closed: (WireSession) -> Unit = {}): Pair<WireSession, RawServer> {
        val rest = Gate()
        val server = RawServer({
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nContent-Length: $size\r\n\r\nx")
            rest.await()
            it.send(ByteArray(size - 1))
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext")
        })
        val wired = session { connector { limit = 1 } }
        wired.session.open("GET", server.url("/")).use { assertEquals(1, it.body.read()!!.remaining()) }
        closed(wired)
        rest.open()
        return wired to server
    }

    @Test
    fun `a rest of 64 KiB is read, and the connection used again`() = test {
        val (wired, server) = closeBefore(size = 1 + 64 * 1024)

        assertEquals("next", wired.session.get(server.url("/")).text())

        assertEquals(1, server.accepts)
    }

    @Test
    fun `a rest of a byte more is not`() = test {
        // If it came earlier, some of it might have arrived before the closing: then it is no byte more.
        val (wired, server) = closeBefore(size = 2 + 64 * 1024) { it.awaitUsage("0 of 1 in use, 0 waiting; 0 idle") }

        server.awaitAllEnded()
        assertHealthy(wired)
    }

    @Test
    fun `a short rest that comes in drops does not hold the slot for long`() = test {
        val server = RawServer({
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
            while (true) {
                it.send("x")
                LockSupport.parkNanos(10_000_000)
            }
        })
        val wired = session { connector { limit = 1 } }

        wired.session.open("GET", server.url("/")).close()

        wired.awaitUsage("0 of 1 in use, 0 waiting; 0 idle")
        server.awaitAllEnded()
    }

    @ParameterizedTest
    @EnumSource(names = ["FINISHES", "RESETS"])
    fun `a rest that nobody wants and that does not come is no failure`(end: End) {
        val loop = EventLoop { _, fault -> throw AssertionError(fault) }
        loop.use {
            val played = PlayedConnection(loop)
            val exchange = played.send(ClientRequest.builder(Method.GET, Url.of("http://played.test/")).build())
            played.play("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            exchange.closeBody()
            loop.await()
            assertEquals(listOf("resume"), played.transport.told)

            played.play(end = end)

            assertEquals(listOf("resume", "discard", "retire"), played.transport.told)
            assertEquals(listOf(1L, 0L, 0L), played.tally.run { listOf(abandoned, failed, completed) }.map { it.sum() })
        }
    }

    @Test
    fun `a body that is there and unread does not hold up the next response`() = test {
        val engine = PlayedEngine()
        val body = "x".repeat(64 * 1024)
        // It exceeds what may wait for its reader with its very last piece.
        engine.pieces = listOf("HTTP/1.1 200 OK\r\nContent-Length: 262144\r\n\r\n", body, body, body, body)
            .map { it.encodeToByteArray() }
        ClientSession { engine(engine) }.use { session ->
            session.open("GET", "http://played.test/").use { response ->
                assertTrue(engine.last.awaitIsKept())
                assertEquals(listOf("pause", "resume", "release"), engine.last.told)

                assertEquals(4 * body.length, response.body.readBytes().size)
            }
            assertEquals(listOf("pause", "resume", "release"), engine.last.told)
        }
    }

    @Test
    fun `who gives up reading does not find a shorter body on the second try`() = test {
        val server = RawServer.stalling("HTTP/1.1 200 OK\r\n\r\nhello")
        val wired = session()
        wired.session.open("GET", server.url("/")).use { response ->
            assertEquals(5, response.body.read()!!.remaining())
            launch(start = CoroutineStart.UNDISPATCHED) { response.body.read() }.cancelAndJoin()
            wired.awaitIdle()
            server.awaitAllEnded()

            failure<PayloadException> { response.body.readBytes() }
        }
    }

    @Test
    fun `a connection is free before its reader has seen the end`() = test {
        val server = LocalServer().on("/", Reply.streaming { it.write("hello".encodeToByteArray()) })
        val wired = session()

        repeat(2000) {
            assertEquals("200 hello", Reading.STREAMED.take(wired.session, "GET", server.url("/")))
            assertEquals("0 of 100 in use, 0 waiting; 1 idle", wired.usage)
        }

        assertEquals(1, server.accepts)
    }
}
