package io.martlet.internal.middleware

import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.body.BodySource
import io.martlet.config.ClientTimeout
import io.martlet.engine.Engine
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.StreamingResponse
import io.martlet.memoryBody
import io.martlet.requestTo
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.time.Duration
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class TotalTimeoutTest {
    private val minute = Duration.ofMinutes(1)

    private fun request(total: Duration?) = requestTo("http://h/") { timeout(ClientTimeout.ofTotal(total)) }

    private suspend fun send(request: ClientRequest, engine: Engine): StreamingResponse = TotalTimeout(
        isKeptBelow = { false },
    ).intercept(
        request,
        engine,
    )

    @Test
    fun `a request that is done in time passes, its body too`() = runTest {
        val body = MemoryBody(listOf("a".encodeToByteArray()), Headers.of("X-Sum", "1"))
        val response = send(request(minute)) {
            delay(59.seconds)
            it.answered(201, body)
        }

        assertEquals("201 GET http://h/", response.toString())
        assertEquals("a", response.body.readBytes().decodeToString())
        assertEquals("{X-Sum: 1}", response.body.trailers.toString())
        assertNull(response.body.read())
        assertEquals("1 of 1 read", body.toString())
    }

    @Test
    fun `a request that has no head in time is given up`() = runTest {
        var given = ""

        val thrown = assertThrows<TotalTimeoutException> {
            send(request(minute)) {
                try {
                    awaitCancellation()
                } finally {
                    given = "up after $currentTime ms"
                }
            }
        }

        assertEquals("up after 60000 ms", given)
        assertEquals(Phase.TOTAL, thrown.phase())
        assertEquals(minute, thrown.limit())
        assertTrue(
            Regex("GET http://h/ was not done after \\d+ ms \\(limit total = 60 s\\)").matches(thrown.message!!),
        ) {
            thrown.message
        }
    }

    @Test
    fun `whatever hop took too long, the error is about the first, and keeps what it knows`() = runTest {
        val redirect = request(null).answered(302).toValue(ByteArray(0))
        val before = IllegalStateException("the try before")

        val thrown = assertThrows<TotalTimeoutException> {
            TotalTimeout { true }.intercept(request(minute)) {
                val expired = TotalTimeoutException(requestTo("http://h/b"), minute, minute)
                throw expired.apply { setHistory(listOf(redirect)) }.apply { addSuppressed(before) }
            }
        }

        assertEquals("http://h/", "${thrown.request()?.url}")
        assertEquals(listOf(redirect) to listOf(before), thrown.history() to thrown.suppressed.toList())
    }

    @Test
    fun `a body that stalls is given up`() = runTest {
        val body = memoryBody("a") { awaitCancellation() }
        val response = send(request(minute)) { it.answered(body = body) }

        val thrown = assertThrows<TotalTimeoutException> { response.body.readBytes() }

        assertEquals(minute, thrown.limit())
        assertEquals("1 of 1 read, closed", body.toString())
        assertTrue(currentTime in 59_000..60_000) { "$currentTime" }
    }

    @Test
    fun `the clock of the head goes on over the body`() = runTest {
        val body = memoryBody("a")
        // Too little for anything but a head that is there at once.
        val response = send(request(Duration.ofNanos(1))) { it.answered(body = body) }

        val thrown = assertThrows<TotalTimeoutException> { response.body.read() }

        assertEquals(Duration.ofNanos(1), thrown.limit())
        assertEquals("0 of 1 read, closed", body.toString())
    }

    @Test
    fun `without a limit nothing is put in the way`() = runTest {
        val body = memoryBody("a")
        val response = send(request(null)) {
            delay(3600.seconds)
            it.answered(body = body)
        }

        assertSame(body, response.source)
    }

    @Test
    fun `closing the response closes its body`() = runTest {
        val body = memoryBody("a")

        send(request(minute)) { it.answered(body = body) }.close()

        assertEquals("0 of 1 read, closed", body.toString())
    }

    @Test
    fun `a time limit of the caller is not ours`() = runTest {
        val result = withTimeoutOrNull(1.seconds) { send(request(minute)) { awaitCancellation() } }

        assertNull(result)
        assertEquals(1_000, currentTime)
    }

    @Test
    fun `a response that comes when the caller is cancelled is closed`() = runTest {
        val body = memoryBody("a")
        val sending = launch { send(request(minute)) { withContext(NonCancellable) { late(it, body) } } }
        runCurrent()
        sending.cancel()
        sending.join()

        assertEquals("0 of 1 read, closed", body.toString())
    }

    @Test
    fun `cancelling the caller gives the request up`() = runTest {
        var given = ""
        val sending = launch {
            send(request(minute)) {
                try {
                    awaitCancellation()
                } finally {
                    given = "up"
                }
            }
        }
        runCurrent()
        sending.cancel()
        sending.join()

        assertEquals("up", given)
    }

    @Test
    fun `a response that comes after the limit is not lost`() = runTest {
        val body = memoryBody("a")

        val response = send(request(Duration.ofMillis(1))) { withContext(NonCancellable) { late(it, body) } }
        response.close()

        assertEquals("0 of 1 read, closed", body.toString())
    }

    private suspend fun late(request: ClientRequest, body: BodySource): StreamingResponse {
        delay(1.seconds)
        return request.answered(body = body)
    }
}
