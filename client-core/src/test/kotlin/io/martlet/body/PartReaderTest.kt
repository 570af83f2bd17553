package io.martlet.body

import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.error.ClientException.BodyTooLargeException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.http.Headers
import io.martlet.http.StreamingPart
import io.martlet.http.StreamingResponse
import io.martlet.memoryBody
import io.martlet.requestTo
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.io.ByteArrayOutputStream
import java.nio.file.Path
import kotlin.io.path.readText

/** Parts while they arrive; what is a part and what is none is in [MultipartDecoderTest]. */
class PartReaderTest {
    @TempDir
    lateinit var folder: Path

    private val request = requestTo("http://h/?k=v")

    private fun response(source: BodySource, type: String = "multipart/mixed; boundary=b") =
        request.answered(body = source, headers = Headers.of("Content-Type", type))

    private fun response(vararg pieces: String) = response(memoryBody(*pieces))

    private suspend fun StreamingResponse.texts() = parts().map { it.text() }.toList()

    private suspend fun StreamingPart.text() = body.readBytes().decodeToString()

    @ParameterizedTest
    @ValueSource(ints = [1, 2, 3, 7, 1000])
    fun `parts come one after the other, whatever the pieces`(size: Int) = runTest {
        val body = "--b\r\nA: 1\r\n\r\none\r\n--b\r\n\r\nt\r\nwo\r\n--b--\r\n"
        val response = response(*body.chunked(size).toTypedArray())

        val read = response.parts().map { "${it.headers} ${it.text()}" }.toList()

        assertEquals(listOf("{A: 1} one", "{} t\r\nwo"), read)
    }

    @Test
    fun `a part says what it is`() = runTest {
        val response = response(
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"; filename*=UTF-8''%C3%BC.png\r\n",
            "Content-Type: image/png\r\n\r\n\r\n--b\r\n\r\n\r\n--b\r\nContent-Type: /\r\n\r\n\r\n--b--",
        )

        val said = response.parts().map { listOf(it.name, it.fileName, "${it.mediaType}", "$it") }.toList()

        assertEquals(
            listOf(
                listOf("f", "ü.png", "image/png", "part of image/png"),
                listOf(null, null, "text/plain", "part of text/plain"),
                listOf(null, null, "application/octet-stream", "part of application/octet-stream"),
            ),
            said,
        )
    }

    @Test
    fun `a part is there before the rest of the body`() = runTest {
        val more = CompletableDeferred<Unit>()
        val read = mutableListOf<String>()
        val response = response(memoryBody("--b\r\n\r\none\r\n--b\r\n", "\r\ntwo") { more.await() })
        val reading = launch(start = CoroutineStart.UNDISPATCHED) { response.parts().collect { read += it.text() } }

        assertEquals(listOf("one"), read)

        reading.cancel()
    }

    @ParameterizedTest
    @CsvSource("0", "1", "2", "3")
    fun `what is not read of a part is skipped`(count: Int) = runTest {
        val response = response("--b\r\n\r\no", "ne\r\n--", "b\r\n\r\ntwo\r\n--b--")

        val read = response.parts().map { it.body.readExactly(count).decodeToString() }.toList()

        assertEquals(listOf("one".take(count), "two".take(count)), read)
    }

    @Test
    fun `the body of a part is read as any other`() = runTest {
        val part = "head\r\nchunkedsent saved"
        val path = folder.resolve("part")
        val output = ByteArrayOutputStream()
        val response = response("--b\r\n\r\n$part\r\n--b\r\n\r\nsaved\r\n--b\r\n\r\nsent\r\n--b--")

        val read = mutableListOf<Any?>()
        response.parts().collect {
            read += when (read.size) {
                0 -> listOf(
                    it.body.lines().first(),
                    it.body.chunks(7).first().decodeToString(),
                    it.body.readExactly(4).decodeToString(),
                    it.text(),
                    it.body.read(),
                )

                1 -> it.body.saveTo(path)

                else -> it.body.transferTo(output)
            }
        }

        assertEquals(listOf(listOf("head", "chunked", "sent", " saved", null), 5L, 4L), read)
        assertEquals("saved sent", "${path.readText()} $output")
    }

    @Test
    fun `a part can be kept as a value`() = runTest {
        val response = response("--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nx\r\n--b--")

        val part = response.parts().map { it.readAll() }.toList().single()

        assertEquals("x ISO-8859-1 part of 1 bytes of text/plain", "${part.text()} ${part.charset()} $part")
    }

    @Test
    fun `a part may be multipart itself`() = runTest {
        val inner = "Content-Type: multipart/mixed; boundary=b2\r\n\r\n--b2\r\n\r\n1\r\n--b2\r\n\r\n2\r\n--b2--\r\nend"
        val response = response("--b\r\n$inner\r\n--b\r\n$inner\r\n--b\r\n\r\n3\r\n--b--")
        val read = mutableListOf<String>()

        response.parts().collect { part ->
            read += when (read.size) {
                0 -> "${part.parts().map { it.text() }.toList()}"
                1 -> part.parts().map { it.text() }.first()
                else -> part.text()
            }
        }

        assertEquals(listOf("[1, 2]", "1", "3"), read)
    }

    @Test
    fun `a part that is too large can be left for the next`() = runTest {
        val source = memoryBody("--b\r\n\r\nlong\r\n--b\r\n\r\n2\r\n--b--")

        val read = response(source).parts().map {
            runCatching { it.readAll(limit = 3).text() }.getOrElse { error -> error.javaClass.simpleName }
        }.toList()

        assertEquals(listOf("BodyTooLargeException", "2"), read)
        assertEquals("1 of 1 read", "$source")
    }

    @Test
    fun `a part that was closed is read no more`() = runTest {
        val response = response("--b\r\n\r\nlong\r\n--b\r\n\r\n2\r\n--b--")

        val thrown = assertThrows<PayloadException> {
            response.parts().collect {
                it.body.close()
                it.text()
            }
        }

        assertEquals("GET http://h/?***: the part was closed before it was read to its end", thrown.message)
    }

    @Test
    fun `a part that is over cannot be read`() = runTest {
        val response = response("--b\r\n\r\nabc\r\n--b\r\n\r\nd\r\n--b--")
        val parts = response.parts().map { it.also { part -> part.body.readExactly(1) } }.toList()

        val thrown = parts.map { assertThrows<IllegalStateException> { it.body.readExactly(1) }.message }.distinct()

        assertEquals(
            listOf("GET http://h/?***: the part is over; its body can be read until the next part is asked for"),
            thrown,
        )
    }

    @Test
    fun `a part is over too when its collector has seen enough`() = runTest {
        val part = response("--b\r\n\r\nabc\r\n--b--").parts().first()

        assertThrows<IllegalStateException> { part.body.read() }
    }

    @Test
    fun `whoever still reads a part when it is over is not disturbed`() = runTest {
        val more = CompletableDeferred<Unit>()
        val response = response(memoryBody("--b\r\n\r\na") { more.await() })

        val thrown = assertThrows<IllegalStateException> {
            response.parts().collect { launch(start = CoroutineStart.UNDISPATCHED) { runCatching { it.text() } } }
        }

        assertEquals("GET http://h/?***: the body is being read by somebody else", thrown.message)
        more.complete(Unit)
    }

    @Test
    fun `the body has no other reader while its parts are read`() = runTest {
        val response = response("--b\r\n\r\na\r\n--b--")

        response.parts().collect { assertThrows<IllegalStateException> { response.body.read() } }
    }

    @Test
    fun `what is behind the last part is not waited for`() = runTest {
        val source = MemoryBody(listOf("--b\r\n\r\na\r\n--b--".encodeToByteArray())) { error("asked for more") }

        assertEquals(listOf("a"), response(source).texts())
    }

    @ParameterizedTest
    @CsvSource(
        "'--b\r\n\r\na', 'the multipart body ends amid part 1, without a closing delimiter'",
        "'--b\r\nA', the multipart body ends amid the head of part 1",
        "'--b\r\nA\r\n\r\n--b--', the head of part 1: field line 1 has no colon",
    )
    fun `a body that is malformed is an error, and closed`(body: String, reason: String) = runTest {
        val source = memoryBody(body)

        val thrown = assertThrows<PayloadException> { response(source).texts() }

        assertEquals("GET http://h/?***: $reason", thrown.message)
        assertTrue(source.isClosed)
    }

    @Test
    fun `a part that is skipped must be whole too`() = runTest {
        assertThrows<PayloadException> { response("--b\r\n\r\na").parts().collect {} }
    }

    @Test
    fun `a body that breaks is never reported as complete`() = runTest {
        val broken = memoryBody("--b\r\n\r\na") { throw TruncatedBodyException(request, 10, 9, null) }

        assertThrows<TruncatedBodyException> { response(broken).texts() }
    }

    @Test
    fun `a body that is not multipart can still be read`() = runTest {
        val response = response(memoryBody("text"), "text/plain")

        val thrown = assertThrows<PayloadException> { response.texts() }

        assertEquals("GET http://h/?***: the body is text/plain, not multipart", thrown.message)
        assertEquals("text", response.body.readBytes().decodeToString())
    }

    @Test
    fun `a part that grows beyond measure when it is decoded is an error`() = runTest {
        val pieces = listOf("--b\r\n\r\n".encodeToByteArray()) + List(5) { ByteArray(1 shl 20) }
        val source = object : BodySource by MemoryBody(pieces) {
            override val encodedLength get() = 1000L
        }

        assertThrows<PayloadException> { response(source).parts().collect { it.readAll(limit = 0) } }
    }

    @Test
    fun `limits of a part are its own`() = runTest {
        val response = response("--b\r\n\r\n123\r\n--b\r\n\r\n456\r\n--b--")

        assertEquals(listOf("123", "456"), response.parts().map { it.readAll(limit = 3).text() }.toList())
        assertNull(response.body.read())
        assertThrows<BodyTooLargeException> {
            response("--b\r\n\r\n1234\r\n--b--").parts().collect { it.readAll(limit = 3) }
        }
    }
}
