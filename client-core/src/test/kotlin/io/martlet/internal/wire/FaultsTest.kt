package io.martlet.internal.wire

import io.martlet.body.RequestBody
import io.martlet.contract.failure
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectionException
import io.martlet.error.ClientException.ServerDisconnectedException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.error.Phase
import io.martlet.fixture.LeakCheck
import io.martlet.http.ClientRequest
import io.martlet.http.Method
import io.martlet.http.Url
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.Transport
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.extension.ExtendWith
import java.io.IOException
import java.nio.ByteBuffer
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException
import javax.net.ssl.SSLException

/** Whatever is thrown in the midst of an exchange: who waits hears of it, and the connection is given up. */
@ExtendWith(LeakCheck::class)
internal class FaultsTest {
    private val loop = EventLoop { _, fault -> throw AssertionError(fault) }
    private val request = ClientRequest.builder(Method.POST, Url.of("http://played.test/"))
        .body(RequestBody.text("abc"))
        .build()

    @AfterEach
    fun close() = loop.close()

    private fun onLoop(action: () -> Unit) {
        CompletableFuture.runAsync(action, loop).join()
    }

    private fun PlayedConnection.assertGivenUp() {
        loop.await()
        // In either order: where the sender gives up, the loop hears of it before or after the pool does.
        assertEquals(setOf("discard", "retire"), transport.told.toSet())
        assertEquals(1, transport.told.count { it == "discard" })
    }

    /** Throws amid decoding, which wants an array, and ends as a transport does whose listener fails. */
    private fun PlayedConnection.failAmidDecoding(): IOException {
        val fault = IOException("The listener failed")
        onLoop {
            assertThrows<UnsupportedOperationException> { connection.received(ByteBuffer.allocateDirect(1)) }
            connection.ended(fault)
        }
        return fault
    }

    @Test
    fun `amid the head it is told as a failure`() {
        val played = PlayedConnection(loop)
        played.send(request)

        val fault = played.failAmidDecoding()

        val heard = played.heard.single() as ServerDisconnectedException
        assertSame(fault, heard.cause)
        played.assertGivenUp()
    }

    @Test
    fun `amid the body it is told to the reader`() {
        val played = PlayedConnection(loop)
        val exchange = played.send(request)
        played.play("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")

        val fault = played.failAmidDecoding()

        assertEquals(listOf<Any>(200), played.heard.toList())
        val body = WireBody(exchange, played.head, played.pipe)
        val failed = runBlocking { failure<TruncatedBodyException> { body.read() } }
        assertSame(fault, failed.cause)
        assertEquals(1, played.tally.failed.sum())
        played.assertGivenUp()
    }

    @Test
    fun `what sending throws is thrown to the sender`() = runBlocking<Unit> {
        val fault = IllegalStateException("by a test")
        val played = PlayedConnection(loop) { Refusing(it, fault) }

        val thrown =
            failure<IllegalStateException> {
                Sending(request, played.tally, null, ForgottenBodies(loop)).over(played.connection)
            }

        assertEquals(fault.message, thrown.message)
        assertEquals(1, played.tally.abandoned.sum())
        played.assertGivenUp()
    }

    @Test
    fun `what sending on the loop throws is told when the transport has ended of it`() {
        val fault = IllegalStateException("by a test")
        val played = PlayedConnection(loop) { Stuck(it, fault) }
        played.send(request)

        val thrown = assertThrows<CompletionException> { onLoop { played.connection.writable() } }
        onLoop { played.connection.ended(IOException(thrown)) }

        assertSame(fault, thrown.cause)
        assertTrue(played.heard.single() is ClientException) { "${played.heard}" }
        played.assertGivenUp()
    }

    @Test
    fun `what encrypting throws is told with the end of the transport`() {
        val fault = SSLException("by a test")
        val played = PlayedConnection(loop) { Refusing(it, fault) }
        played.send(request)
        assertTrue(played.heard.isEmpty())

        onLoop { played.connection.ended(fault) }

        val heard = played.heard.single() as ConnectionException
        assertEquals(Phase.WRITE, heard.phase())
        assertSame(fault, heard.cause)
        played.assertGivenUp()
    }

    /** Each write throws [fault]. */
    private class Refusing(private val below: Transport, private val fault: Exception) : Transport by below {
        override fun write(source: ByteBuffer): Int = throw fault
    }

    /** Takes nothing first, and then throws [fault]. */
    private class Stuck(private val below: Transport, private val fault: Exception) : Transport by below {
        private var isFirst = true

        override fun write(source: ByteBuffer): Int {
            if (!isFirst) throw fault
            isFirst = false
            return 0
        }
    }
}
