package io.martlet.internal.wire

import com.aayushatharva.brotli4j.Brotli4jLoader
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream
import com.github.luben.zstd.ZstdOutputStream
import io.martlet.contract.failure
import io.martlet.error.ClientException
import io.martlet.error.ClientException.BodyTooLargeException
import io.martlet.fixture.Connection
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.awaitHeapAtMost
import io.martlet.fixture.usedHeap
import io.martlet.internal.coding.Encoded
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.io.OutputStream
import java.util.HexFormat
import java.util.zip.Deflater
import java.util.zip.DeflaterOutputStream
import java.util.zip.GZIPOutputStream
import kotlin.time.Duration.Companion.seconds

/** E08 to E12: bodies that are sent compressed, read in every way; some of them are made to do harm. */
internal class CodedAnswersTest : OverWire() {
    /**
     * @param codings the values of `Content-Encoding`, a line each
     * @property expected as [Reading.take] tells it; of a failure its last word, as how much is decoded before is open
     */
    private class Coded(private val name: String, codings: List<String>, body: ByteArray, val expected: String) {
        val reply = codings.fold(Reply.bytes(body)) { reply, coding -> reply.header("Content-Encoding", coding) }

        fun line(seen: String) = "$name: " + if (seen.endsWith("Exception")) seen.substringAfterLast(' ') else seen
    }

    private val whole = Encoded.`as`("gzip", TEXT)

    private fun corrupt(name: String, coding: String, body: ByteArray) =
        Coded(name, listOf(coding), body, "PayloadException")

    private fun decoded(name: String, coding: String, body: ByteArray) = Coded(name, listOf(coding), body, "200 hello")

    private fun asSent(name: String, coding: String, body: ByteArray) =
        Coded(name, listOf(coding), body, "200 ${body.toString(Charsets.ISO_8859_1)}")

    private fun ByteArray.with(index: Int, value: Int) = clone().also { it[index] = value.toByte() }

    private val answers = listOf(
        Coded("E10 six in one line", listOf("gzip, gzip, gzip, gzip, gzip, gzip"), whole, "PayloadException"),
        Coded("E10 six lines", List(6) { "gzip" }, whole, "PayloadException"),
        Coded("E10 a thousand", listOf(List(1000) { "gzip" }.joinToString(",")), whole, "PayloadException"),
        Coded(
            "E10 five",
            listOf("gzip, br", "gzip, deflate", "zstd"),
            Encoded.inAll(TEXT, "gzip", "br", "gzip", "deflate", "zstd"),
            "200 hello",
        ),
        decoded("E10 three", "gzip, br, gzip", Encoded.inAll(TEXT, "gzip", "br", "gzip")),
        decoded("E10 three, and again", "gzip, br, gzip", Encoded.inAll(TEXT, "gzip", "br", "gzip")),
        corrupt("E12 gzip cut off in its head", "gzip", whole.copyOf(5)),
        corrupt("E12 gzip cut off in its data", "gzip", whole.copyOf(12)),
        corrupt("E12 gzip cut off at its end", "gzip", whole.copyOf(whole.size - 1)),
        corrupt("E12 gzip with a wrong checksum", "gzip", whole.with(whole.size - 8, whole[whole.size - 8] + 1)),
        corrupt("E12 gzip with a wrong length", "gzip", whole.with(whole.size - 4, 9)),
        corrupt("E12 gzip with junk behind", "gzip", whole + "junk".encodeToByteArray()),
        corrupt("E12 text that is called gzip", "gzip", TEXT),
        corrupt("E12 text that is called br", "br", "this is no brotli, of course".encodeToByteArray()),
        corrupt("E12 text that is called zstd", "zstd", TEXT),
        corrupt("E12 br cut off", "br", Encoded.`as`("br", TEXT).dropLast(1).toByteArray()),
        corrupt("E12 zstd cut off", "zstd", Encoded.`as`("zstd", TEXT).dropLast(1).toByteArray()),
        corrupt(
            "E12 deflate with a wrong checksum",
            "deflate",
            Encoded.`as`("deflate", TEXT).let {
                it.with(
                    it.size - 1,
                    it.last() + 1,
                )
            },
        ),
        decoded("E12 deflate", "deflate", Encoded.`as`("deflate", TEXT)),
        decoded("E12 raw deflate", "deflate", Encoded.`as`("raw", TEXT)),
        asSent("E12 a coding that nobody knows", "rot13", whole),
        asSent("E12 a known coding below one that nobody knows", "gzip, rot13", whole),
        Coded("E12 nothing, called gzip", listOf("gzip"), ByteArray(0), "200"),
        corrupt("E09 zstd with a window of 2 GiB", "zstd", HexFormat.of().parseHex("28b52ffd00a8290000") + TEXT),
    )

    @ParameterizedTest
    @EnumSource
    fun `each is decoded or an error`(reading: Reading) = test {
        val server = LocalServer()
        answers.forEachIndexed { number, answer -> server.on("/$number", answer.reply) }
        val wired = session { timeout { total = 20.seconds } }

        val seen = answers.mapIndexed { number, answer ->
            answer.line(reading.take(wired.session, "GET", server.url("/$number")))
        }

        assertEquals(answers.map { it.line(it.expected) }.joinToString("\n"), seen.joinToString("\n"))
        assertHealthy(wired)
    }

    @ParameterizedTest
    @EnumSource
    fun `E12 where decoding is off, all are handed over as they were sent`(reading: Reading) = test {
        val server = LocalServer()
        answers.forEachIndexed { number, answer -> server.on("/$number", answer.reply) }
        val wired = session { decompress = false }

        for ((number, answer) in answers.withIndex()) {
            val body = answer.reply.body.toString(Charsets.ISO_8859_1)
            assertEquals("200 $body".trimEnd(), reading.take(wired.session, "GET", server.url("/$number")).trimEnd())
        }
    }

    /** What makes little of a lot of zeros, and says so at once. */
    enum class Coding(val compressing: (OutputStream) -> OutputStream) {
        GZIP({ GZIPOutputStream(it, 512, true) }),
        DEFLATE({ DeflaterOutputStream(it, Deflater(), 512, true) }),
        BR({
            Brotli4jLoader.ensureAvailability()
            BrotliOutputStream(it)
        }),
        ZSTD({ ZstdOutputStream(it) }),
        ;

        val token = name.lowercase()
    }

    /** Answers with zeros without end. */
    private fun bomb(coding: Coding) = RawServer({ connection: Connection ->
        connection.readHead()
        connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: ${coding.token}\r\n\r\n")
        val zeros = ByteArray(MIB)
        coding.compressing(connection.output()).use { while (true) it.write(zeros).also { _ -> it.flush() } }
    })

    private fun Connection.output() = object : OutputStream() {
        override fun write(byte: Int) = send(byteArrayOf(byte.toByte()))

        override fun write(bytes: ByteArray, start: Int, count: Int) = send(bytes.copyOfRange(start, start + count))
    }

    @ParameterizedTest
    @EnumSource
    fun `E08 E09 of a bomb as much is decoded as is read`(coding: Coding) = test {
        val server = bomb(coding)
        val wired = session()
        assertHealthy(wired)
        val before = usedHeap()

        val response = wired.session.open("GET", server.url("/"))
        var count = 0
        while (count < MIB) count += response.body.read()!!.remaining()

        // As if all zeros were of the JVM; the encoder of the server is, too.
        awaitHeapAtMost(before + 16 * MIB)
        response.close()
        server.awaitAllEnded()
        assertHealthy(wired)
    }

    @ParameterizedTest
    @EnumSource
    fun `E08 E09 a bomb that is to be held in memory is an error at the limit`(coding: Coding) = test {
        val server = bomb(coding)
        val wired = session { maxBufferedBody = MIB.toLong() }

        val held = failure<BodyTooLargeException> { wired.session.get(server.url("/")) }
        val read = failure<BodyTooLargeException> {
            wired.session.open("GET", server.url("/")).use { it.body.readBytes(limit = 1000) }
        }

        assertEquals(listOf(MIB.toLong(), 1000), listOf(held.limit(), read.limit()))
        server.awaitAllEnded()
        assertHealthy(wired)
    }

    @Test
    fun `E08 by default a bomb is an error too, long before the limit`() = test {
        val server = bomb(Coding.GZIP)
        val wired = session()

        failure<ClientException.PayloadException> { wired.session.get(server.url("/")) }

        server.awaitAllEnded()
        assertHealthy(wired)
    }

    private companion object {
        const val MIB = 1 shl 20
        val TEXT = "hello".encodeToByteArray()
    }
}
