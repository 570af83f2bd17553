package io.martlet.contract

import io.martlet.body.RequestBody
import io.martlet.config.ClientTimeout
import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException.ConnectTimeoutException
import io.martlet.error.ClientException.QueueTimeoutException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.TimeoutException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.Phase
import io.martlet.fixture.BlackHole
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.withLongEnoughLimit
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.time.Duration
import kotlin.time.toJavaDuration

/** Each limit in time ends what it is for, under its own name, and not before its time. */
abstract class TimeoutsContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer()

    private fun total(limit: Duration) = ClientTimeout.NONE.toBuilder().total(limit).build()

    private fun connect(limit: Duration) = ClientTimeout.NONE.toBuilder().connect(limit).build()

    private fun socketConnect(limit: Duration) = ClientTimeout.NONE.toBuilder().socketConnect(limit).build()

    private fun socketRead(limit: Duration) = ClientTimeout.NONE.toBuilder().socketRead(limit).build()

    private suspend fun get(url: String, timeout: ClientTimeout, streamed: Boolean = false) {
        val call = Call("GET", url, timeout = timeout)
        if (streamed) session().open(call).use { it.readBytes() } else session().send(call)
    }

    private fun assertTimeout(error: TimeoutException, limit: Duration, phase: Phase, message: (String) -> String) {
        assertTrue(error.elapsed() >= limit) { "after ${error.elapsed()}: too early" }
        val expected = listOf(phase, limit, message(print(error.elapsed())))
        assertEquals(expected, listOf(error.phase(), error.limit(), error.message))
        assertKeepsSecret(error, "s3cret")
    }

    private fun print(time: Duration): String {
        val tenths = time.toMillis() / 100
        if (tenths < 10) return "${time.toMillis()} ms"
        return if (tenths % 10 == 0L) "${tenths / 10} s" else "${tenths / 10}.${tenths % 10} s"
    }

    @Test
    fun `total ends a request whose server does not answer`() = test {
        server.holding("/")

        val error = failure<TotalTimeoutException> { get(server.url("/?token=s3cret"), total(SHORT)) }

        assertTimeout(error, SHORT, Phase.TOTAL) {
            "GET ${server.url}/?*** was not done after $it (limit total = 100 ms)"
        }
        assertEquals("GET ${server.url}/?***", error.request().toString())
    }

    @ParameterizedTest
    @ValueSource(booleans = [false, true])
    fun `total ends a request whose body does not end`(streamed: Boolean) = test {
        val server = RawServer.stalling(HALF)

        val error = failure<TotalTimeoutException> { get(server.url("/"), total(LONG), streamed) }

        assertTimeout(error, LONG, Phase.TOTAL) { "GET ${server.url}/ was not done after $it (limit total = 250 ms)" }
    }

    @Test
    fun `total goes on over redirects`() = test {
        server.on("/", Reply.redirect(302, "/held")).holding("/held")

        val error = withLongEnoughLimit { limit ->
            failure<TotalTimeoutException> { get(server.url("/"), total(limit.toJavaDuration())) }
                .takeIf { server.requests.lastOrNull()?.path == "/held" }
        }

        assertTimeout(error, error.limit(), Phase.TOTAL) {
            "GET ${server.url}/ was not done after $it (limit total = ${print(error.limit())})"
        }
    }

    @Test
    fun `total, and no other limit, ends an upload that the server does not take`() = test {
        val server = RawServer({ }, appetite = 1)
        val call = Call("POST", server.url("/"), body = RequestBody.bytes(ByteArray(32 shl 20), null))

        val error = withLongEnoughLimit {
            val limit = it.toJavaDuration()
            val limits = ClientTimeout(limit, null, limit.dividedBy(2), limit.dividedBy(2))
            val result = runCatching { session().send(call.copy(timeout = limits)) }
            if (result.exceptionOrNull() is ConnectTimeoutException) return@withLongEnoughLimit null
            assertFailed<TotalTimeoutException>(result)
        }

        assertTimeout(error, error.limit(), Phase.TOTAL) {
            "POST ${server.url}/ was not done after $it (limit total = ${print(error.limit())})"
        }
    }

    @Test
    fun `socketRead ends a request whose server is silent`() = test {
        server.holding("/")

        val error = failure<ReadTimeoutException> { get(server.url("/"), socketRead(SHORT)) }

        assertTimeout(error, SHORT, Phase.FIRST_BYTE) {
            "GET ${server.url}/: no response for $it (limit socketRead = 100 ms)"
        }
    }

    @Test
    fun `socketRead begins when the body is sent`() = test {
        server.holding("/")
        val call = Call("POST", server.url("/"), body = RequestBody.text("hello"), timeout = socketRead(SHORT))

        val error = failure<ReadTimeoutException> { session().send(call) }

        assertTimeout(error, SHORT, Phase.FIRST_BYTE) {
            "POST ${server.url}/: no response for $it (limit socketRead = 100 ms)"
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = [false, true])
    fun `socketRead ends a request whose body stalls`(streamed: Boolean) = test {
        val server = RawServer.stalling(HALF)

        val error = withLongEnoughLimit { limit ->
            failure<ReadTimeoutException> { get(server.url("/"), socketRead(limit.toJavaDuration()), streamed) }
                .takeIf { it.phase() == Phase.READ }
        }

        assertTimeout(error, error.limit(), Phase.READ) {
            "GET ${server.url}/: the response stalled for $it (limit socketRead = ${print(error.limit())})"
        }
    }

    @Test
    fun `socketRead does not count the time in which nobody reads`() = test {
        server.on("/", Reply.text("hello")).holding("/held")
        val session = session()

        val text = withLongEnoughLimit { limit ->
            val timeout = socketRead(limit.toJavaDuration())
            val opened = runCatching { session.open(Call("GET", server.url("/"), timeout = timeout)) }
            if (opened.exceptionOrNull() is ReadTimeoutException) return@withLongEnoughLimit null
            opened.getOrThrow().use {
                failure<ReadTimeoutException> { session.send(Call("GET", server.url("/held"), timeout = timeout)) }
                it.readBytes().decodeToString()
            }
        }

        assertEquals("hello", text)
    }

    @Test
    fun `socketConnect ends a connection that does not come about`() = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()

        val error = failure<ConnectTimeoutException> { get(hole.url, socketConnect(SHORT)) }

        assertTimeout(error, SHORT, Phase.CONNECT) {
            "No connection to 127.0.0.1:${hole.port} after $it (limit socketConnect = 100 ms)"
        }
    }

    @Test
    fun `connect ends a connection that does not come about`() = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()
        val call = Call("POST", hole.url, body = RequestBody.text("hello"), timeout = connect(SHORT))

        val error = failure<ConnectTimeoutException> { session().send(call) }

        assertTimeout(error, SHORT, Phase.CONNECT) {
            "No connection to 127.0.0.1:${hole.port} after $it (limit connect = 100 ms)"
        }
    }

    @Test
    fun `connect counts the wait for a slot and the connecting together`() = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()
        val session = session { copy(connector = ConnectorConfig.builder().limit(1).build()) }

        val error = withLongEnoughLimit { limit ->
            val gate = server.holding("/held")
            val first = inFlight { session.send(Call("GET", server.url("/held"))) }
            server.awaitInFlight(1)
            val second = inFlight { session.send(Call("GET", hole.url, timeout = connect(limit.toJavaDuration()))) }
            session.awaitUsage("1 of 1 in use, 1 waiting") { second.isCompleted }
            gate.open()
            assertEquals("released", first.await().getOrThrow().text())
            val result = second.await()
            if (result.exceptionOrNull() is QueueTimeoutException) return@withLongEnoughLimit null
            assertFailed<ConnectTimeoutException>(result)
        }

        assertTimeout(error, error.limit(), Phase.CONNECT) {
            "No connection to 127.0.0.1:${hole.port} after $it (limit connect = ${print(error.limit())})"
        }
    }

    @Test
    fun `connect ends the wait for a slot, and says that it was one`() = test {
        val gate = server.holding("/held")
        val session = session { copy(connector = ConnectorConfig.builder().limit(1).build()) }
        val first = inFlight { session.send(Call("GET", server.url("/held"))) }
        server.awaitInFlight(1)

        val impatient = Call("GET", server.url("/?token=s3cret"), timeout = connect(SHORT))
        val error = failure<QueueTimeoutException> { session.send(impatient) }

        assertTimeout(error, SHORT, Phase.QUEUE) {
            "Waited $it for a connection to ${server.url} (1 of 1 in use, 1 waiting; limit connect = 100 ms)"
        }
        gate.open()
        assertEquals(listOf("released", 1), listOf(first.await().getOrThrow().text(), server.requests.size))
    }

    @Test
    fun `zero and null switch a limit off`() = test {
        val gate = server.holding("/held")
        val session = session { copy(timeout = ClientTimeout(SHORT, null, null, SHORT)) }
        val zero = Duration.ZERO
        val patient = listOf(ClientTimeout(zero, zero, zero, zero), ClientTimeout.NONE)
            .map { inFlight { session.send(Call("GET", server.url("/held"), timeout = it)) } }
        server.awaitInFlight(2)

        // By the time this gives up, the patient ones have waited as long.
        val impatient = runCatching { session.send(Call("GET", server.url("/held"))) }.exceptionOrNull()

        gate.open()
        assertInstanceOf(TimeoutException::class.java, impatient)
        assertEquals(listOf("released", "released"), patient.map { it.await().getOrThrow().text() })
    }

    @Test
    fun `a time limit of the caller's own is a cancellation`() = test {
        server.holding("/")

        failure<TimeoutCancellationException> {
            withTimeout(SHORT.toMillis()) { get(server.url("/"), ClientTimeout.NONE) }
        }
    }

    private companion object {
        const val HALF = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
        val SHORT: Duration = Duration.ofMillis(100)
        val LONG: Duration = Duration.ofMillis(250)
    }
}
