package io.martlet.internal.wire

import io.martlet.contract.assertFailed
import io.martlet.contract.failure
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectionException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.ServerDisconnectedException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.fixture.Connection
import io.martlet.fixture.Gate
import io.martlet.fixture.RawServer
import io.martlet.fixture.Script
import io.martlet.fixture.eventually
import io.martlet.fixture.withLongEnoughLimit
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Duration.Companion.milliseconds

/** G02 to G05: kept connections that turn out to be dead, and what is sent once more. */
internal class StaleConnectionTest : OverWire() {
    private val targets = ConcurrentLinkedQueue<String>()

    /** Reads a request; what was asked for is in [targets], with the number of the connection in front. */
    private fun Connection.readRequest(): Boolean {
        val head = readHead() ?: return false
        targets += "$number ${head.first().removeSuffix(" HTTP/1.1")}"
        return true
    }

    private fun Connection.answer(text: String) = send("HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n$text")

    /** Answers once, takes another request, and does [end]. */
    private fun dying(end: Connection.() -> Unit) = Script {
        it.readRequest()
        it.answer("first")
        it.readRequest()
        it.end()
    }

    private val living = Script { while (it.readRequest()) it.answer("fresh") }

    private val dead = Script {
        it.readRequest()
        it.reset()
    }

    /** After an RST the sender may see that the connection broke before it knows that all was sent: both are right. */
    private suspend fun assertBroken(action: suspend () -> Any?) {
        val error = runCatching { action() }.exceptionOrNull()
        assertTrue(error is ConnectionException) { "It is $error" }
    }

    private fun end(isReset: Boolean): Connection.() -> Unit = if (isReset) ({ reset() }) else ({ fin() })

    @ParameterizedTest
    @CsvSource("GET,false", "GET,true", "OPTIONS,true", "PUT,false", "PUT,true", "DELETE,false")
    fun `G02 what does no harm twice is sent once more, on a new connection`(method: String, isReset: Boolean) = test {
        val server = RawServer(dying(end(isReset)), living)
        val wired = session()
        wired.session.get(server.url("/1"))

        assertEquals("fresh", wired.session.request(method, server.url("/2")).text())

        assertEquals(listOf("0 GET /1", "0 $method /2", "1 $method /2"), targets.toList())
        assertHealthy(wired)
    }

    @ParameterizedTest
    @CsvSource("POST,false", "POST,true", "PATCH,false", "PATCH,true")
    fun `G03 what may do harm twice is not`(method: String, isReset: Boolean) = test {
        val server = RawServer(dying(end(isReset)), living)
        val wired = session()
        wired.session.get(server.url("/1"))

        assertBroken { wired.session.request(method, server.url("/2")) }

        assertEquals(listOf("0 GET /1", "0 $method /2"), targets.toList())
        assertEquals(1, server.accepts)
        assertHealthy(wired)
    }

    @Test
    fun `retryStale switches it off`() = test {
        val server = RawServer(dying { fin() }, living)
        val wired = session { connector { retryStale = false } }
        wired.session.get(server.url("/1"))

        failure<ServerDisconnectedException> { wired.session.get(server.url("/2")) }

        assertEquals(1, server.accepts)
        assertHealthy(wired)
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = ["H", "\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Le"])
    fun `no request is sent again once a byte of its answer is there`(start: String) = test {
        val dying = dying {
            send(start)
            fin()
        }
        val server = RawServer(dying, living)
        val wired = session()
        wired.session.get(server.url("/1"))

        failure<ServerDisconnectedException> { wired.session.get(server.url("/2")) }

        assertEquals(1, server.accepts)
        assertHealthy(wired)
    }

    @Test
    fun `G05 a new connection that is reset is not tried again`() = test {
        val server = RawServer(dead)
        val wired = session()

        assertBroken { wired.session.get(server.url("/")) }

        assertEquals(1, server.accepts)
        assertHealthy(wired)
    }

    @Test
    fun `G05 a request has two connections at most`() = test {
        val server = RawServer(dying { reset() }, dead)
        val wired = session()
        wired.session.get(server.url("/1"))

        assertBroken { wired.session.get(server.url("/2")) }

        assertEquals(listOf("0 GET /1", "0 GET /2", "1 GET /2"), targets.toList())
        assertHealthy(wired)
    }

    @Test
    fun `no other kept connection is tried when one is dead`() = test {
        val gate = Gate()
        val dying = Script {
            it.readRequest()
            gate.await()
            it.answer("first")
            it.readRequest()
            it.fin()
        }
        val server = RawServer(dying, dying, dying, living)
        val wired = session { connector { limit = 3 } }
        val first = List(3) { inFlight { wired.session.get(server.url("/$it")) } }
        server.awaitAccepts(3)
        gate.open()
        first.awaitAll().forEach { it.getOrThrow() }

        assertEquals("fresh", wired.session.get(server.url("/last")).text())

        assertEquals(2, targets.count { it.endsWith("GET /last") })
        assertEquals("3 GET /last", targets.last())
        assertHealthy(wired)
    }

    @Test
    fun `the second attempt needs no second slot`() = test {
        val server = RawServer(dying { fin() }, living)
        val wired = session { connector { limit = 1 } }
        wired.session.get(server.url("/1"))

        assertEquals("fresh", wired.session.get(server.url("/2")).text())

        wired.awaitUsage("0 of 1 in use, 0 waiting; 1 idle")
    }

    @Test
    fun `a server that is silent on a kept connection is not asked again`() = test {
        val server = RawServer(dying { hold() }, living)
        val wired = session()
        wired.session.get(server.url("/1"))

        failure<ReadTimeoutException> {
            wired.session.get(server.url("/2")) { timeout { socketRead = 50.milliseconds } }
        }

        // What was sent is there, whenever the server looks at it.
        eventually({ "the server was asked for $targets" }) { targets.size > 1 }
        assertEquals(listOf("0 GET /1", "0 GET /2"), targets.toList())
        assertEquals(1, server.accepts)
        assertHealthy(wired)
    }

    @Test
    fun `a request whose time is over on a kept connection is not sent again`() = test {
        val asked = withLongEnoughLimit { limit ->
            targets.clear()
            val server = RawServer(dying { hold() }, living)
            val wired = session()
            wired.session.get(server.url("/1"))
            failure<TotalTimeoutException> { wired.session.get(server.url("/2")) { timeout { total = limit } } }
            server.awaitAllEnded()
            assertEquals(1, server.accepts)
            assertHealthy(wired)
            targets.toList().takeIf { it.size > 1 }
        }

        assertEquals(listOf("0 GET /1", "0 GET /2"), asked)
    }

    @Test
    fun `no POST is seen twice by a server that hangs up when it likes`() = test {
        val hangingUp = Script {
            it.readRequest()
            it.answer("done")
            if (it.number % 2 == 0) it.fin() else it.reset()
        }
        val server = RawServer(hangingUp)
        val wired = session()

        val results = List(300) { runCatching { wired.session.post(server.url("/$it")).text() } }

        results.filter { it.isFailure }.forEach { assertTrue(it.exceptionOrNull() is ConnectionException) { "$it" } }
        val seen = targets.map { it.substringAfter(' ') }
        assertEquals(seen.distinct(), seen)
        val answered = results.mapIndexedNotNull { number, result -> "POST /$number".takeIf { result.isSuccess } }
        assertTrue(seen.containsAll(answered)) { "answered, and not seen: ${answered - seen.toSet()}" }
        assertHealthy(wired)
    }

    @Test
    fun `each GET is answered by a server that hangs up after each answer`() = test {
        val hangingUp = Script {
            it.readRequest()
            it.answer("done")
            it.fin()
        }
        val wired = session()
        val server = RawServer(hangingUp)

        val results = List(300) { wired.session.get(server.url("/$it")).text() }

        assertEquals(List(300) { "done" }, results)
        assertHealthy(wired)
    }
}
