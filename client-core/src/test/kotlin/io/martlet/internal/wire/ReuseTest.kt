package io.martlet.internal.wire

import io.martlet.fixture.Gate
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.Script
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import org.junit.jupiter.params.provider.ValueSource
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds

/** G01, G11, D15: when a connection carries another request, and when it must not. */
internal class ReuseTest : OverWire() {
    @ParameterizedTest
    @EnumSource
    fun `G01 ten requests after each other use one connection`(reading: Reading) = test {
        val server = LocalServer().on("/", Reply.text("hello"))
        val wired = session()

        val seen = List(10) { reading.take(wired.session, "GET", server.url("/")) }

        assertEquals(List(10) { "200 hello" }, seen)
        assertEquals(1, server.accepts)
    }

    @Test
    fun `G01 ten requests at once use ten connections, and the next ten the same`() = test {
        val server = LocalServer()
        val wired = session()

        repeat(2) {
            val gate = server.holding("/")
            val calls = List(10) { inFlight { wired.session.get(server.url("/")) } }
            server.awaitInFlight(10)
            gate.open()
            calls.awaitAll().forEach { it.getOrThrow() }

            assertEquals(10, server.accepts)
        }
    }

    @ParameterizedTest
    @EnumSource(names = ["BUFFERED", "STREAMED"])
    fun `G01 a thousand requests at eight in flight use eight connections`(reading: Reading) = test {
        val server = LocalServer().on("/", Reply.streaming { it.write("hello".encodeToByteArray()) })
        val gate = server.holding("/first")
        val wired = session()
        val workers = List(8) {
            inFlight {
                wired.session.get(server.url("/first"))
                List(124) { reading.take(wired.session, "GET", server.url("/")) }
            }
        }
        server.awaitInFlight(8)
        gate.open()

        assertEquals(List(992) { "200 hello" }, workers.awaitAll().flatMap { it.getOrThrow() })
        assertEquals(8, server.accepts)
    }

    /** Sends [answer] to each request; the test is about what the client makes of it. */
    private fun answering(answer: String) = RawServer(Script { while (it.readHead() != null) it.send(answer) })

    @ParameterizedTest(name = "{index}")
    @ValueSource(
        strings = [
            "HTTP/1.0 200 OK\r\n",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive, close\r\n",
            "HTTP/1.1 200 OK\r\nConnection: close\r\n",
            "HTTP/1.1 200 OK\r\nconnection: CLOSE\r\n",
            "HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\n",
            "HTTP/1.1 200 OK\r\nConnection: x ,\tclose , y\r\n",
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\n",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\n",
            "HTTP/1.1 200 OK\r\nkeep-alive: max=5, TIMEOUT = 0\r\n",
        ],
    )
    fun `G11 a server that says so gets no other request`(head: String) = test {
        val server = answering("${head}Content-Length: 5\r\n\r\nhello")
        val wired = session()

        repeat(2) { assertEquals("hello", wired.session.get(server.url("/")).text()) }

        assertEquals(2, server.accepts)
        server.awaitAllEnded()
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
        strings = [
            "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n",
            "HTTP/1.1 200 OK\r\nConnection: closed\r\n",
            "HTTP/1.1 200 OK\r\nConnection: x-close, close-x\r\n",
            "HTTP/1.1 200 OK\r\nProxy-Connection: close\r\n",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=60\r\n",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=99999999999999999999\r\n",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=-1\r\n",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout\r\n",
        ],
    )
    fun `a server that says nothing of the kind does`(head: String) = test {
        val server = answering("${head}Content-Length: 5\r\n\r\nhello")
        val wired = session()

        repeat(2) { assertEquals("hello", wired.session.get(server.url("/")).text()) }

        assertEquals(1, server.accepts)
    }

    @Test
    fun `G11 a server that keeps connections for a second gets no request after that`() = test {
        val server = answering("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 5\r\n\r\nhello")
        val wired = session { connector { keepAlive = 1.hours } }
        wired.session.get(server.url("/"))

        server.awaitAllEnded()

        wired.session.get(server.url("/"))
        assertEquals(2, server.accepts)
    }

    @Test
    fun `G11 an idle connection is closed after keepAlive`() = test {
        val server = LocalServer().on("/", Reply.text("hello"))
        val wired = session { connector { keepAlive = 10.milliseconds } }
        wired.session.get(server.url("/"))

        server.awaitAllEnded()

        wired.session.get(server.url("/"))
        assertEquals(2, server.accepts)
    }

    @Test
    fun `an idle connection is closed at maxAge`() = test {
        val server = LocalServer().on("/", Reply.text("hello"))
        val wired = session {
            connector {
                keepAlive = 1.hours
                maxAge = 50.milliseconds
            }
        }
        wired.session.get(server.url("/"))

        server.awaitAllEnded()

        wired.awaitUsage("0 of 100 in use, 0 waiting; 0 idle")
    }

    private suspend fun assertNotReused(keepAlive: Duration, maxAge: Duration) {
        val server = LocalServer().on("/", Reply.text("hello"))
        val wired = session {
            connector {
                this.keepAlive = keepAlive
                this.maxAge = maxAge
            }
        }

        repeat(3) { wired.session.get(server.url("/")) }

        assertEquals(listOf(0, 1, 2), server.requests.map { it.connection })
        server.awaitAllEnded()
    }

    @Test
    fun `keepAlive of zero keeps nothing`() = test { assertNotReused(Duration.ZERO, Duration.ZERO) }

    @Test
    fun `a connection older than maxAge gets no other request`() = test { assertNotReused(1.hours, 1.nanoseconds) }

    @Test
    fun `forceClose asks to close, and uses each connection once`() = test {
        val server = LocalServer().on("/", Reply.text("hello"))
        val wired = session { connector { forceClose = true } }

        repeat(3) { assertEquals("hello", wired.session.get(server.url("/")).text()) }

        assertEquals(List(3) { "close" }, server.requests.map { it.header("Connection") })
        assertEquals(listOf(0, 1, 2), server.requests.map { it.connection })
        server.awaitAllEnded()
    }

    @Test
    fun `a connection that was asked to close is not reused, whatever the server says`() = test {
        val server = RawServer({
            while (it.readHead() != null) it.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        })
        val wired = session()

        repeat(2) { wired.session.get(server.url) { headers["Connection"] = "close" } }

        assertEquals(2, server.accepts)
    }

    @Test
    fun `a caller who asks to close uses the connection once`() = test {
        val server = LocalServer().on("/", Reply.text("hello"))
        val wired = session()

        repeat(2) { wired.session.get(server.url("/")) { headers["Connection"] = "close" } }

        assertEquals(2, server.accepts)
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
        strings = [
            "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\npoisoned",
            "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "\r\n",
            "\u0000",
        ],
    )
    fun `D15 bytes on an idle connection are nobody's answer`(poison: String) = test {
        val gate = Gate()
        val server = RawServer(
            {
                it.readHead()
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst")
                gate.await()
                it.send(poison)
            },
            {
                it.readHead()
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond")
            },
        )
        val wired = session()
        assertEquals("first", wired.session.get(server.url("/")).text())

        gate.open()
        wired.awaitUsage("0 of 100 in use, 0 waiting; 0 idle")

        assertEquals("second", wired.session.get(server.url("/")).text())
        assertEquals(2, server.accepts)
        assertEquals(1, server.connections[0].received.decodeToString().split("GET / ").size - 1)
    }

    @ParameterizedTest
    @ValueSource(strings = ["GET", "POST"])
    fun `G02 a connection that the server closes while it is idle is not used`(method: String) = test {
        val gate = Gate()
        val server = RawServer(
            {
                it.readHead()
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst")
                gate.await()
                it.fin()
            },
            {
                it.readHead()
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond")
            },
        )
        val wired = session()
        wired.session.request(method, server.url("/"))
        gate.open()
        wired.awaitUsage("0 of 100 in use, 0 waiting; 0 idle")

        assertEquals("second", wired.session.request(method, server.url("/")).text())
        assertEquals(2, server.accepts)
    }
}
