package io.martlet.internal.wire

import io.martlet.config.Limits
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectionException
import io.martlet.fixture.LeakCheck
import io.martlet.http.ClientRequest
import io.martlet.http.Method
import io.martlet.http.Url
import io.martlet.internal.http1.RequestHead.Persistence
import io.martlet.internal.http1.ResponseHead
import io.martlet.internal.net.EventLoop
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.LinkedBlockingQueue

/** A connection ends in the very moment in which a request is sent over it. */
@ExtendWith(LeakCheck::class)
internal class LateSenderTest {
    private val faults = LinkedBlockingQueue<Throwable>()
    private val loop = EventLoop { _, fault -> faults += fault }

    @Test
    fun `the request fails, once and in time`() {
        loop.use { repeat(5000) { round() } }

        assertEquals(emptyList<Throwable>(), faults.toList())
    }

    private fun round() {
        val transport = PlayedTransport(loop)
        val connection = WireConnection(transport, Limits.DEFAULT, Persistence.DEFAULT, transport.owner)
        val request = ClientRequest.builder(Method.GET, Url.of("http://played.test/")).build()
        val heard = LinkedBlockingQueue<ClientException>()
        val exchange = Exchange(request, connection, FailureReceiver(heard), Tally(), null)
        val start = CyclicBarrier(2)
        val done = CountDownLatch(1)
        connection.start()
        connection.encode(request)
        loop.execute {
            start.await()
            transport.play(emptyList(), End.FINISHES)
            done.countDown()
        }

        start.await()
        connection.send(exchange, null)
        done.await()

        assertTrue(heard.take() is ConnectionException)
        assertTrue(heard.isEmpty())
        assertEquals(1, transport.told.count { it == "discard" }) { "${transport.told}" }
    }

    private class FailureReceiver(private val heard: LinkedBlockingQueue<ClientException>) : ResponseReceiver {
        override fun arrived(
            head: ResponseHead,
            body: ReceivedBody,
        ) = throw AssertionError("There is a response: $head")

        override fun failed(cause: ClientException) {
            heard += cause
        }
    }
}
