package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.fixture.Connection
import io.martlet.fixture.RawServer
import io.martlet.fixture.Script
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertIterableEquals
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.util.concurrent.ConcurrentHashMap
import kotlin.text.Charsets.ISO_8859_1
import kotlin.time.Duration.Companion.seconds

/** F01 to F06: answers that are cut off after every one of their bytes, by FIN and by RST, are never taken for whole. */
internal class CutAnswersTest : OverWire() {
    /** An answer in parts, with a `+` before those that are data, that ends in one of three ways. */
    enum class Framing(vararg val parts: String) {
        LENGTH("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", "+hello world"),
        CHUNKS(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "5\r\n",
            "+hello",
            "\r\n6;a=b\r\n",
            "+ world",
            "\r\n0\r\nA: b\r\nC: d\r\n\r\n",
        ),
        UNTIL_CLOSE("HTTP/1.1 200 OK\r\n\r\n", "+hello world"),
        ;

        val bytes = parts.joinToString("") { it.removePrefix("+") }

        /** What is to become of it when it ends after [count] bytes. */
        fun expected(count: Int, end: End): String {
            if (count < parts[0].length) return "ServerDisconnectedException"
            val isWhole = if (this == UNTIL_CLOSE) end == End.FINISHES else count == bytes.length
            val fate = if (isWhole) "" else "TruncatedBodyException"
            return listOf("200", data(count), fate).filter { it.isNotEmpty() }.joinToString(" ")
        }

        private fun data(count: Int): String {
            val isData = parts.joinToString("") {
                if (it[0] ==
                    '+'
                ) {
                    "x".repeat(it.length - 1)
                } else {
                    " ".repeat(it.length)
                }
            }
            return bytes.filterIndexed { index, _ -> index < count && isData[index] == 'x' }
        }
    }

    private class Cut(val framing: Framing, val count: Int, val end: End) {
        val bytes get() = framing.bytes.substring(0, count)
        val expected get() = framing.expected(count, end)

        override fun toString() = "$framing $end after $count"
    }

    /** Plays the cut whose number is the path. */
    private class CutServer {
        private val counts = ConcurrentHashMap<Int, Int>()
        val server = RawServer(Script { play(it) })

        /** How many requests came over each connection. */
        fun requestsPerConnection(): Set<Int> = counts.values.toSet()

        private fun play(connection: Connection) {
            while (true) {
                val head = connection.readHead() ?: return
                counts.merge(connection.number, 1, Int::plus)
                val cut = CUTS[head.first().split(' ')[1].removePrefix("/").toInt()]
                connection.send(cut.bytes)
                if (cut.end == End.FINISHES) connection.fin() else connection.reset()
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    fun `from a socket`(reading: Reading) = test {
        val server = CutServer()
        val wired = session { timeout { total = 20.seconds } }

        val seen = CUTS.mapIndexed { number, cut ->
            "$cut: ${sure(cut, reading.take(wired.session, "GET", server.server.url("/$number")))}"
        }

        assertIterableEquals(CUTS.map { "$it: ${sure(it, reading.shows(it.expected))}" }, seen)
        assertEquals(setOf(1), server.requestsPerConnection())
        assertHealthy(wired)
    }

    /** An RST may throw away what was sent before it: what is sure is whether there is a response or none. */
    private fun sure(cut: Cut, seen: String): String =
        if (cut.end == End.RESETS) (if (seen.endsWith("Exception")) "failed" else "complete") else seen

    @ParameterizedTest
    @EnumSource
    fun `from a transport that loses nothing`(reading: Reading) {
        val engine = PlayedEngine()
        ClientSession { engine(engine) }.use { session ->
            val seen = CUTS.map { cut ->
                engine.pieces = listOf(cut.bytes.toByteArray(ISO_8859_1))
                engine.end = cut.end
                "$cut: " + runBlocking { reading.take(session, "GET", "http://played.test/") }
            }

            assertIterableEquals(CUTS.map { "$it: ${reading.shows(it.expected)}" }, seen)
        }
    }

    private companion object {
        /** All that end early, and those that end with their connection. */
        val CUTS = Framing.entries.flatMap { framing ->
            val last = if (framing == Framing.UNTIL_CLOSE) framing.bytes.length else framing.bytes.length - 1
            (0..last).flatMap { count -> listOf(Cut(framing, count, End.FINISHES), Cut(framing, count, End.RESETS)) }
        }
    }
}
