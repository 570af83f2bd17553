package io.martlet.internal.middleware

import io.martlet.ClientSession
import io.martlet.answered
import io.martlet.engine.Engine
import io.martlet.engine.then
import io.martlet.error.ClientException.CircuitOpenException
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import io.martlet.http.Deadline
import io.martlet.http.StreamingResponse
import io.martlet.requestTo
import io.martlet.retry.CircuitBreaker
import io.martlet.retry.RetryBudget
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.IOException
import java.time.Duration

@OptIn(ExperimentalCoroutinesApi::class)
class CircuitBreakingTest {
    private val sent = mutableListOf<String>()

    private fun TestScope.session(retries: RetryPolicy? = null, answer: suspend (ClientRequest) -> StreamingResponse) =
        ClientSession {
            retry = retries
            use(
                CircuitBreaker.builder(0.5).minCalls(2).openFor(Duration.ofSeconds(5))
                    .nanoClock { currentTime * 1_000_000 }.build(),
            )
            engine(Engine { answer(it.also { sent += it.url.toString() }) })
        }

    @Test
    fun `a server of which too much fails is left alone, and others are not`() = runTest {
        val session = session { if (it.url.host() == "bad") it.answered(503) else it.answered() }
        repeat(2) { session.get("http://bad/") }

        val thrown = assertThrows<CircuitOpenException> { session.get("http://bad/?key=secret") }

        assertEquals("GET http://bad/?*** is not sent: the circuit breaker is open for 5 s", thrown.message)
        assertEquals(Phase.REQUEST to Duration.ofSeconds(5), thrown.phase() to thrown.openFor())
        session.get("http://good/")
        session.get("http://bad:81/")
        assertEquals(listOf("http://bad/", "http://bad/", "http://good/", "http://bad:81/"), sent)
    }

    @Test
    fun `it closes when a probe succeeds, and refuses others meanwhile`() = runTest {
        var status = 500
        val session = session {
            if (sent.size == 3) delay(1000)
            it.answered(status)
        }
        repeat(2) { session.get("http://h/") }
        status = 200
        advanceTimeBy(5000)
        val probe = launch { session.get("http://h/probe") }
        runCurrent()

        val thrown = assertThrows<CircuitOpenException> { session.get("http://h/") }

        assertEquals("GET http://h/ is not sent: the circuit breaker is open while others probe", thrown.message)
        probe.join()
        assertEquals(200, session.get("http://h/").status)
    }

    @Test
    fun `each try counts, and an open circuit ends them`() = runTest {
        val retries = RetryPolicy.builder().maxAttempts(5).budget(RetryBudget.UNLIMITED).build()
        val session = session(retries) { throw ConnectorException(it, IOException("refused")) }

        val thrown = assertThrows<CircuitOpenException> { session.get("http://h/") }

        assertEquals(2, sent.size)
        assertEquals(
            listOf(ConnectorException::class.java, ConnectorException::class.java),
            thrown.suppressed.map { it.javaClass },
        )
    }

    @Test
    fun `what the caller cancels says nothing of the server`() = runTest {
        val session = session { if (sent.size <= 3) awaitCancellation() else it.answered() }
        repeat(3) {
            val call = launch { session.get("http://h/") }
            runCurrent()
            call.cancel()
            call.join()
        }

        assertEquals(200, session.get("http://h/").status)
    }

    @Test
    fun `what the total limit ends is a failure, though it looks like a cancellation here`() = runTest {
        val engine = CircuitBreaking(CircuitBreaker.builder(0.5).minCalls(2).build()).then(
            Engine {
                awaitCancellation()
            },
        )
        val late = requestTo("http://h/")
            .withDeadline(Deadline(System.nanoTime() - 5_000_000_000, Duration.ofSeconds(3)))
        repeat(2) {
            val call = launch { engine.execute(late) }
            runCurrent()
            call.cancel()
            call.join()
        }

        assertThrows<CircuitOpenException> { engine.execute(late) }
    }
}
