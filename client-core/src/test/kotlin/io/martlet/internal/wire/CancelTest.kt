package io.martlet.internal.wire

import io.martlet.config.Resolver
import io.martlet.contract.SignallingOutput
import io.martlet.contract.assertFailed
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.fixture.BlackHole
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.net.InetAddress
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** Cancelling and closing reach a request wherever it is on its way, and leave nothing of it. */
class CancelTest : WireGroup() {
    private val session by lazy { session { connector { limit = 1 } } }

    private suspend fun cancel(call: Deferred<Result<*>>) {
        call.cancelAndJoin()
        assertInstanceOf(CancellationException::class.java, runCatching { call.await() }.exceptionOrNull())
    }

    @Test
    fun `while it waits for a slot`() = test {
        val gate = healthy.holding("/held")
        val first = inFlight { session.get(healthy.url("/held")) }
        healthy.awaitInFlight(1)
        val second = inFlight { session.get(healthy.url("/never")) }
        session.awaitUsage("1 of 1 in use, 1 waiting")

        cancel(second)

        session.awaitUsage("1 of 1 in use, 0 waiting")
        gate.open()
        assertEquals("released", first.await().getOrThrow().text())
        session.assertServes()
        assertEquals(listOf("/held", "/"), healthy.requests.map { it.target })
    }

    @Test
    fun `while its host is looked up, and the look-up is not waited for`() = test {
        val asked = CountDownLatch(1)
        val session = session {
            connector {
                limit = 1
                resolver = Resolver { CompletableFuture<List<InetAddress>>().also { asked.countDown() } }
            }
        }
        val call = inFlight { session.get("http://nowhere.example/") }
        assertTrue(asked.await(30, TimeUnit.SECONDS))

        cancel(call)

        session.assertServes()
    }

    @Test
    fun `while it connects`() = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()
        val call = inFlight { session.get(hole.url) }
        hole.awaitClient()

        cancel(call)

        hole.awaitNoClient()
        session.assertServes()
    }

    @Test
    fun `in the TLS handshake`() = test {
        val silent = RawServer({ it.hold() })
        val call = inFlight { session.get("https://127.0.0.1:${silent.port}/") }
        silent.awaitAccepts(1)
        silent.connections.single().awaitReceived(1)

        cancel(call)

        silent.awaitAllEnded()
        session.assertServes()
    }

    @Test
    fun `while it sends a body that the server does not take`() = test {
        val server = RawServer({ }, appetite = 1)
        val call = inFlight { session.post(server.url("/")) { bytes(ByteArray(32 shl 20)) } }
        server.awaitAccepts(1)
        server.connections.single().awaitReceived(1)

        cancel(call)

        server.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["", "HTTP/1.1 2", "HTTP/1.1 103 Early Hints\r\n\r\n"])
    fun `while it waits for the head`(start: String) = test {
        val server = RawServer.stalling(start)
        val call = inFlight { session.get(server.url("/")) }
        server.awaitAccepts(1)
        server.connections.single().awaitReceived(1)

        cancel(call)

        server.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["Content-Length: 9\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n9\r\nhalf", "\r\nhalf"])
    fun `while it waits for the rest of the body`(rest: String) = test {
        val server = RawServer.stalling("HTTP/1.1 200 OK\r\n$rest")
        val received = SignallingOutput()
        val call = inFlight {
            session.open("GET", server.url("/")).use { it.body.transferTo(received) }
        }
        received.awaitBytes("half")

        cancel(call)

        server.awaitAllEnded()
        session.assertServes()
    }

    @Test
    fun `a time limit of the caller's own ends it as a cancellation`() = test {
        val server = RawServer.stalling()

        val error = runCatching { withTimeout(100) { session.get(server.url("/")) } }.exceptionOrNull()

        assertInstanceOf(TimeoutCancellationException::class.java, error)
        server.awaitAllEnded()
        session.assertServes()
    }

    @Test
    fun `at any moment, and no slot is lost`() = test {
        val server = LocalServer().on("/", Reply.streaming { body -> repeat(5) { body.write(ByteArray(20_000)) } })
        val session = session { connector { limit = 2 } }

        repeat(300) { turn ->
            val calls = List(4) { inFlight { session.get(server.url("/")) } }
            repeat(10 * turn) { Thread.onSpinWait() }
            calls.forEach { it.cancel() }
            calls.forEach { it.join() }
        }

        session.assertServes()
    }

    @Test
    fun `closing the session ends a hundred in flight and a hundred that wait`() = test {
        healthy.holding("/held")
        val session = session { connector { limit = 100 } }
        val calls = List(200) { inFlight { session.get(healthy.url("/held")) } }
        healthy.awaitInFlight(100)
        session.awaitUsage("100 of 100 in use, 100 waiting")

        session.close()

        calls.awaitAll().forEach { assertFailed<SessionClosedException>(it) }
        healthy.awaitAllEnded()
        session.awaitUsage("0 of 100 in use, 0 waiting; 0 idle")
        session.close()
        assertFailed<SessionClosedException>(runCatching { session.get(healthy.url("/")) })
    }

    @Test
    fun `closing the session ends what is being opened`() = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()
        val silent = RawServer({ it.hold() })
        val asked = CountDownLatch(1)
        val session = session {
            connector { resolver = Resolver { CompletableFuture<List<InetAddress>>().also { asked.countDown() } } }
        }
        val urls = listOf("http://nowhere.example/", hole.url, "https://127.0.0.1:${silent.port}/")
        val calls = urls.map { url -> inFlight { session.get(url) } }
        assertTrue(asked.await(30, TimeUnit.SECONDS))
        hole.awaitClient()
        silent.awaitAccepts(1)
        silent.connections.single().awaitReceived(1)

        session.close()

        calls.awaitAll().forEach { assertFailed<SessionClosedException>(it) }
        hole.awaitNoClient()
        silent.awaitAllEnded()
        session.awaitUsage("0 of 100 in use, 0 waiting")
    }

    @ParameterizedTest
    @ValueSource(strings = ["http", "https"])
    fun `closing the session at any moment ends what is under way with that and nothing else`(scheme: String) = test {
        val server = if (scheme == "http") healthy else RawServer({ it.hold() })

        repeat(60) { turn ->
            val session = session { connector { limit = 3 } }
            val calls = List(6) { inFlight { session.get("$scheme://127.0.0.1:${server.port}/") } }
            repeat(50 * turn) { Thread.onSpinWait() }

            session.close()

            calls.awaitAll().filter { it.isFailure }.forEach { assertFailed<SessionClosedException>(it) }
        }
    }
}
