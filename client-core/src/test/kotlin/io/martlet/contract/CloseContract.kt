package io.martlet.contract

import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.Phase
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** What closing a session does. */
abstract class CloseContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer().on("/", Reply.text("hello"))

    @Test
    fun `everything in flight and everything that waits ends at once`() = test {
        server.holding("/held")
        val session = session { copy(connector = ConnectorConfig.builder().limit(10).build()) }
        val calls = List(15) { inFlight { session.send(Call("GET", server.url("/held"))) } }
        server.awaitInFlight(10)
        session.awaitUsage("10 of 10 in use, 5 waiting")

        session.close()

        calls.awaitAll().forEach { assertFailed<SessionClosedException>(it) }
        server.awaitAllEnded()
        session.awaitUsage("0 of 10 in use, 0 waiting")
    }

    @Test
    fun `later calls are refused`() = test {
        val session = session()
        session.send(Call("GET", server.url("/")))

        session.close()

        val error = failure<SessionClosedException> { session.send(Call("GET", server.url("/"))) }
        failure<SessionClosedException> { session.open(Call("GET", server.url("/"))) }
        assertEquals(listOf(Phase.REQUEST, 1), listOf(error.phase(), server.requests.size))
    }

    @Test
    fun `a session that never was used can be closed, and twice`() = test {
        val session = session()

        repeat(2) { session.close() }

        failure<SessionClosedException> { session.send(Call("GET", server.url("/"))) }
    }

    @Test
    fun `a body on the wire ends`() = test {
        val stalling = RawServer.stalling("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        val session = session()
        val received = SignallingOutput()
        val stream = session.open(Call("GET", stalling.url("/")))
        val call = inFlight { stream.use { it.transferTo(received) } }
        received.awaitBytes("half")

        session.close()

        assertFailed<SessionClosedException>(call.await())
        stalling.awaitAllEnded()
    }

    @Test
    fun `a response that nobody reads is given up`() = test {
        val stalling = RawServer.stalling("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        val session = session()
        val stream = session.open(Call("GET", stalling.url("/")))

        session.close()

        stalling.awaitAllEnded()
        failure<SessionClosedException> { stream.use { it.transferTo(SignallingOutput()) } }
    }

    @Test
    fun `who waits for its end hears of it when its threads have ended`() = test {
        server.holding("/held")
        val session = session()
        val calls = List(4) { inFlight { session.send(Call("GET", server.url("/held"))) } }
        server.awaitInFlight(4)

        session.closeAndJoin()

        assertEquals(emptyList<Thread>(), Thread.getAllStackTraces().keys.filter { it.name.startsWith("martlet") })
        calls.awaitAll().forEach { assertFailed<SessionClosedException>(it) }
    }

    @Test
    fun `its end can be waited for again, and after closing`() = test {
        val session = session()
        session.send(Call("GET", server.url("/")))

        session.close()

        repeat(2) { session.closeAndJoin() }
    }

    @Test
    fun `a response that was complete stays as it is`() = test {
        val session = session()
        val response = session.send(Call("GET", server.url("/")))

        session.close()

        assertEquals("hello", response.text())
    }

    @Test
    fun `other sessions go on`() = test {
        val gate = server.holding("/held")
        val other = session()
        val call = inFlight { other.send(Call("GET", server.url("/held"))) }
        server.awaitInFlight(1)

        session().close()

        gate.open()
        assertEquals("released", call.await().getOrThrow().text())
    }

    @Test
    fun `at any moment`() = test {
        repeat(20) { turn ->
            val session = session()
            val calls = List(4) { inFlight { session.send(Call("GET", server.url("/"))) } }
            repeat(50 * turn) { Thread.onSpinWait() }

            session.close()

            calls.awaitAll().filter { it.isFailure }.forEach { assertFailed<SessionClosedException>(it) }
        }
    }
}
