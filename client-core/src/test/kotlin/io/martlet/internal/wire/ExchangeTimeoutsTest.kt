package io.martlet.internal.wire

import io.martlet.body.BodySource
import io.martlet.body.RequestBody
import io.martlet.config.ClientTimeout
import io.martlet.contract.failure
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.ClientException.WriteTimeoutException
import io.martlet.error.Phase
import io.martlet.fixture.Connection
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.withLongEnoughLimit
import io.martlet.http.MediaType
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import org.junit.jupiter.params.provider.ValueSource
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.nio.ByteBuffer
import java.util.concurrent.locks.LockSupport
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/** The limits of an exchange: what each of them counts, and what starts it anew. */
class ExchangeTimeoutsTest : WireGroup() {
    private val session by lazy { session { timeout(ClientTimeout.NONE) } }

    @Test
    fun `write ends an upload that the server does not take`() = test {
        val server = RawServer({ }, appetite = 1)

        val error = failure<WriteTimeoutException> {
            session.post(server.url("/")) {
                bytes(ByteArray(32 shl 20))
                timeout { write = SHORT }
            }
        }

        assertTimeout(error, Phase.WRITE, "write", SHORT)
        server.awaitAllEnded()
        session.assertServes()
    }

    @Test
    fun `write does not end an upload that the server takes slowly`() = test {
        val answer = withLongEnoughLimit { limit ->
            ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { listening ->
                val server = inFlight { listening.accept().use { it.readSlowly(SIZE, limit) } }
                val result = runCatching {
                    session.post("http://127.0.0.1:${listening.localPort}/") {
                        bytes(ByteArray(SIZE))
                        timeout { write = limit }
                    }
                }
                if (result.exceptionOrNull() is WriteTimeoutException) return@withLongEnoughLimit null
                server.await().getOrThrow()
                result.getOrThrow().text()
            }
        }

        assertEquals("hello", answer)
    }

    @ParameterizedTest
    @ValueSource(strings = ["firstByte", "socketRead"])
    fun `silence after the request`(name: String) = test {
        val server = RawServer.stalling()

        val error = failure<ReadTimeoutException> {
            session.get(server.url("/")) {
                timeout { if (name == "firstByte") firstByte = SHORT else socketRead = SHORT }
            }
        }

        assertTimeout(error, Phase.FIRST_BYTE, name, SHORT)
        server.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(
        strings = ["HTTP/1.1 2", "HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"],
    )
    fun `firstByte has done its work with the first byte, socketRead goes on`(start: String) = test {
        val server = RawServer.stalling(start)

        val error = withLongEnoughLimit { limit ->
            failure<ReadTimeoutException> {
                session.get(server.url("/")) {
                    timeout {
                        firstByte = limit
                        socketRead = limit * 1.5
                    }
                }
            }.takeIf { it.phase() == Phase.READ }
        }

        assertTimeout(error, Phase.READ, "socketRead", error.limit().toKotlinDuration())
        server.awaitAllEnded()
    }

    @Test
    fun `one byte within each limit keeps a response alive`() = test {
        val answer = withLongEnoughLimit { limit ->
            val server = RawServer({ it.drip(OK, limit) })
            val result = runCatching {
                session.get(server.url("/")) {
                    timeout {
                        firstByte = limit
                        socketRead = limit
                    }
                }
            }
            if (result.exceptionOrNull() is ReadTimeoutException) null else result.getOrThrow().text()
        }

        assertEquals("hello", answer)
    }

    @Test
    fun `total ends a response of which a byte comes now and then`() = test {
        val server = RawServer({ it.drip("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(10_000), STEP) })

        val error = failure<TotalTimeoutException> {
            session.get(server.url("/")) {
                timeout {
                    total = STEP
                    socketRead = STEP * 100
                }
            }
        }

        assertTimeout(error, Phase.TOTAL, "total", STEP)
        server.awaitAllEnded()
        session.assertServes()
    }

    @Test
    fun `socketRead does not count while nobody reads`() = test {
        val server = RawServer({
            it.readHead()
            it.send(
                "HTTP/1.1 200 OK\r\nContent-Length: ${16 shl 20}\r\n\r\n".encodeToByteArray() + ByteArray(16 shl 20),
            )
        })

        val size = withLongEnoughLimit { limit ->
            val result = runCatching {
                session.open("GET", server.url("/")) { timeout { socketRead = limit } }.use {
                    // Silent for longer than that, on a connection of its own.
                    failure<TotalTimeoutException> {
                        session.get(RawServer.stalling().url("/")) { timeout { total = limit * 2 } }
                    }
                    it.body.readBytes().size
                }
            }
            if (result.exceptionOrNull() is ReadTimeoutException) null else result.getOrThrow()
        }

        assertEquals(16 shl 20, size)
    }

    @ParameterizedTest
    @ValueSource(booleans = [true, false])
    fun `socketRead counts behind a head that comes amid the upload`(isStream: Boolean) = test {
        val server = RawServer(
            {
                it.awaitReceived(1)
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf")
            },
            appetite = 1,
        )
        val endless = RequestBody.source(-1, MediaType.OCTET_STREAM) { Halting { awaitCancellation() } }

        val error = failure<ReadTimeoutException> {
            session.post(server.url("/")) {
                if (isStream) body(endless) else bytes(ByteArray(32 shl 20))
                timeout { socketRead = SHORT }
            }
        }

        assertTimeout(error, Phase.READ, "socketRead", SHORT)
        server.awaitAllEnded()
        session.assertServes()
    }

    @Test
    fun `write does not count while the source of the body is waited for`() = test {
        healthy.on("/upload") { Reply.text(it.text) }

        val echo = withLongEnoughLimit { limit ->
            val begun = CompletableDeferred<Unit>()
            val enough = CompletableDeferred<Unit>()
            val body = RequestBody.source(-1, MediaType.TEXT) {
                Halting { begun.complete(Unit).also { enough.await() } }
            }
            val upload = inFlight {
                session.post(healthy.url("/upload")) {
                    body(body)
                    timeout { write = limit }
                }
            }
            upload.invokeOnCompletion { begun.complete(Unit) }
            begun.await()
            // Nothing to send for longer than that.
            failure<TotalTimeoutException> {
                session.get(RawServer.stalling().url("/")) { timeout { total = limit * 2 } }
            }
            enough.complete(Unit)
            val result = upload.await()
            if (result.exceptionOrNull() is WriteTimeoutException) null else result.getOrThrow().text()
        }

        assertEquals("begun and ended", echo)
        session.assertServes()
    }

    /** Gives a piece, then halts, then gives the last one. */
    private class Halting(private val halt: suspend () -> Unit) : BodySource {
        private val pieces = ArrayDeque(listOf("begun", " and ended"))

        override suspend fun read(): ByteBuffer? {
            if (pieces.size == 1) halt()
            return pieces.removeFirstOrNull()?.let { ByteBuffer.wrap(it.encodeToByteArray()) }
        }

        override fun close() = Unit
    }

    @ParameterizedTest
    @MethodSource("none")
    fun `null, zero and more than a lifetime are no limits`(limit: java.time.Duration?) = test {
        val timeout = ClientTimeout(limit, limit, limit, limit, limit, limit, limit, limit, limit)
        val gate = healthy.holding("/held")
        val call = inFlight { session.get(healthy.url("/held")) { timeout(timeout) } }
        healthy.awaitInFlight(1)

        failure<TotalTimeoutException> {
            session.get(RawServer.stalling().url("/")) { timeout { total = SHORT } }
        }

        gate.open()
        assertEquals("released", call.await().getOrThrow().text())
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(longs = [1, 1_000_000])
    fun `the shortest limits strike, and not too early`(nanos: Long) = test {
        val server = RawServer.stalling()
        val limit = nanos.nanoseconds

        repeat(10) {
            val error = failure<TotalTimeoutException> {
                session.get(server.url("/")) { timeout { total = limit } }
            }
            assertTimeout(error, Phase.TOTAL, "total", limit)
        }

        session.assertServes()
        server.awaitAllEnded()
    }

    @Test
    fun `of a hundred totals none strikes early, and none not at all`() = test {
        val server = RawServer.stalling()
        val limit = 300.milliseconds

        val errors = List(100) {
            inFlight { session.get(server.url("/")) { timeout { total = limit } } }
        }.awaitAll().map { it.exceptionOrNull() as TotalTimeoutException }

        errors.forEach { assertTimeout(it, Phase.TOTAL, "total", limit) }
        val slowest = errors.maxOf { it.elapsed() }
        assertTrue(slowest < 20.seconds.toJavaDuration()) { "the last one struck after $slowest" }
        server.awaitAllEnded()
        session.assertServes()
    }

    /** Sends [answer] byte by byte, in more than the time of [limit], but far from as long without one. */
    private fun Connection.drip(answer: String, limit: Duration) {
        readHead()
        answer.forEach {
            pause(limit / 32)
            send(it.toString())
        }
    }

    private fun Socket.readSlowly(size: Int, limit: Duration) {
        val input = getInputStream()
        var end = ""
        while (end != "\r\n\r\n") end = (end + input.read().toChar()).takeLast(4)
        repeat(PIECES) {
            pause(limit / 32)
            input.readNBytes(size / PIECES)
        }
        getOutputStream().write(OK.encodeToByteArray())
    }

    /** The server's time passes. */
    private fun pause(time: Duration) = LockSupport.parkNanos(time.inWholeNanoseconds)

    private companion object {
        const val SIZE = 24 shl 20
        const val PIECES = 64
        const val OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
        val SHORT = 100.milliseconds

        val STEP = 400.milliseconds

        @JvmStatic
        fun none(): List<java.time.Duration?> = listOf(
            null,
            java.time.Duration.ZERO,
            java.time.Duration.ofNanos(Long.MAX_VALUE),
            java.time.Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
        )
    }
}
