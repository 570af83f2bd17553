package io.martlet.body

import io.martlet.http.MediaType
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.ByteArrayInputStream
import java.io.IOException
import java.io.InputStream
import java.nio.channels.Channels
import java.nio.channels.Pipe
import java.util.concurrent.CountDownLatch
import kotlin.random.Random

/** Bodies out of flows, streams and channels. */
class StreamBodiesTest {
    private val bytes = Random(1).nextBytes(200_000)

    private class Closing(bytes: ByteArray) : ByteArrayInputStream(bytes) {
        var closes = 0

        override fun close() {
            closes++
        }
    }

    private val stream = Closing(bytes)

    private fun streamed() = RequestBody.stream(stream, MediaType.TEXT)

    @Test
    fun `a stream is sent whole, and closed`() = runTest {
        val body = streamed()

        assertArrayEquals(bytes, body.sent())
        assertEquals(1, stream.closes)
        assertEquals(
            "-1 text/plain false",
            "${body.contentLength()} ${body.contentType()?.essence()} ${body.isReplayable}",
        )
    }

    @Test
    fun `a channel is sent whole, and closed`() = runTest {
        val body = RequestBody.channel(Channels.newChannel(stream), MediaType.TEXT, 200_000)

        assertArrayEquals(bytes, body.sent())
        assertEquals(1, stream.closes)
        assertEquals(200_000, body.contentLength())
    }

    @Test
    fun `a flow is sent whole`() = runTest {
        val flow = bytes.asList().chunked(70_000).asFlow().map { it.toByteArray() }

        assertArrayEquals(bytes, flow.toRequestBody().sent())
    }

    @Test
    fun `nothing is sent of what is empty`() = runTest {
        assertEquals(0, RequestBody.stream(InputStream.nullInputStream(), MediaType.TEXT).sent().size)
        assertEquals(0, emptyList<ByteArray>().asFlow().toRequestBody().sent().size)
    }

    @ParameterizedTest
    @ValueSource(strings = ["stream", "channel", "flow"])
    fun `a second request with it fails`(kind: String) = runTest {
        val body = when (kind) {
            "stream" -> streamed()
            "channel" -> RequestBody.channel(Channels.newChannel(stream), MediaType.TEXT, -1)
            else -> listOf(bytes).asFlow().toRequestBody()
        }
        body.sent()

        val thrown = assertThrows(IllegalStateException::class.java) { body.open() }

        assertEquals("it can be sent only once, and was", thrown.message)
    }

    @Test
    fun `a channel that does not block is refused`() {
        val pipe = Pipe.open()
        pipe.source().use { source ->
            pipe.sink().close()
            source.configureBlocking(false)

            assertThrows(IllegalArgumentException::class.java) { RequestBody.channel(source, MediaType.TEXT, -1) }
        }
    }

    @Test
    fun `what a stream throws is thrown`() = runTest {
        val failing = object : InputStream() {
            override fun read() = throw IOException("by a test")
        }

        val thrown = runCatching { RequestBody.stream(failing, MediaType.TEXT).sent() }.exceptionOrNull()

        assertTrue(thrown is IOException && thrown.message == "by a test") { "$thrown" }
    }

    @Test
    fun `what a flow throws is thrown, behind what it emitted`() = runTest {
        val failing = flow {
            emit(byteArrayOf(1))
            throw IOException("by a test")
        }
        val source = failing.toRequestBody().open()

        assertEquals(1, source.read()?.remaining())
        val thrown = runCatching { source.read() }.exceptionOrNull()

        assertTrue(thrown is IOException && thrown.message == "by a test") { "$thrown" }
        source.close()
    }

    @Test
    fun `a flow is no more than one element ahead, and ends when the body is closed`() = runTest {
        var emitted = 0
        val ended = CompletableDeferred<Unit>()
        val endless: Flow<ByteArray> = flow {
            try {
                while (true) emit(byteArrayOf(1)).also { emitted++ }
            } finally {
                ended.complete(Unit)
            }
        }
        val source = endless.toRequestBody().open()

        repeat(3) { source.read() }
        testScheduler.runCurrent()
        assertTrue(emitted <= 3) { "$emitted" }
        source.close()

        ended.await()
    }

    @Test
    fun `whoever is cancelled does not wait for a stream that blocks`() = runBlocking<Unit> {
        val isRead = CompletableDeferred<Unit>()
        val gate = CountDownLatch(1)
        val blocked = object : InputStream() {
            override fun read(): Int {
                isRead.complete(Unit)
                gate.await()
                return -1
            }

            override fun read(target: ByteArray, offset: Int, length: Int) = read()
        }
        val sending = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
            RequestBody.stream(blocked, MediaType.TEXT).open().use { it.read() }
        }
        isRead.await()

        sending.cancel()
        sending.join()

        assertFalse(gate.count == 0L)
        gate.countDown()
    }
}
