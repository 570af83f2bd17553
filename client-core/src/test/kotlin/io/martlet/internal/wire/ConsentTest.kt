package io.martlet.internal.wire

import io.martlet.body.BodySource
import io.martlet.body.RequestBody
import io.martlet.fixture.LeakCheck
import io.martlet.http.ClientRequest
import io.martlet.http.MediaType
import io.martlet.http.Method
import io.martlet.http.Url
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.Transport
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.nio.ByteBuffer
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.atomic.AtomicInteger

/** When the server's consent to a body comes, before or behind the moment in which the sender begins to wait for it. */
@ExtendWith(LeakCheck::class)
internal class ConsentTest {
    private val faults = LinkedBlockingQueue<Throwable>()
    private val loop = EventLoop { _, fault -> faults += fault }

    /** How often a body that is not in memory was let go. */
    private val lettings = AtomicInteger()

    @AfterEach
    fun close() {
        loop.close()
        assertEquals(emptyList<Throwable>(), faults.toList())
    }

    private fun request(isStream: Boolean): ClientRequest {
        val body = if (isStream) RequestBody.source(3, MediaType.TEXT) { Unread } else RequestBody.text("abc")
        return ClientRequest.builder(Method.POST, Url.of("http://played.test/")).body(body)
            .apply { headers().set("Expect", "100-continue") }
            .build()
    }

    private object Unread : BodySource {
        override suspend fun read() = throw AssertionError("The writer is played")

        override fun close() = Unit
    }

    private fun PlayedConnection.send(isStream: Boolean) =
        send(request(isStream)) { lettings.incrementAndGet() }

    /** How often the body went out. */
    private fun bodies(played: PlayedConnection, isStream: Boolean): Int =
        if (isStream) lettings.get() else played.transport.sent.substringAfter("\r\n\r\n").length / 3

    @ParameterizedTest
    @ValueSource(booleans = [true, false])
    fun `consent that is there before the sender waits lets the body go once`(isStream: Boolean) {
        lateinit var played: PlayedConnection
        played = PlayedConnection(loop) { below -> AfterFirstWrite(below) { played.play(CONSENT) } }

        played.send(isStream)

        assertEquals(1, bodies(played, isStream))
        played.play(CONSENT)
        assertEquals(1, bodies(played, isStream))
    }

    @ParameterizedTest
    @ValueSource(booleans = [true, false])
    fun `consent that comes while the sender waits lets the body go once`(isStream: Boolean) {
        val played = PlayedConnection(loop)
        played.send(isStream)
        assertEquals(0, bodies(played, isStream))

        played.play(CONSENT, CONSENT)

        assertEquals(1, bodies(played, isStream))
    }

    @ParameterizedTest
    @ValueSource(strings = [OK, CONSENT + OK])
    fun `an answer that is there before the sender waits keeps the body back`(answer: String) {
        lateinit var played: PlayedConnection
        played = PlayedConnection(loop) { below -> AfterFirstWrite(below) { played.play(answer) } }

        played.send(isStream = false)

        assertEquals(listOf<Any>(200), played.heard.toList())
        assertEquals(0, bodies(played, isStream = false))
        assertEquals(listOf("discard"), played.transport.told.filter { it != "retire" })
    }

    @Test
    fun `consent that comes in the very moment lets the body go once`() {
        repeat(2000) {
            val start = CyclicBarrier(2)
            val played = PlayedConnection(loop) { below -> AfterFirstWrite(below) { start.await() } }
            loop.execute {
                start.await()
                played.transport.play(listOf(CONSENT.encodeToByteArray()), End.STAYS)
            }
            played.send(isStream = false)
            loop.await()

            assertEquals(1, bodies(played, isStream = false))
            played.play(OK)
            assertEquals(listOf("release"), played.transport.told)
        }
    }

    /** Does [then] when the connection has written for the first time, and before it knows. */
    private class AfterFirstWrite(private val below: Transport, private val then: () -> Unit) : Transport by below {
        private var isFirst = true

        override fun write(source: ByteBuffer): Int {
            val count = below.write(source)
            if (isFirst) {
                isFirst = false
                then()
            }
            return count
        }
    }

    private companion object {
        const val CONSENT = "HTTP/1.1 100 Continue\r\n\r\n"
        const val OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    }
}
