package io.martlet.body

import io.martlet.MemoryBody
import io.martlet.http.MediaType
import io.martlet.memoryBody
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.InputStream
import java.util.zip.GZIPInputStream
import java.util.zip.InflaterInputStream
import kotlin.random.Random

class CompressedSourceTest {
    private fun compressed(body: RequestBody, coding: String = "gzip") = CompressedSource.bodyOf(body, coding)

    private fun plain(coding: String, bytes: ByteArray): ByteArray = bytes.inputStream().undone(coding).readBytes()

    private fun InputStream.undone(coding: String) =
        if (coding == "gzip") GZIPInputStream(this) else InflaterInputStream(this)

    @ParameterizedTest
    @ValueSource(strings = ["gzip", "deflate"])
    fun `what is sent can be decoded, whatever its size`(coding: String) = runTest {
        for (size in listOf(1, 100, 1024, 65_536, 1_000_000)) {
            val bytes = Random(size).nextBytes(size)

            assertArrayEquals(bytes, plain(coding, compressed(RequestBody.bytes(bytes, null), coding).sent()))
        }
    }

    @Test
    fun `it is smaller where it can be`() = runTest {
        assertTrue(compressed(RequestBody.text("x".repeat(100_000))).sent().size < 1000)
    }

    @Test
    fun `a body that comes in pieces is sent in pieces, and read no further than they need`() = runTest {
        val source = MemoryPieces(List(40) { Random(it).nextBytes(4096) })
        val body = compressed(SourceBody(-1, MediaType.TEXT, true) { source.open() })

        val first = body.open().use { it.read()!!.remaining() }

        assertTrue(first in 1024..40_000) { "$first" }
        assertTrue(source.reads < 10) { "${source.reads}" }
        assertArrayEquals(source.all, plain("gzip", body.sent()))
    }

    private class MemoryPieces(private val pieces: List<ByteArray>) {
        var reads = 0
        val all get() = pieces.reduce { a, b -> a + b }

        fun open(): BodySource {
            reads = 0
            val body = MemoryBody(pieces)
            return object : BodySource by body {
                override suspend fun read() = body.read().also { reads++ }
            }
        }
    }

    @Test
    fun `a stream that turns out empty is compressed emptiness`() = runTest {
        val body = compressed(SourceBody(-1, null, true) { memoryBody() })

        assertEquals(0, plain("gzip", body.sent()).size)
    }

    @Test
    fun `its length is not known, its type and whether it can be sent again are those of the body`() {
        val once = SourceBody(3, MediaType.TEXT, false) { memoryBody("abc") }

        assertEquals(-1, compressed(once).contentLength())
        assertEquals(MediaType.TEXT, compressed(once).contentType())
        assertEquals(listOf(false, true), listOf(once, RequestBody.text("a")).map { compressed(it).isReplayable })
    }

    @Test
    fun `closing closes the body, at any time`() = runTest {
        val body = memoryBody("abc")
        val source = compressed(SourceBody(3, null, true) { body }).open()

        repeat(2) { source.close() }

        assertTrue(body.isClosed)
    }

    @Test
    fun `the end is told again`() = runTest {
        val source = compressed(RequestBody.text("a")).open()
        source.read()

        repeat(2) { assertNull(source.read()) }
    }

    @ParameterizedTest
    @ValueSource(strings = ["br", "GZIP", "", "gzip, deflate"])
    fun `another coding is refused`(coding: String) {
        val thrown = assertThrows<IllegalArgumentException> { CompressedSource.checked(coding) }

        assertEquals("compress is \"$coding\", neither \"gzip\" nor \"deflate\"", thrown.message)
    }
}
