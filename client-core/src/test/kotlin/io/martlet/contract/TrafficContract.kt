package io.martlet.contract

import io.martlet.config.ClientTimeout
import io.martlet.error.ClientException.CircuitOpenException
import io.martlet.error.ClientException.RateTimeoutException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.Phase
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.rate.RateLimit
import io.martlet.retry.CircuitBreaker
import io.martlet.retry.Hedging
import io.martlet.retry.RetryBudget
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Duration
import java.util.concurrent.atomic.AtomicInteger

/** How much goes to a server: rate limits, circuit breakers, requests that are sent twice. */
abstract class TrafficContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer().on("/", Reply.text("ok"))

    private val oneAnHour = RateLimit.of(1, Duration.ofHours(1))

    private fun get(path: String = "/") = Call("GET", server.url(path))

    @Test
    fun `what the rate limit would let go too late fails at once, and is not sent`() = test {
        val session = session { copy(rateLimit = oneAnHour.burst(2), timeout = ClientTimeout.ofTotal(MINUTE)) }
        repeat(2) { assertEquals("ok", session.send(get()).text()) }

        val thrown = failure<RateTimeoutException> { session.send(get()) }

        assertEquals(listOf(Phase.RATE, MINUTE, 2), listOf(thrown.phase(), thrown.limit(), server.requests.size))
        assertTrue(thrown.turnIn() > MINUTE) { thrown.message }
    }

    @Test
    fun `each hop takes its turn by the rate limit`() = test {
        server.on("/a", Reply.redirect(302, "/"))
        val session = session { copy(rateLimit = oneAnHour) }

        val thrown = failure<RateTimeoutException> { session.send(get("/a")) }

        assertEquals(listOf("/a") to 1, server.requests.map { it.path } to thrown.history().size)
    }

    @Test
    fun `those who wait for their turn all have it`() = test {
        val session = session { copy(rateLimit = RateLimit.perSecond(200.0).perHost(150.0)) }

        // On a slow machine nobody of a round may have to wait.
        val rounds = generateSequence { List(30) { inFlight { session.send(get()) } } }.take(20)
        val hasWaited = rounds.any { round ->
            val calls = round.awaitAll().map { it.getOrThrow() }
            assertEquals(List(30) { "ok" }, calls.map { it.text() })
            calls.any { it.request.attribute(RateLimit.WAITED) != null }
        }

        assertTrue(hasWaited)
    }

    @Test
    fun `closing the session ends those who wait for their turn`() = test {
        val session = session { copy(rateLimit = oneAnHour, timeout = ClientTimeout.ofTotal(Duration.ZERO)) }
        session.send(get())
        val calls = List(5) { inFlight { session.send(get()) } }

        session.close()

        calls.awaitAll().forEach { assertFailed<SessionClosedException>(it) }
    }

    @Test
    fun `a server that says when to come back is not asked before`() = test {
        server.on("/", Reply.text("too much").status(429, "Too Many").header("Retry-After", "3600"))
        val session = session { copy(rateLimit = RateLimit.UNLIMITED.learning()) }
        assertEquals(429, session.send(get()).status)

        failure<RateTimeoutException> { session.send(get()) }

        assertEquals(1, server.requests.size)
    }

    @Test
    fun `a circuit breaker leaves a server alone of which too much fails`() = test {
        server.on("/", Reply.text("no").status(500))
        val session = session { copy(breaker = CircuitBreaker.builder(0.5).minCalls(2).openFor(HOUR).build()) }
        repeat(2) { assertEquals(500, session.send(get()).status) }

        val thrown = failure<CircuitOpenException> { session.send(get()) }

        assertTrue(thrown.openFor() > MINUTE) { thrown.message }
        assertEquals(2, server.requests.size)
    }

    @Test
    fun `a slow answer is not waited for alone`() = test {
        val session = session { copy(hedging = soon()) }

        assertSecondWins { session.send(get()).text() }
    }

    @Test
    fun `one request may be sent twice by itself`() = test {
        val session = session()

        assertSecondWins { session.send(get().copy(hedging = soon())).text() }
    }

    private fun soon() = Hedging.after(Duration.ofMillis(20)).budget(RetryBudget.UNLIMITED)

    private suspend fun assertSecondWins(send: suspend () -> String) {
        val asked = AtomicInteger()
        val gate = server.holding("/never")
        server.on("/") {
            val number = asked.incrementAndGet()
            if (number == 1) gate.await()
            Reply.text("answer $number")
        }

        assertEquals("answer 2", send())

        gate.open()
    }

    private companion object {
        val MINUTE: Duration = Duration.ofMinutes(1)
        val HOUR: Duration = Duration.ofHours(1)
    }
}
