package io.martlet.internal.wire

import io.martlet.contract.assertFailed
import io.martlet.contract.failure
import io.martlet.error.ClientException.QueueFullException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.fixture.BlackHole
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test

/** G10: waiting for a connection. */
internal class QueueTest : OverWire() {
    @Test
    fun `a hundred requests get the only connection in the order of their coming`() = test {
        val server = LocalServer()
        val gate = server.holding("/first")
        val wired = session { connector { limit = 1 } }
        val first = inFlight { wired.session.get(server.url("/first")) }
        server.awaitInFlight(1)
        val waiting = List(100) { number ->
            server.on("/$number", Reply.text("$number"))
            inFlight { wired.session.get(server.url("/$number")).text() }
                .also { wired.awaitUsage("1 of 1 in use, ${number + 1} waiting") }
        }

        gate.open()

        first.await().getOrThrow()
        assertEquals(List(100) { "$it" }, waiting.awaitAll().map { it.getOrThrow() })
        assertEquals(listOf("/first") + List(100) { "/$it" }, server.requests.map { it.target })
        assertEquals(1, server.accepts)
    }

    @Test
    fun `a hundred requests for many hosts get their turn in the order of their coming`() = test {
        val servers = List(4) { LocalServer().on("/", Reply.text("$it")) }
        val gate = servers[0].holding("/first")
        val wired = session { connector { limit = 1 } }
        val answered = mutableListOf<Int>()
        val first = inFlight { wired.session.get(servers[0].url("/first")) }
        servers[0].awaitInFlight(1)
        val waiting = List(100) { number ->
            servers[number % 4].on("/$number") {
                synchronized(answered) { answered += number }
                Reply.text("$number")
            }
            inFlight { wired.session.get(servers[number % 4].url("/$number")).text() }
                .also { wired.awaitUsage("1 of 1 in use, ${number + 1} waiting") }
        }

        gate.open()

        first.await().getOrThrow()
        waiting.awaitAll().forEach { it.getOrThrow() }
        assertEquals(List(100) { it }, synchronized(answered) { answered.toList() })
    }

    @Test
    fun `a black hole at its limit does not hold up another host`() = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()
        val server = LocalServer().on("/", Reply.text("hello"))
        val wired = session {
            connector {
                limit = 3
                limitPerHost = 2
            }
        }
        val lost = List(5) { inFlight { wired.session.get(hole.url) } }
        wired.awaitUsage("2 of 3 in use, 3 waiting")

        repeat(10) { assertEquals("hello", wired.session.get(server.url("/")).text()) }

        wired.awaitUsage("2 of 3 in use, 3 waiting; 1 idle")
        wired.session.close()
        lost.forEach { assertFailed<SessionClosedException>(it.await()) }
    }

    @Test
    fun `one more than maxQueue is refused, and those who wait are not harmed`() = test {
        val server = LocalServer().on("/", Reply.text("hello"))
        val gate = server.holding("/held")
        val wired = session {
            connector {
                limit = 1
                maxQueue = 2
            }
        }
        val first = inFlight { wired.session.get(server.url("/held")) }
        server.awaitInFlight(1)
        val waiting = List(2) { inFlight { wired.session.get(server.url("/")).text() } }
        wired.awaitUsage("1 of 1 in use, 2 waiting")

        assertEquals(2, failure<QueueFullException> { wired.session.get(server.url("/")) }.maxQueue())

        gate.open()
        first.await().getOrThrow()
        assertEquals(listOf("hello", "hello"), waiting.awaitAll().map { it.getOrThrow() })
        assertEquals(3, server.requests.size)
    }
}
