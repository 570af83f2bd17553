package io.martlet.ktor

import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.client.network.sockets.SocketTimeoutException
import io.ktor.client.plugins.HttpRequestTimeoutException
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.cancel
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.readByte
import io.ktor.utils.io.readFully
import io.ktor.utils.io.toByteArray
import io.martlet.body.BodySource
import io.martlet.contract.failure
import io.martlet.error.ClientException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.QueueTimeoutException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.ClientException.WriteTimeoutException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import io.martlet.http.Method
import io.martlet.http.Url
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.runBlocking
import kotlinx.io.IOException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.ByteBuffer
import java.time.Duration
import java.util.concurrent.CancellationException

class ResponseChannelTest {
    private val call = Job()
    private val source = Scripted()
    private val channel: ByteReadChannel = ResponseChannel(source, call)

    /** Gives [pieces], then ends, fails or waits. */
    private class Scripted : BodySource {
        val pieces = ArrayDeque<String>()
        var failure: ClientException? = null
        var waitsAtEnd = false
        var reads = 0
        var isClosed = false
        private val closing = CompletableDeferred<Unit>()

        override suspend fun read(): ByteBuffer? {
            reads++
            pieces.removeFirstOrNull()?.let { return ByteBuffer.wrap(it.encodeToByteArray()) }
            failure?.let { throw it }
            if (!waitsAtEnd) return null
            closing.await()
            throw PayloadException(REQUEST, "closed", null)
        }

        override fun close() {
            isClosed = true
            closing.complete(Unit)
        }
    }

    @Test
    fun `nothing is read before somebody wants it`() = runBlocking<Unit> {
        source.pieces += listOf("ab", "cd")
        assertEquals(0, source.reads)

        channel.readByte()
        channel.readByte()

        assertEquals(1, source.reads)
    }

    @Test
    fun `the body is all pieces, and then the call may end`() = runBlocking<Unit> {
        source.pieces += listOf("ab", "cd", "e")

        assertEquals("abcde", channel.toByteArray().decodeToString())

        assertTrue(channel.isClosedForRead)
        assertEquals(null, channel.closedCause)
        assertTrue(call.children.none())
        assertTrue(source.isClosed)
    }

    @Test
    fun `so many bytes are awaited as are wanted`() = runBlocking<Unit> {
        source.pieces += listOf("ab", "cd", "e")
        val bytes = ByteArray(3)

        channel.readFully(bytes)

        assertEquals("abc", bytes.decodeToString())
        assertFalse(channel.isClosedForRead)
    }

    @Test
    fun `a failure comes after what arrived before it, and again`() = runBlocking<Unit> {
        source.pieces += "ab"
        source.failure = PayloadException(REQUEST, "cut off", null)
        val bytes = ByteArray(9)

        assertEquals(2, channel.readAvailable(bytes))
        val first = failure<PayloadException> { channel.readAvailable(bytes) }
        val second = failure<PayloadException> { channel.readAvailable(bytes) }

        assertSame(first, second)
        assertSame(first, channel.closedCause)
        assertFalse(channel.isClosedForRead)
        assertTrue(call.children.none() && call.isActive)
    }

    @Test
    fun `cancelling closes the source and wakes the reader`() = runBlocking<Unit> {
        source.waitsAtEnd = true
        val why = IOException("enough")
        val reading = async(start = CoroutineStart.UNDISPATCHED) { runCatching { channel.readByte() } }

        channel.cancel(why)

        assertSame(why, reading.await().exceptionOrNull())
        assertTrue(source.isClosed)
        assertTrue(call.children.none())
    }

    @Test
    fun `a call that fails ends the reading with its cause`() = runBlocking<Unit> {
        source.waitsAtEnd = true
        val why = IOException("too late")
        val reading = async(start = CoroutineStart.UNDISPATCHED) { runCatching { channel.readByte() } }

        call.cancel(CancellationException("over").apply { initCause(why) })

        val error = reading.await().exceptionOrNull()
        assertTrue(generateSequence(error) { it.cause }.any { it === why }, error.toString())
        assertTrue(source.isClosed)
    }

    @Test
    fun `a body that ended stays so when it is cancelled`() = runBlocking<Unit> {
        source.pieces += "ab"
        channel.toByteArray()

        channel.cancel()

        assertEquals(null, channel.closedCause)
    }

    @Test
    fun `a call that ended before begins with a closed body`() = runBlocking<Unit> {
        call.cancelAndJoin()

        val late = ResponseChannel(source, call)

        assertTrue(source.isClosed)
        assertInstanceOf(CancellationException::class.java, late.closedCause)
    }

    @Test
    fun `time limits are those that Ktor's users know`() {
        val second = Duration.ofSeconds(1)
        val connect = ClientException.ConnectTimeoutException(REQUEST, "socketConnect", second, second)
        val expected = mapOf(
            TotalTimeoutException(REQUEST, second, second) to HttpRequestTimeoutException::class,
            connect to ConnectTimeoutException::class,
            ReadTimeoutException(Phase.READ, REQUEST, second, second) to SocketTimeoutException::class,
            WriteTimeoutException(REQUEST, second, second) to SocketTimeoutException::class,
            QueueTimeoutException(REQUEST, second, second, "1 of 1") to QueueTimeoutException::class,
        )

        for ((ours, theirs) in expected) {
            val error = ours.asKtorsOwn()
            assertEquals(theirs, error::class)
            assertSame(ours, if (error === ours) ours else error.cause)
            assertFalse("secret" in error.stackTraceToString())
        }
    }

    private companion object {
        val REQUEST: ClientRequest =
            ClientRequest.builder(Method.GET, Url.of("http://example.org/?token=secret")).build()
    }
}
