package io.martlet.internal.middleware

import io.martlet.ClientSession
import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.engine.Engine
import io.martlet.error.ClientException.ConnectorException
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.memoryBody
import io.martlet.retry.Hedging
import io.martlet.retry.RetryBudget
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.IOException
import java.time.Duration
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.ThreadLocalRandom

@OptIn(ExperimentalCoroutinesApi::class)
class HedgedRequestsTest {
    private val bodies = mutableListOf<MemoryBody>()
    private var cancelled = 0
    private val hedging = Hedging.after(Duration.ofMillis(300)).budget(RetryBudget.UNLIMITED)

    /** The answer to try number so and so takes so long, or fails. */
    private fun session(policy: Hedging = hedging, answer: suspend (Int, ClientRequest) -> StreamingResponse) =
        ClientSession {
            var tries = 0
            use(policy)
            engine(
                Engine {
                    try {
                        answer(++tries, it)
                    } catch (e: CancellationException) {
                        cancelled++
                        throw e
                    }
                },
            )
        }

    private fun ClientRequest.answer(text: String) = answered(200, memoryBody(text).also { bodies += it })

    @Test
    fun `a slow answer is not waited for alone, and the loser is cancelled`() = runTest {
        val session = session { number, request ->
            delay(if (number == 1) 10_000 else 100)
            request.answer("of $number")
        }

        assertEquals("of 2", session.get("http://h/").text())
        assertEquals(400L to 1, currentTime to cancelled)
    }

    @Test
    fun `a quick answer has no second try`() = runTest {
        val session = session { number, request ->
            delay(299)
            request.answer("of $number")
        }

        assertEquals("of 1", session.get("http://h/").text())
        assertEquals(299L to 1, currentTime to bodies.size)
    }

    @Test
    fun `no more tries are made than allowed`() = runTest {
        var most = 0
        val session = session(hedging.atMost(2)) { number, request ->
            most = number
            delay(10_000)
            request.answer("of $number")
        }

        assertEquals("of 1", session.get("http://h/").text())
        assertEquals("3, 2, 10000", "$most, $cancelled, $currentTime")
    }

    @Test
    fun `without a budget the first is waited for`() = runTest {
        val session = session(hedging.budget(RetryBudget(0.0, 0.0))) { number, request ->
            delay(1000)
            request.answer("of $number")
        }

        assertEquals("of 1", session.get("http://h/").text())
        assertEquals(1000L to 1, currentTime to bodies.size)
    }

    @Test
    fun `POST is sent once`() = runTest {
        val session = session { number, request ->
            delay(1000)
            request.answer("of $number")
        }

        assertEquals("of 1", session.post("http://h/") { text("x") }.text())
        assertEquals(1, bodies.size)
    }

    @Test
    fun `a loser that answers all the same is closed`() = runTest {
        val session = session { number, request ->
            if (number == 1) withContext(NonCancellable) { delay(1000) } else delay(100)
            request.answer("of $number")
        }

        session.open("GET", "http://h/").use { assertEquals("of 2", it.body.readBytes().decodeToString()) }

        assertEquals(2, bodies.size)
        assertTrue(bodies.all { it.isClosed }) { "$bodies" }
    }

    @Test
    fun `where one fails the other is waited for`() = runTest {
        val session = session { number, request ->
            delay(if (number == 1) 400 else 500)
            if (number == 1) throw ConnectorException(request, IOException("refused"))
            request.answer("of $number")
        }

        assertEquals("of 2", session.get("http://h/").text())
        assertEquals(800, currentTime)
    }

    @Test
    fun `where all fail the first failure knows the others`() = runTest {
        val session = session { number, request ->
            delay(400)
            throw ConnectorException(request, IOException("try $number"))
        }

        val thrown = assertThrows<ConnectorException> { session.get("http://h/") }

        assertEquals("try 1", thrown.cause?.message)
        assertEquals(listOf("try 2"), thrown.suppressed.map { it.cause?.message })
    }

    @Test
    fun `a failure before the delay is the failure`() = runTest {
        val session = session { _, request -> throw ConnectorException(request, IOException("refused")) }

        assertThrows<ConnectorException> { session.get("http://h/") }

        assertEquals(0, currentTime)
    }

    @Test
    fun `cancelling the caller cancels all`() = runTest {
        val session = session { number, request ->
            delay(10_000)
            request.answer("of $number")
        }
        val call = launch { session.get("http://h/") }
        advanceTimeBy(1000)

        call.cancel()
        call.join()

        assertEquals(1000L to 2, currentTime to cancelled)
        assertTrue(bodies.isEmpty())
    }

    @Test
    fun `one request may be hedged by itself`() = runTest {
        var tries = 0
        val session = ClientSession {
            engine(
                Engine {
                    val number = ++tries
                    delay(if (number == 1) 10_000 else 100)
                    it.answer("of $number")
                },
            )
        }

        assertEquals("of 2", session.get("http://h/") { use(hedging) }.text())
    }

    /** Real threads and a real clock: answers, further tries and cancellations meet in moments that nobody would choose. */
    @Test
    fun `whatever strikes when, no response is left open`() {
        val made = ConcurrentLinkedQueue<MemoryBody>()
        val ends = ConcurrentLinkedQueue<String>()
        val session = ClientSession {
            use(Hedging.after(Duration.ofMillis(1)).atMost(2).budget(RetryBudget.UNLIMITED))
            engine({ request ->
                delay(ThreadLocalRandom.current().nextLong(4))
                request.answered(200, memoryBody("body").also { made += it })
            })
        }

        runBlocking(Dispatchers.Default) {
            repeat(3_000) { round ->
                val call = launch {
                    session.open("GET", "http://h/").close()
                    ends += "answered"
                }
                if (round % 2 == 0) {
                    launch {
                        delay(ThreadLocalRandom.current().nextLong(4))
                        call.cancel()
                    }
                }
            }
        }

        assertEquals(emptyList<MemoryBody>(), made.filter { !it.isClosed }, "left open")
        assertTrue(ends.size in 1500..2999 && made.size > ends.size) { "${ends.size} of ${made.size}" }
    }
}
