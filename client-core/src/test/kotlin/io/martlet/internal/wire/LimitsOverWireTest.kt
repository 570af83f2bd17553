package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.config.Limits
import io.martlet.contract.failure
import io.martlet.error.ClientException
import io.martlet.error.ClientException.BodyTooLargeException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.ProtocolException
import io.martlet.fixture.Connection
import io.martlet.fixture.RawServer
import io.martlet.fixture.awaitHeapAtMost
import io.martlet.fixture.usedHeap
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import org.junit.jupiter.params.provider.ValueSource

/** Group E, without what is compressed: answers that do not end, and the limits that end them. */
internal class LimitsOverWireTest : OverWire() {
    /** A head or a framing without end; [most] is how many KiB of it may be taken. */
    enum class Endless(
        val start: String,
        val again: String,
        val most: Int,
        val error: Class<out ClientException> = ProtocolException::class.java,
    ) {
        E01_A_STATUS_LINE("HTTP/1.1 200 ", "x".repeat(1024), 10),
        E01_NO_STATUS_LINE("", "x".repeat(1024), 1),
        E02_A_HEADER_LINE("${OK}X: ", "x".repeat(1024), 10),
        E02_A_NAME("${OK}X", "x".repeat(1024), 10),
        E02_SMALL_HEADERS(OK, "X: y\r\n".repeat(100), 2),
        E02_LARGE_HEADERS(OK, "X: ${"y".repeat(8000)}\r\n", 1024),
        INTERIM_RESPONSES("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 1),
        F08_EMPTY_LINES("", "\r\n".repeat(1024), 2),
        E06_EXTENSIONS(CHUNKED, "1;a=${"x".repeat(4000)}\r\nx\r\n", 24, PayloadException::class.java),
        E06_AN_EXTENSION("${CHUNKED}1;a=", "x".repeat(1024), 6, PayloadException::class.java),
        A_CHUNK_SIZE(CHUNKED, "0".repeat(1024), 6, PayloadException::class.java),
        TRAILERS("${CHUNKED}0\r\n", "X: ${"y".repeat(1000)}\r\n", 18, PayloadException::class.java),
    }

    /** Sends [start] and then [again] for ever. */
    private fun sending(start: String, again: String) = RawServer({ connection: Connection ->
        connection.readHead()
        connection.send(start)
        while (true) connection.send(again)
    })

    @ParameterizedTest
    @EnumSource
    fun `what has no end is given up`(answer: Endless) = test {
        val server = sending(answer.start, answer.again.repeat(64))
        val wired = session()

        val errors = Reading.entries.map { it.take(wired.session, "GET", server.url("/")).substringAfterLast(' ') }

        assertEquals(List(3) { answer.error.simpleName }, errors)
        assertHealthy(wired)
        server.awaitAllEnded()
        assertEquals(3, server.accepts)
    }

    @ParameterizedTest
    @EnumSource
    fun `no more than the limits allow is taken of what has no end`(answer: Endless) = test {
        val engine = PlayedEngine()
        val again = answer.again.encodeToByteArray()
        engine.pieces =
            listOf(answer.start.encodeToByteArray()) + List(2 * 1024 * answer.most / again.size + 1) { again }

        ClientSession { engine(engine) }.use { runCatching { it.get("http://played.test/") } }

        val taken = engine.last.awaitReceived()
        assertTrue(taken <= 1024 * answer.most) { "$taken bytes were taken" }
    }

    /** A body without end. */
    enum class EndlessBody(val start: String, val again: String) {
        LENGTH("${OK}Content-Length: 9000000000000000000\r\n\r\n", "x".repeat(4096)),
        CHUNKS(CHUNKED, "1000\r\n${"x".repeat(4096)}\r\n"),
        UNTIL_CLOSE("$OK\r\n", "x".repeat(4096)),
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = ["Content-Length: 60000000\r\n\r\nx", "Transfer-Encoding: chunked\r\n\r\n3938700\r\nx"])
    fun `E13 nothing is set aside for what is only announced`(start: String) = test {
        val server = RawServer.stalling("HTTP/1.1 200 OK\r\n$start")
        val wired = session()
        val before = usedHeap()

        val reading = List(50) {
            val response = wired.session.open("GET", server.url("/"))
            launch(start = CoroutineStart.UNDISPATCHED) { response.use { it.body.readBytes() } }
        }

        awaitHeapAtMost(before + (16 shl 20))
        reading.forEach { it.cancelAndJoin() }
        server.awaitAllEnded()
    }

    @ParameterizedTest
    @EnumSource
    fun `E14 a body in memory has a limit`(body: EndlessBody) = test {
        val server = sending(body.start, body.again)
        val wired = session { maxBufferedBody = 1024 * 1024 }

        assertEquals(1024 * 1024, failure<BodyTooLargeException> { wired.session.get(server.url("/")) }.limit())

        assertHealthy(wired)
        server.awaitAllEnded()
        assertEquals(1, server.accepts)
    }

    /** A limit, an answer that just keeps it and one that does not. */
    enum class Limited(val limits: Limits.Builder, val fits: String, val exceeds: String, val error: Class<*>) {
        STATUS_LINE(
            Limits.builder().maxStatusLine(15),
            "$OK$LENGTH\r\nhello",
            "HTTP/1.1 200 OK!\r\n$LENGTH\r\nhello",
            ProtocolException::class.java,
        ),
        HEADER_LINE(
            Limits.builder().maxHeaderLine(17),
            "$OK$LENGTH\r\nhello",
            "${OK}Content-Length:  5\r\n\r\nhello",
            ProtocolException::class.java,
        ),
        HEADERS(
            Limits.builder().maxHeaders(2),
            "${OK}A: b\r\n$LENGTH\r\nhello",
            "${OK}A: b\r\nC: d\r\n$LENGTH\r\nhello",
            ProtocolException::class.java,
        ),
        INTERIM(
            Limits.builder().maxInterim(1),
            "HTTP/1.1 100 x\r\n\r\n$OK$LENGTH\r\nhello",
            "HTTP/1.1 100 x\r\n\r\nHTTP/1.1 100 x\r\n\r\n$OK$LENGTH\r\nhello",
            ProtocolException::class.java,
        ),
        CHUNK_LINE(
            Limits.builder().maxChunkLine(3),
            "${CHUNKED}5;a\r\nhello\r\n0\r\n\r\n",
            "${CHUNKED}5;ab\r\nhello\r\n0\r\n\r\n",
            PayloadException::class.java,
        ),
        TRAILER_BYTES(
            Limits.builder().maxTrailerBytes(6),
            "${CHUNKED}5\r\nhello\r\n0\r\nA: b\r\n\r\n",
            "${CHUNKED}5\r\nhello\r\n0\r\nA: bc\r\n\r\n",
            PayloadException::class.java,
        ),
        TRAILERS(
            Limits.builder().maxHeaders(2),
            "${CHUNKED}5\r\nhello\r\n0\r\nA: b\r\n\r\n",
            "${CHUNKED}5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n",
            PayloadException::class.java,
        ),
    }

    @ParameterizedTest
    @EnumSource
    fun `the limits are those of the connector`(limited: Limited) = test {
        val server = RawServer({ connection ->
            connection.readHead()
            connection.send(limited.fits)
            connection.readHead()
            connection.send(limited.exceeds)
        })
        val wired = session { connector { limits = limited.limits.build() } }

        assertEquals("hello", wired.session.get(server.url("/")).text())
        val error = runCatching { wired.session.get(server.url("/")) }.exceptionOrNull()

        assertEquals(limited.error, error?.javaClass)
        wired.awaitUsage("0 of 100 in use, 0 waiting; 0 idle")
        assertEquals(1, server.accepts)
    }

    private companion object {
        const val OK = "HTTP/1.1 200 OK\r\n"
        const val LENGTH = "Content-Length: 5\r\n"
        const val CHUNKED = "${OK}Transfer-Encoding: chunked\r\n\r\n"
    }
}
