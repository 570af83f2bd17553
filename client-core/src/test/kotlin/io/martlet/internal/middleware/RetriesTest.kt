package io.martlet.internal.middleware

import io.martlet.ClientSession
import io.martlet.MemoryBody
import io.martlet.SessionBuilder
import io.martlet.answered
import io.martlet.engine.Engine
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.http.Attribute
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.StreamingResponse
import io.martlet.memoryBody
import io.martlet.requestTo
import io.martlet.retry.RetryBudget
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.IOException
import java.time.Duration
import java.util.random.RandomGenerator
import kotlin.random.Random
import kotlin.random.asJavaRandom

@OptIn(ExperimentalCoroutinesApi::class)
class RetriesTest {
    private val sent = mutableListOf<ClientRequest>()
    private val bodies = mutableListOf<MemoryBody>()

    /** Waits are as long as they may be. */
    private val policy = RetryPolicy.builder()
        .budget(RetryBudget.UNLIMITED)
        .random(RandomGenerator { -1 })
        .build()

    private fun session(more: SessionBuilder.() -> Unit = {}, answer: suspend (ClientRequest) -> StreamingResponse) =
        ClientSession {
            retry = policy
            engine(Engine { answer(it.also { sent += it }) })
            more()
        }

    private fun ClientRequest.answeredWith(status: Int, headers: Headers = Headers.EMPTY): StreamingResponse =
        answered(status, memoryBody("body $attempt").also { bodies += it }, headers)

    /** Answers the first tries with 503. */
    private fun ClientRequest.failing(tries: Int) = answeredWith(if (attempt <= tries) 503 else 200)

    private fun attempts() = sent.map { it.attempt }

    @Test
    fun `what may pass is tried again after a while, and its response closed`() = runTest {
        val response = session { it.failing(tries = 2) }.get("http://h/")

        assertEquals("200 body 3", "${response.status} ${response.text()}")
        assertEquals(listOf(1, 2, 3), attempts())
        assertEquals(1500, currentTime)
        assertTrue(bodies.all { it.isClosed }) { "$bodies" }
    }

    @Test
    fun `the last response is the answer, whatever it is`() = runTest {
        val response = session { it.failing(tries = 3) }.get("http://h/")

        assertEquals("503 body 3", "${response.status} ${response.text()}")
        assertEquals(listOf(1, 2, 3), attempts())
    }

    @Test
    fun `the last failure knows those before it`() = runTest {
        val session = session {
            if (it.attempt ==
                2
            ) {
                it.answeredWith(503)
            } else {
                throw ConnectorException(it, IOException("try ${it.attempt}"))
            }
        }

        val thrown = assertThrows<ConnectorException> { session.get("http://h/") }

        assertEquals(3, thrown.attempt())
        assertEquals("try 3", thrown.cause?.message)
        assertEquals(
            listOf("Cannot connect to h:80: try 1", "GET http://h/ answered 503 Service Unavailable"),
            thrown.suppressed.map { it.message },
        )
        assertEquals(listOf(1, 2), thrown.suppressed.map { (it as ClientException).attempt() })
    }

    @Test
    fun `a failure that is thrown again and again is the failure`() = runTest {
        val refused = ConnectorException(requestTo("http://h/"), IOException("refused"))
        val session = session { throw refused }

        val thrown = assertThrows<ConnectorException> { session.get("http://h/") }

        assertSame(refused, thrown)
        assertEquals(listOf(1, 2, 3), attempts())
    }

    @Test
    fun `what is raised in the end is the last response`() = runTest {
        val session = session({ raiseForStatus = true }) { it.failing(tries = 3) }

        val thrown = assertThrows<StatusException> { session.get("http://h/") }

        assertEquals("3 body 3", "${thrown.attempt()} ${thrown.response()?.text()}")
        assertEquals(listOf(1, 2), thrown.suppressed.map { (it as StatusException).attempt() })
        assertEquals(listOf(0, 1, 2), sent.map { it.attribute(RetryPolicy.FAILED_TRIES).orEmpty().size })
    }

    @Test
    fun `what is raised afterwards knows the tries before, too`() = runTest {
        val response = session { it.failing(tries = 3) }.get("http://h/")

        val thrown = assertThrows<StatusException> { response.raiseForStatus() }

        assertEquals(listOf(1, 2), thrown.suppressed.map { (it as StatusException).attempt() })
    }

    @Test
    fun `a body that breaks off is tried again where all of it is wanted`() = runTest {
        val breaking: suspend (ClientRequest) -> StreamingResponse = {
            it.answered(200, memoryBody("ha") { if (it.attempt == 1) throw TruncatedBodyException(it, 4, 2, null) })
        }

        assertEquals("ha", session(answer = breaking).get("http://h/").text())
        assertEquals(listOf(1, 2), attempts())
        val streamed = session(answer = breaking).open("GET", "http://h/")
        assertThrows<TruncatedBodyException> { streamed.body.readBytes() }
        assertEquals(listOf(1, 2, 1), attempts())
    }

    @Test
    fun `the body of a redirect is not waited for`() = runTest {
        val endless = memoryBody("moved") { awaitCancellation() }
        val session = session {
            if (it.url.path() == "/") it.answered(302, endless, Headers.of("Location", "/b")) else it.answeredWith(200)
        }

        assertEquals("body 1", session.get("http://h/").text())
        assertEquals(0L to true, currentTime to endless.isClosed)
    }

    @Test
    fun `a whole body keeps its trailers`() = runTest {
        val body = MemoryBody(listOf("a".encodeToByteArray()), Headers.of("X-Sum", "1"))

        assertEquals("1", session { it.answered(200, body) }.get("http://h/").trailers()["X-Sum"])
    }

    @Test
    fun `a server says when to come back`() = runTest {
        val session = session { request ->
            if (request.attempt ==
                1
            ) {
                request.answeredWith(429, Headers.of("Retry-After", "7"))
            } else {
                request.answeredWith(200)
            }
        }

        assertEquals(200, session.get("http://h/").status)
        assertEquals(7500, currentTime)
    }

    @Test
    fun `who would have to wait beyond the total limit hears at once`() = runTest {
        val session = session { it.answeredWith(503, Headers.of("Retry-After", "60")) }

        val response = session.get("http://h/") { timeout { total = kotlin.time.Duration.parse("10s") } }

        assertEquals(503 to 0L, response.status to currentTime)
    }

    /** Also where the limit is kept above, as it is with middlewares of the caller's. */
    @Test
    fun `a total limit that strikes in a later try knows the tries before`() = runTest {
        val session = session {
            if (it.attempt < 3) it.answeredWith(503) else awaitCancellation()
        }

        val thrown = assertThrows<TotalTimeoutException> {
            session.get("http://h/") { timeout { total = kotlin.time.Duration.parse("1h") } }
        }

        assertEquals(3, thrown.attempt())
        assertEquals(listOf(1, 2), thrown.suppressed.map { (it as StatusException).attempt() })
    }

    @Test
    fun `the request of a response may be sent once more, and streamed`() = runTest {
        val session = session { it.failing(tries = 2) }
        val sent = session.get("http://h/").request

        val again = session.send(sent)
        val streamed = session.open(again.request)

        assertEquals(listOf(1, 2, 3, 1, 2, 3, 1, 2, 3), attempts())
        assertEquals(false, bodies.last().isClosed)
        assertEquals("body 3", streamed.use { it.body.readBytes().decodeToString() })
        assertEquals(2, streamed.request.attribute(RetryPolicy.FAILED_TRIES)?.size)
    }

    @Test
    fun `each hop is tried by itself`() = runTest {
        val session = session {
            if (it.url.path() == "/") it.answeredWith(303, Headers.of("Location", "/b")) else it.failing(tries = 1)
        }

        session.post("http://h/") { text("once") }

        assertEquals(
            listOf("POST / 1", "GET /b 1", "GET /b 2"),
            sent.map {
                "${it.method} ${it.url.path()} ${it.attempt}"
            },
        )
    }

    @Test
    fun `whoever waits can be cancelled`() = runTest {
        val session = session { it.answeredWith(503) }
        val call = launch { session.get("http://h/") }
        testScheduler.advanceTimeBy(100)

        call.cancel()
        testScheduler.advanceUntilIdle()

        assertEquals(listOf(1), attempts())
        assertTrue(bodies.all { it.isClosed })
    }

    @Test
    fun `whoever waits hears when the session is closed, and of the tries before`() = runTest {
        val session = session { it.answeredWith(503, Headers.of("Retry-After", "60")) }
        val call = async { runCatching { session.get("http://h/") } }
        testScheduler.advanceTimeBy(100)

        session.close()

        val thrown = call.await().exceptionOrNull()
        assertEquals(SessionClosedException::class to 100L, thrown?.let { it::class } to currentTime)
        assertEquals(listOf(1), thrown?.suppressed?.map { (it as StatusException).attempt() })
    }

    @Test
    fun `nothing is tried again where nobody asked for it`() = runTest {
        val session = session({ retry = null }) { it.answeredWith(503) }

        assertEquals(503, session.get("http://h/").status)
        assertEquals(503, session { it.answeredWith(503) }.get("http://h/") { retry = null }.status)
        assertEquals(listOf(1, 1), attempts())
    }

    /** A hundred clients, ten seconds, a server that refuses all of it. */
    @Test
    fun `a server in trouble is not finished off`() = runTest {
        val number = Attribute<Int>("number")
        val arrivals = mutableMapOf<Int, MutableList<Long>>()
        val budget = RetryBudget(0.2, 10.0) { currentTime * 1_000_000 }
        val policy = RetryPolicy.builder().budget(budget).random(Random(1).asJavaRandom()).build()
        val session = session({ retry = policy }) {
            arrivals.getOrPut(it.attribute(number)!!) { mutableListOf() } += currentTime
            delay(100)
            it.answered(503)
        }
        var requests = 0

        repeat(100) {
            launch {
                while (currentTime < 10_000) session.get("http://h/") { attribute(number, requests++) }
            }
        }
        testScheduler.advanceUntilIdle()

        val attempts = arrivals.values.sumOf { it.size }
        val seconds = Duration.ofMillis(currentTime).toSeconds() + 1
        assertTrue(attempts > requests) { "$attempts of $requests" }
        assertTrue(attempts <= 1.2 * requests + 10 * (seconds + 1)) { "$attempts of $requests in $seconds s" }
        val waits = arrivals.values.filter { it.size > 1 }.map { it[1] - it[0] - 100 }
        val bins = waits.groupingBy { it / 50 }.eachCount()
        println("100 clients, 503 for 10 s: $requests requests, $attempts attempts in $seconds s")
        println("first waits by 50 ms: ${bins.toSortedMap().values}")
        assertEquals((0L..9L).toSet(), bins.keys - 10L)
        assertTrue(bins.values.all { it <= waits.size / 5 }) { "$bins" }
    }
}
