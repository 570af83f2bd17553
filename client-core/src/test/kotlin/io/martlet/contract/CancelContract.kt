package io.martlet.contract

import io.martlet.body.RequestBody
import io.martlet.config.ConnectorConfig
import io.martlet.fixture.BlackHole
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.cancelAndJoin
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test

/** Cancelling reaches the socket, wherever the request is on its way, and gives the slot back. */
abstract class CancelContract(face: Face) : ContractGroup(face) {
    private val healthy = LocalServer().on("/", Reply.text("hello"))
    private val session by lazy { session { copy(connector = ConnectorConfig.builder().limit(1).build()) } }

    private suspend fun cancel(call: Deferred<Result<*>>) {
        call.cancelAndJoin()
        assertInstanceOf(CancellationException::class.java, runCatching { call.await() }.exceptionOrNull())
    }

    private suspend fun assertNextRequestWorks() {
        session.awaitUsage("0 of 1 in use, 0 waiting")
        assertEquals("hello", session.send(Call("GET", healthy.url("/"))).text())
    }

    @Test
    fun `while it waits for a slot`() = test {
        val gate = healthy.holding("/held")
        val first = inFlight { session.send(Call("GET", healthy.url("/held"))) }
        healthy.awaitInFlight(1)
        val second = inFlight { session.send(Call("GET", healthy.url("/never"))) }
        session.awaitUsage("1 of 1 in use, 1 waiting")

        cancel(second)

        session.awaitUsage("1 of 1 in use, 0 waiting")
        gate.open()
        assertEquals("released", first.await().getOrThrow().text())
        assertNextRequestWorks()
        assertEquals(listOf("/held", "/"), healthy.requests.map { it.target })
    }

    @Test
    fun `while it connects`() = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()
        val call = inFlight { session.send(Call("GET", hole.url)) }
        hole.awaitClient()

        cancel(call)

        hole.awaitNoClient()
        assertNextRequestWorks()
    }

    @Test
    fun `while it sends a body that the server does not take`() = test {
        val server = RawServer({ }, appetite = 1)
        val body = RequestBody.bytes(ByteArray(32 shl 20), null)
        val call = inFlight { session.send(Call("POST", server.url("/"), body = body)) }
        server.awaitAccepts(1)
        server.connections.single().awaitReceived(1)

        cancel(call)

        server.awaitAllEnded()
        assertNextRequestWorks()
    }

    @Test
    fun `while it waits for the head`() = test {
        val server = LocalServer()
        server.holding("/")
        val call = inFlight { session.send(Call("GET", server.url("/"))) }
        server.awaitInFlight(1)

        cancel(call)

        server.awaitAllEnded()
        assertNextRequestWorks()
    }

    @Test
    fun `while it waits for the rest of the body`() = test {
        val server = RawServer.stalling(HALF)
        val received = SignallingOutput()
        val stream = session.open(Call("GET", server.url("/")))
        val call = inFlight { stream.use { it.transferTo(received) } }
        received.awaitBytes("half")

        cancel(call)

        server.awaitAllEnded()
        assertNextRequestWorks()
    }

    @Test
    fun `while it follows a redirect`() = test {
        val server = LocalServer().on("/", Reply.redirect(302, "/held"))
        server.holding("/held")
        val call = inFlight { session.send(Call("GET", server.url("/"))) }
        server.awaitRequests(2)

        cancel(call)

        server.awaitAllEnded()
        assertNextRequestWorks()
    }

    @Test
    fun `one of many, and the others go on`() = test {
        val gate = healthy.holding("/held")
        val others = session()
        val calls = List(10) { number -> inFlight { others.send(Call("GET", healthy.url("/held?$number"))) } }
        healthy.awaitInFlight(10)

        cancel(calls[4])

        gate.open()
        assertEquals(List(9) { "released" }, (calls - calls[4]).map { it.await().getOrThrow().text() })
    }

    @Test
    fun `again and again, at any moment`() = test {
        val server = LocalServer().on("/", Reply.streaming { body -> repeat(20) { body.write(ByteArray(1000)) } })

        repeat(50) { turn ->
            val call = inFlight { session.send(Call("GET", server.url("/"))) }
            repeat(40 * turn) { Thread.onSpinWait() }
            call.cancelAndJoin()
        }

        // A request that was done in time may have left its connection for the next one: it ends with the session.
        assertNextRequestWorks()
        session.awaitIdle()
    }

    private companion object {
        const val HALF = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    }
}
