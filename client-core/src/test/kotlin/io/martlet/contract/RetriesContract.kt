package io.martlet.contract

import io.martlet.body.RequestBody
import io.martlet.config.ClientTimeout
import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.fixture.eventually
import io.martlet.retry.RetryBudget
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.time.Duration
import java.util.concurrent.atomic.AtomicInteger

/** Requests that are tried again. */
abstract class RetriesContract(face: Face) : ContractGroup(face) {
    private val asked = AtomicInteger()
    private val server = LocalServer().on("/") {
        if (asked.incrementAndGet() < 3) Reply.text("not yet").status(503, "Busy") else Reply.text("ok")
    }

    private val atOnce = RetryPolicy.builder().firstDelay(Duration.ZERO).budget(RetryBudget.UNLIMITED).build()

    private fun call(method: String, change: Call.() -> Call = { this }) =
        Call(method, server.url("/"), options = { retry(atOnce) }).change()

    @Test
    fun `a request is tried again, and each failed try gives its connection back`() = test {
        val session = session { copy(connector = ConnectorConfig.builder().limit(1).build()) }

        val response = session.send(call("GET"))

        assertEquals("200 ok 3", "${response.status} ${response.text()} ${response.request.attempt}")
        assertEquals(3, asked.get())
    }

    @Test
    fun `POST is sent once`() = test {
        assertEquals(503, session().send(call("POST")).status)
        assertEquals(1, asked.get())
    }

    @Test
    fun `POST with a key is tried again, with the same key and the same body`() = test {
        val keyed = call("POST") { copy(set = listOf("Idempotency-Key" to "k1"), body = RequestBody.text("body")) }

        assertEquals(200, session().send(keyed).status)
        assertEquals(List(3) { "k1 body" }, server.requests.map { "${it.header("Idempotency-Key")} ${it.text}" })
    }

    @Test
    fun `the total limit is over all tries and waits`() = test {
        val patient = RetryPolicy.builder().maxRetryAfter(Duration.ofHours(3)).budget(RetryBudget.UNLIMITED).build()
        val limit = ClientTimeout.ofTotal(Duration.ofHours(1))
        server.on("/") { Reply.text("not yet").status(503, "Busy").header("Retry-After", "7200") }

        val response = session().send(
            Call("GET", server.url("/"), timeout = limit, options = { retry(patient) }),
        )

        assertEquals(503 to 1, response.status to server.requests.size)
    }

    /** Close comes while the answer is read, or while the next try is waited for. */
    @Test
    @Timeout(30)
    fun `closing the session ends the wait for the next try`() = test {
        val patient = RetryPolicy.builder().maxRetryAfter(Duration.ofHours(3)).budget(RetryBudget.UNLIMITED).build()
        val limit = ClientTimeout.ofTotal(Duration.ZERO)
        server.on("/") { Reply.text("not yet").status(503, "Busy").header("Retry-After", "7200") }
        val session = session()
        val calls = List(5) {
            inFlight { session.send(Call("GET", server.url("/"), timeout = limit, options = { retry(patient) })) }
        }
        eventually({ "${server.requests.size} requests" }) { server.requests.size == 5 }

        session.close()

        calls.awaitAll().forEach { assertFailed<SessionClosedException>(it) }
    }
}
