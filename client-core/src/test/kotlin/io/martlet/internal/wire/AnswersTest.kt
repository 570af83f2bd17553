package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.fixture.Connection
import io.martlet.fixture.RawServer
import io.martlet.fixture.Script
import io.martlet.fixture.eventually
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertIterableEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.EnumSource
import java.util.concurrent.ConcurrentHashMap
import kotlin.text.Charsets.ISO_8859_1
import kotlin.time.Duration.Companion.seconds

/** Every one of the [Answers], read in every way, in all the pieces in which it may arrive. */
internal class AnswersTest : OverWire() {
    /** Plays the answer whose number is the path, whole or byte by byte, and the next one on the same connection. */
    private class AnswerServer(bytewise: Boolean) {
        private val paths = ConcurrentHashMap<Int, List<Int>>()
        val server = RawServer(Script { play(it, bytewise) })

        /** The connections on which an answer was played that should have been the last on its own, and was not. */
        fun reused(): List<String> = paths.values
            .flatMap { it.dropLast(1) }
            .map { Answers.all[it] }
            .filterNot { it.isKept }
            .map { "$it" }

        private fun play(connection: Connection, bytewise: Boolean) {
            while (true) {
                val head = connection.readHead() ?: return
                val number = head.first().split(' ')[1].removePrefix("/").toInt()
                paths.merge(connection.number, listOf(number)) { before, now -> before + now }
                val answer = Answers.all[number]
                val pieces = if (bytewise) answer.bytes.chunked(1) else listOf(answer.bytes)
                pieces.forEach { connection.send(it) }
                if (answer.end == End.FINISHES) connection.fin()
            }
        }
    }

    @ParameterizedTest
    @CsvSource("BUFFERED, false", "BUFFERED, true", "STREAMED, false", "STREAMED, true", "SAVED, false", "SAVED, true")
    fun `each answer is read as it should be from a socket`(reading: Reading, bytewise: Boolean) = test {
        val answers = AnswerServer(bytewise)
        val wired = session { timeout { total = 20.seconds } }

        val seen = Answers.all.mapIndexed { number, answer ->
            val read = reading.take(wired.session, answer.method, answers.server.url("/$number"))
            wired.awaitIdle()
            // What follows the end of a response may arrive after it.
            if (!answer.isKept) eventually({ "$answer: ${wired.usage}" }) { wired.usage.endsWith("; 0 idle") }
            answer.line(read, kept = wired.usage.endsWith("; 1 idle"))
        }

        assertIterableEquals(Answers.all.map { it.expected(reading) }, seen)
        assertEquals(emptyList<String>(), answers.reused())
        assertHealthy(wired)
    }

    @ParameterizedTest
    @EnumSource
    fun `no answer depends on the pieces in which it arrives`(reading: Reading) {
        val engine = PlayedEngine()
        ClientSession { engine(engine) }.use { session ->
            for (answer in Answers.all) {
                for (pieces in waysToCut(answer.bytes)) {
                    engine.pieces = pieces
                    engine.end = answer.end
                    val read = runBlocking { reading.take(session, answer.method, "http://played.test/") }

                    val what = { "in pieces of ${pieces.map { it.size }}" }
                    assertEquals(answer.expected(reading), answer.line(read, engine.last.awaitIsKept()), what)
                    assertTrue(
                        Regex("\\w+ / HTTP/1.1\r\n([^\r]+\r\n)+\r\n").matches(engine.last.sent),
                        engine.last.sent,
                    )
                }
            }
        }
    }

    /** Whole, byte by byte, and in every two pieces, of long ones not quite. */
    private fun waysToCut(text: String): Sequence<List<ByteArray>> = sequence {
        val bytes = text.toByteArray(ISO_8859_1)
        yield(listOf(bytes))
        yield(bytes.map { byteArrayOf(it) })
        val step = maxOf(1, bytes.size / 500)
        for (cut in 1..<bytes.size step step) {
            yield(listOf(bytes.copyOfRange(0, cut), bytes.copyOfRange(cut, bytes.size)))
        }
    }
}
