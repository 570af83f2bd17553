package io.martlet.contract

import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException.ConnectorException
import io.martlet.fixture.ClosedPort
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** How many requests run at once, and in which order the others come. */
abstract class LimitsContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer()

    private fun limited(limit: Int, limitPerHost: Int = 0) =
        session { copy(connector = ConnectorConfig.builder().limit(limit).limitPerHost(limitPerHost).build()) }

    @Test
    fun `no more requests than limit run at once`() = test {
        val gate = server.holding("/")
        val session = limited(3)
        val calls = List(20) { inFlight { session.send(Call("GET", server.url("/"))) } }
        server.awaitInFlight(3)
        session.awaitUsage("3 of 3 in use, 17 waiting")

        gate.open()

        assertEquals(List(20) { "released" }, calls.awaitAll().map { it.getOrThrow().text() })
        assertEquals(listOf(3, 20), listOf(server.maxInFlight, server.requests.size))
    }

    @Test
    fun `by default a hundred requests run at once`() = test {
        val gate = server.holding("/")
        val session = session()
        val calls = List(105) { inFlight { session.send(Call("GET", server.url("/"))) } }
        server.awaitInFlight(100)
        session.awaitUsage("100 of 100 in use, 5 waiting")

        gate.open()

        calls.awaitAll().forEach { it.getOrThrow() }
        assertEquals(100, server.maxInFlight)
    }

    @Test
    fun `limit 0 lets all run at once`() = test {
        val gate = server.holding("/")
        val session = limited(0)
        val calls = List(120) { inFlight { session.send(Call("GET", server.url("/"))) } }

        server.awaitInFlight(120)

        gate.open()
        calls.awaitAll().forEach { it.getOrThrow() }
    }

    @Test
    fun `a host at its limit does not delay another host`() = test {
        val gate = server.holding("/")
        val other = LocalServer()
        other.holding("/").open()
        val session = limited(limit = 3, limitPerHost = 1)
        val held = List(5) { inFlight { session.send(Call("GET", server.url("/"))) } }
        server.awaitInFlight(1)
        session.awaitUsage("1 of 3 in use, 4 waiting")

        val others = List(2) { session.send(Call("GET", other.url("/"))).text() }

        gate.open()
        held.awaitAll().forEach { it.getOrThrow() }
        assertEquals(listOf(listOf("released", "released"), 1), listOf(others, server.maxInFlight))
    }

    @Test
    fun `who waits longest goes first`() = test {
        val gate = server.holding("/")
        val session = limited(1)
        val calls = (0..5).map { number ->
            val call = inFlight { session.send(Call("GET", server.url("/?$number"))) }
            session.awaitUsage("1 of 1 in use, $number waiting")
            call
        }

        gate.open()

        calls.awaitAll().forEach { it.getOrThrow() }
        assertEquals((0..5).map { "/?$it" }, server.requests.map { it.target })
    }

    @Test
    fun `a streamed response keeps its slot until it is read or closed`() = test {
        val gate = server.holding("/")
        val unfinished = Reply.streaming {
            it.write("first".encodeToByteArray())
            gate.await()
        }
        server.on("/stream", unfinished)
        val session = limited(1)
        val stream = session.open(Call("GET", server.url("/stream")))
        val call = inFlight { session.send(Call("GET", server.url("/"))) }
        session.awaitUsage("1 of 1 in use, 1 waiting")

        stream.close()

        server.awaitRequests(2)
        gate.open()
        assertEquals("released", call.await().getOrThrow().text())
    }

    @Test
    fun `a failed request gives its slot back`() = test {
        val port = ClosedPort()
        val session = limited(1, 1)

        repeat(3) { failure<ConnectorException> { session.send(Call("GET", port.url)) } }

        session.awaitUsage("0 of 1 in use, 0 waiting")
    }
}
