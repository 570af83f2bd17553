package io.martlet.internal.wire

import io.martlet.fixture.Gate
import io.martlet.fixture.RawServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** A request whose kept connection was dead goes to a new one, whoever else wants one. */
class StaleRetryTest : WireGroup() {
    @Test
    fun `waits in turn, and again when its turn brings another kept connection`() = test {
        val dead = Gate()
        val busy = Gate()
        val server = RawServer(
            {
                it.readHead()
                it.send(OK)
                it.readHead()
                dead.await()
                it.fin()
            },
            {
                it.readHead()
                busy.await()
                it.send(OK)
            },
            { while (it.readHead() != null) it.send(OK) },
        )
        val session = session { connector { limit = 1 } }
        session.get(server.url("/"))
        val stale = inFlight { session.get(server.url("/stale")) }
        session.awaitUsage("1 of 1 in use, 0 waiting")
        val before = inFlight { session.get(server.url("/before")) }
        session.awaitUsage("1 of 1 in use, 1 waiting")
        dead.open()
        server.awaitAccepts(2)
        session.awaitUsage("1 of 1 in use, 1 waiting")
        val behind = inFlight { session.get(server.url("/behind")) }
        session.awaitUsage("1 of 1 in use, 2 waiting")

        busy.open()

        assertEquals(List(3) { "hello" }, listOf(before, stale, behind).map { it.await().getOrThrow().text() })
        session.assertServes()
    }

    private companion object {
        const val OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    }
}
