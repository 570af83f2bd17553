package io.martlet.internal.middleware

import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.body.BodySource
import io.martlet.engine.Engine
import io.martlet.error.ClientException.BodyTooLargeException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.http.ClientRequest
import io.martlet.http.Deadline
import io.martlet.http.Headers
import io.martlet.http.Method
import io.martlet.http.StreamingResponse
import io.martlet.internal.coding.Encoded
import io.martlet.requestTo
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.cancel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.nio.ByteBuffer
import java.time.Duration

class DecompressionTest {
    private val request = requestTo("http://h/")
    private val text = "always in flight".encodeToByteArray()

    private suspend fun through(
        body: BodySource,
        encoding: String = "gzip",
        status: Int = 200,
        request: ClientRequest = this.request,
    ): StreamingResponse = Decompression.intercept(
        request,
        Engine { it.answered(status, body, Headers.of("Content-Encoding", encoding, "Content-Length", "7")) },
    )

    private fun gzipped(content: ByteArray = text, pieces: Int = 1): MemoryBody {
        val encoded = Encoded.`as`("gzip", content)
        val size = (encoded.size + pieces - 1) / pieces
        return MemoryBody(encoded.toList().chunked(size).map { it.toByteArray() })
    }

    @ParameterizedTest
    @CsvSource("gzip", "deflate", "br", "zstd", "'br, gzip'")
    fun `a body is decoded as its codings say`(codings: String) = runTest {
        val encoded = Encoded.inAll(text, *codings.split(", ").toTypedArray())

        val response = through(MemoryBody(encoded.map { byteArrayOf(it) }), codings)

        assertArrayEquals(text, response.readAll().bytes)
    }

    @Test
    fun `the fields stay as they came`() = runTest {
        val headers = through(gzipped()).readAll().headers

        assertEquals("{Content-Encoding: gzip, Content-Length: 7}", headers.toString())
    }

    private suspend fun asked(vararg headers: String, request: ClientRequest = this.request): String? {
        var asked: ClientRequest? = null
        val engine = Engine {
            asked = it
            it.answered()
        }
        Decompression.intercept(request.withHeaders(Headers.of(*headers)), engine)
        return asked?.headers?.toString()
    }

    @Test
    fun `what can be decoded is asked for, unless the caller has a wish or wants a range`() = runTest {
        assertEquals("{A: b, Accept-Encoding: gzip, deflate, br, zstd}", asked("A", "b"))
        assertEquals("{accept-encoding: identity}", asked("accept-encoding", "identity"))
        assertEquals("{Range: bytes=0-9}", asked("Range", "bytes=0-9"))
    }

    @Test
    fun `where it is off nothing is asked for and nothing decoded`() = runTest {
        val off = requestTo("http://h/") { decompress(false) }
        val body = gzipped()

        assertSame(body, through(body, request = off).source)
        assertEquals("{A: b}", asked("A", "b", request = off))
    }

    @ParameterizedTest
    @ValueSource(ints = [204, 206, 304])
    fun `a status whose body is none or a part leaves it alone`(status: Int) = runTest {
        val body = gzipped()

        assertSame(body, through(body, status = status).source)
    }

    @Test
    fun `the answer to HEAD is left alone`() = runTest {
        val body = MemoryBody()

        assertSame(body, through(body, request = requestTo("http://h/", Method.HEAD)).source)
    }

    @ParameterizedTest
    @ValueSource(strings = ["compress", "gzip, aes128gcm", "identity", ""])
    fun `a coding that is not known leaves the body as it is`(encoding: String) = runTest {
        val body = gzipped()

        assertSame(body, through(body, encoding).source)
    }

    @Test
    fun `too many codings are an error, and the body is closed`() = runTest {
        val body = gzipped()

        val thrown = assertThrows<PayloadException> { through(body, "gzip,".repeat(6)) }

        val reason = "it has 6 content codings, at most 5 are undone"
        assertEquals("GET http://h/: the body cannot be decoded: $reason", thrown.message)
        assertTrue(body.isClosed)
    }

    @Test
    fun `an empty body is empty`() = runTest {
        assertEquals(0, through(MemoryBody()).readAll().bytes.size)
    }

    @Test
    fun `corrupt content is an error, and the body is closed`() = runTest {
        val body = MemoryBody(listOf("<html>".encodeToByteArray()))

        val thrown = assertThrows<PayloadException> { through(body).body.read() }

        assertEquals("GET http://h/: the body cannot be decoded: these are no gzip data", thrown.message)
        assertTrue(body.isClosed)
    }

    @Test
    fun `content that is cut off is an error behind what there was`() = runTest {
        val encoded = Encoded.`as`("gzip", text)
        val body = MemoryBody(listOf(encoded.copyOf(encoded.size - 1)))
        val response = through(body)

        assertEquals(ByteBuffer.wrap(text), response.body.read())
        val thrown = assertThrows<PayloadException> { response.body.read() }

        assertEquals("GET http://h/: the body cannot be decoded: the gzip data are cut off", thrown.message)
        assertTrue(body.isClosed)
    }

    @Test
    fun `a body that fails fails the same way`() = runTest {
        val failure = PayloadException(request, "it broke", null)
        val body = MemoryBody(listOf(Encoded.`as`("gzip", text).copyOf(5))) { throw failure }

        assertSame(failure, assertThrows<PayloadException> { through(body).body.read() })
    }

    @Test
    fun `a piece is read when all before it is decoded and taken, and no piece is longer than 16 KiB`() = runTest {
        val body = gzipped(ByteArray(1 shl 20), pieces = 3)
        val response = through(body)
        val firsts = mutableMapOf<String, Int>()

        var count = 0
        while (true) {
            val bytes = response.body.read() ?: break
            assertTrue(bytes.remaining() in 1..16 * 1024)
            firsts.putIfAbsent(body.toString(), count++)
        }

        assertEquals(listOf("1 of 3 read", "2 of 3 read", "3 of 3 read"), firsts.keys.toList())
        assertTrue(firsts.getValue("2 of 3 read") > 10) { "$firsts" }
    }

    @Test
    fun `trailers come through, and the end is told again`() = runTest {
        val trailers = Headers.of("Digest", "d")
        val body = through(MemoryBody(listOf(Encoded.`as`("gzip", text)), trailers)).body

        body.readBytes()

        assertNull(body.read())
        assertEquals(trailers, body.trailers)
    }

    @Test
    fun `closing closes the body, and nothing is read after it`() = runTest {
        val body = gzipped()
        val response = through(body)

        repeat(2) { response.close() }

        assertTrue(body.isClosed)
        val thrown = assertThrows<PayloadException> { response.body.read() }
        assertEquals("GET http://h/: the body was closed before it was read to its end", thrown.message)
    }

    @Test
    fun `maxBufferedBody counts what is decoded`() = runTest {
        val limited = requestTo("http://h/") { maxBufferedBody(1000) }

        assertEquals(1000, through(gzipped(ByteArray(1000)), request = limited).readAll().bytes.size)
        val body = gzipped(ByteArray(1001))
        assertThrows<BodyTooLargeException> { through(body, request = limited).readAll() }
        assertTrue(body.isClosed)
    }

    @Test
    fun `a body made to fill memories is an error when it is to be held in memory`() = runTest {
        val body = gzipped(ByteArray(5 shl 20))

        val thrown = assertThrows<PayloadException> { through(body).readAll() }

        assertEquals(
            "GET http://h/: the body grows to more than 200 times its length when it is decoded; stream it with open()",
            thrown.message,
        )
        assertTrue(body.isClosed)
    }

    @Test
    fun `a body of 4 MiB may grow as it likes, and so may one that is streamed`() = runTest {
        assertEquals(4 shl 20, through(gzipped(ByteArray(4 shl 20))).readAll().bytes.size)

        val stream = through(gzipped(ByteArray(9 shl 20))).body
        var length = 0
        while (true) length += (stream.read() ?: break).remaining()
        assertEquals(9 shl 20, length)
    }

    @Test
    fun `what was taken before it was decoded is counted`() = runTest {
        val stream = through(gzipped()).body
        assertEquals(0, stream.encodedLength)

        stream.readBytes()

        assertEquals(Encoded.`as`("gzip", text).size.toLong(), stream.encodedLength)
        assertEquals(-1, MemoryBody().encodedLength)
    }

    @Test
    fun `decoding ends with the time of the request, though it waits for nothing`() = runTest {
        val late = request.withDeadline(Deadline(System.nanoTime() - 2_000_000, Duration.ofMillis(1)))
        val body = gzipped(ByteArray(1 shl 20))

        assertThrows<TotalTimeoutException> { through(body, request = late).body.read() }
        assertTrue(body.isClosed)
    }

    @Test
    fun `decoding ends with its coroutine, though it waits for nothing`() = runTest {
        val stream = through(gzipped(ByteArray(1 shl 20))).body
        var thrown: Throwable? = null

        launch {
            stream.read()
            currentCoroutineContext().cancel()
            thrown = runCatching { stream.read() }.exceptionOrNull()
        }.join()

        assertTrue(thrown is CancellationException)
    }
}
