package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.body.BytesSource
import io.martlet.body.RequestBody
import io.martlet.error.ClientException.ConnectorException
import io.martlet.fixture.ClosedPort
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.eventually
import io.martlet.http.Attribute
import io.martlet.http.ClientRequest
import io.martlet.http.MediaType
import io.martlet.rate.RateLimit
import io.martlet.retry.RetryBudget
import io.martlet.retry.RetryPolicy
import io.martlet.trace.SessionStatistics
import io.martlet.trace.TraceEvent
import io.martlet.trace.TraceListener
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.extension.ExtendWith
import java.time.Clock
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicLong

/** What a listener hears, and what the statistics count. */
@ExtendWith(LeakCheck::class)
class TraceTest {
    private val heard = CopyOnWriteArrayList<Pair<ClientRequest, TraceEvent>>()
    private val threads = CopyOnWriteArrayList<String>()
    private val session = session { request, event ->
        threads += Thread.currentThread().name
        heard += request to event
    }

    private fun session(listener: TraceListener) = ClientSession {
        connector {
            limit = 1
            traceListener = listener
        }
    }

    @AfterEach
    fun close() = session.close()

    /** The names of all events, once there are so many last ones. */
    private fun events(ends: Int): List<String> {
        eventually({ "heard only $heard" }) { heard.count { it.second.isEnd } == ends }
        return heard.map { it.second.javaClass.simpleName }
    }

    private val TraceEvent.isEnd
        get() = this is TraceEvent.Completed || this is TraceEvent.Failed || this is TraceEvent.Abandoned

    private inline fun <reified E : TraceEvent> the() = heard.map { it.second }.filterIsInstance<E>().single()

    @Test
    fun `each step is told in its order`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("hello"))

        val first = session.get(server.url("/"))
        session.get(server.url("/"))

        assertEquals(
            listOf("Started", "Resolved", "Connected", "Sent", "FirstByte", "Head", "Completed") +
                listOf("Started", "Reused", "Sent", "FirstByte", "Head", "Completed"),
            events(ends = 2),
        )
        assertEquals(listOf(server.port), heard.mapNotNull { (it.second as? TraceEvent.Connected)?.remote?.port })
        assertEquals(7, heard.count { it.first === first.request })
        assertEquals(
            listOf(200 to 5L, 200 to 5L),
            heard.mapNotNull {
                (it.second as? TraceEvent.Completed)?.run {
                    status to
                        bodyBytes
                }
            },
        )
        assertTrue(heard.map { it.second.nanos() }.zipWithNext().all { (a, b) -> a <= b }) { "$heard" }
        assertEquals(setOf("martlet-trace-1"), threads.toSet())
        assertEquals(SessionStatistics(0, 0, 1, 0, 1, 1, 2, 0, 0, 0), session.statistics)
    }

    @Test
    fun `waiting for a slot is told`() = runBlocking<Unit> {
        val server = LocalServer()
        val gate = server.holding("/held")
        server.on("/", Reply.text("hello"))
        val held = async(Dispatchers.Default) { session.get(server.url("/held")) }
        server.awaitInFlight(1)
        val queued = async(Dispatchers.Default) { session.get(server.url("/")) }
        eventually({ "${session.statistics}" }) { session.statistics.queued == 1 }
        assertEquals(1, session.statistics.active)

        gate.open()
        held.await()
        queued.await()

        events(ends = 2)
        assertEquals("1 of 1 in use, 1 waiting", the<TraceEvent.Queued>().usage)
        assertTrue(the<TraceEvent.Granted>().nanos >= the<TraceEvent.Queued>().nanos)
        assertEquals(1, heard.count { it.second is TraceEvent.Reused })
    }

    @Test
    fun `waiting for a turn is told`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("hello"))
        val nanos = AtomicLong()
        val limited = ClientSession {
            rateLimit = RateLimit.perSecond(100.0).clocks(Clock.systemUTC(), nanos::get)
            connector { traceListener = TraceListener { request, event -> heard += request to event } }
        }
        limited.use {
            it.get(server.url("/"))
            val second = async(Dispatchers.Default) { it.get(server.url("/")) }
            eventually({ "${it.statistics}" }) { it.statistics.throttled == 1 }

            nanos.set(Duration.ofSeconds(3).toNanos())
            second.await()

            assertEquals(listOf("Started", "Throttled", "Reused"), events(ends = 2).drop(7).take(3))
            assertEquals(Duration.ofSeconds(3), the<TraceEvent.Throttled>().waited)
            assertEquals(0 to 1L, it.statistics.run { throttled to delayed })
        }
    }

    @Test
    fun `each try is told, and knows those before it`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("no").status(503))
        val atOnce = RetryPolicy.builder().firstDelay(Duration.ZERO).budget(RetryBudget.UNLIMITED).build()

        session.get(server.url("/")) { retry = atOnce }

        events(ends = 3)
        assertEquals(
            listOf(1 to 0, 2 to 1, 3 to 2),
            heard.filter { it.second is TraceEvent.Completed }
                .map { (request, _) -> request.attempt to request.attribute(RetryPolicy.FAILED_TRIES).orEmpty().size },
        )
    }

    @Test
    fun `interim responses are told`() = runBlocking<Unit> {
        val server = RawServer.answering(
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        )

        session.get(server.url)

        assertEquals(
            listOf("Started", "Resolved", "Connected", "Sent", "FirstByte", "Interim", "Head", "Completed"),
            events(ends = 1),
        )
        assertEquals(103 to "</a.css>", the<TraceEvent.Interim>().run { status to headers["Link"] })
    }

    @Test
    fun `each hop is told, with what the caller lets it carry along`() = runBlocking<Unit> {
        val server = LocalServer().on("/a", Reply.redirect(302, "/b")).on("/b", Reply.text("hello"))
        val job = Attribute<String>("job")

        session.get(server.url("/a")) { attribute(job, "nightly") }

        events(ends = 2)
        assertEquals(setOf("nightly"), heard.map { it.first.attribute(job) }.toSet())
        assertEquals(
            listOf("/a" to "Started", "/a" to "302 to /b", "/b" to "Started", "/b" to "200 to null"),
            heard.mapNotNull { (request, event) ->
                when (event) {
                    is TraceEvent.Started -> request.url.path() to "Started"
                    is TraceEvent.Head -> request.url.path() to "${event.status} to ${event.headers["Location"]}"
                    else -> null
                }
            },
        )
    }

    @Test
    fun `bodies are told with their lengths`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("hello"))
        val chunked = RequestBody.source(-1, MediaType.OCTET_STREAM) { BytesSource(ByteArray(100_000)) }

        session.post(server.url("/")) { text("12345") }
        session.post(server.url("/")) { body(RequestBody.bytes(ByteArray(70_000), null).withProgress { _, _ -> }) }
        session.post(server.url("/")) { body(chunked) }

        events(ends = 3)
        val sent = heard.mapNotNull { (it.second as? TraceEvent.Sent)?.bodyBytes }
        assertEquals(listOf(5L, 70_000L, 100_000L), sent)
    }

    @Test
    fun `a failure is the last that is told`() = runBlocking<Unit> {
        assertThrows<ConnectorException> { session.get(ClosedPort().url) }

        assertEquals(listOf("Started", "Resolved", "Failed"), events(ends = 1))
        assertEquals(1, session.statistics.failed)
    }

    @Test
    fun `a body that is cut short fails after its head`() = runBlocking<Unit> {
        val server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")

        runCatching { session.get(server.url) }

        assertEquals(
            listOf("Started", "Resolved", "Connected", "Sent", "FirstByte", "Head", "Failed"),
            events(ends = 1),
        )
        assertEquals(1L to 0L, session.statistics.run { failed to completed })
    }

    @Test
    fun `a request that is repeated says so`() = runBlocking<Unit> {
        val server = RawServer(
            {
                it.readHead()
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                it.readHead()
                it.fin()
            },
            {
                it.readHead()
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                it.hold()
            },
        )

        session.get(server.url)
        assertEquals("ok", session.get(server.url).text())

        assertEquals(
            listOf("Started", "Reused", "Sent", "Repeated") +
                listOf("Resolved", "Connected", "Sent", "FirstByte", "Head", "Completed"),
            events(ends = 2).drop(7),
        )
        assertEquals(1L to 0L, session.statistics.run { repeated to failed })
    }

    @Test
    fun `where nobody listens there is no thread to tell`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("hello"))
        ClientSession().use {
            assertEquals("hello", it.get(server.url("/")).text())

            assertEquals(emptyList<Thread>(), Thread.getAllStackTraces().keys.filter { "-trace-" in it.name })
        }
    }

    @Test
    fun `a listener that fails harms nobody`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("hello"))
        session { _, _ -> error("by a test") }.use {
            assertEquals("hello", it.get(server.url("/")).text())
            assertEquals("hello", it.get(server.url("/")).text())
        }
    }

    @Test
    fun `what is closed early is abandoned`() = runBlocking<Unit> {
        val server = RawServer.stalling("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")

        session.open("GET", server.url).close()

        events(ends = 1)
        assertEquals(1, session.statistics.abandoned)
        assertTrue(heard.last().second is TraceEvent.Abandoned)
    }
}
