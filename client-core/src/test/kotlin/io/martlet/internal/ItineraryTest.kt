package io.martlet.internal

import io.martlet.answered
import io.martlet.config.ClientTimeout
import io.martlet.config.SessionConfig
import io.martlet.cookie.CookieJar
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.http.Headers
import io.martlet.memoryBody
import io.martlet.requestTo
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.time.Duration

class ItineraryTest {
    private val seen = mutableListOf<String>()

    private fun recording(name: String) = Middleware { request, next ->
        seen += "$name > ${request.url.path()}"
        next.execute(request).also { seen += "$name < ${it.status}" }
    }

    /** Redirects /a to /b, which is not there. */
    private val engine = Engine { request ->
        seen += "engine ${request.url.path()}"
        if (request.url.path() ==
            "/a"
        ) {
            request.answered(302, headers = Headers.of("Location", "/b"))
        } else {
            request.answered(404)
        }
    }

    @Test
    fun `a middleware of the caller sees each hop, in the order in which it was given`() = runTest {
        val way =
            itinerary(SessionConfig.DEFAULT, CookieJar.NONE, listOf(recording("first"), recording("second")), engine)

        val response = way.execute(requestTo("http://h/a"))

        assertEquals(404, response.status)
        assertEquals(
            listOf(
                "first > /a",
                "second > /a",
                "engine /a",
                "second < 302",
                "first < 302",
                "first > /b",
                "second > /b",
                "engine /b",
                "second < 404",
                "first < 404",
            ),
            seen,
        )
    }

    @Test
    fun `the status that is judged is the one after the redirects`() = runTest {
        val way = itinerary(SessionConfig.DEFAULT, CookieJar.NONE, emptyList(), engine)

        val thrown = assertThrows<StatusException> { way.execute(requestTo("http://h/a") { raiseForStatus(true) }) }

        assertEquals("GET http://h/b answered 404 Not Found", thrown.message)
        assertEquals(
            "[302 GET http://h/a (0 bytes of application/octet-stream)]",
            thrown.response()?.history.toString(),
        )
    }

    @Test
    fun `the total limit is over middlewares and redirects`() = runTest {
        val stuck = Middleware { request, next ->
            if (request.url.path() == "/b") awaitCancellation()
            next.execute(request)
        }
        val way = itinerary(SessionConfig.DEFAULT, CookieJar.NONE, listOf(stuck), engine)
        val request = requestTo("http://h/a") { timeout(ClientTimeout.ofTotal(Duration.ofMinutes(1))) }

        val thrown = assertThrows<TotalTimeoutException> { way.execute(request) }

        assertEquals(Duration.ofMinutes(1), thrown.limit())
        assertEquals(listOf("engine /a"), seen)
    }

    @Test
    fun `an error body that stalls until the total limit does not hide the status`() = runTest {
        val stalled = memoryBody("no such") { awaitCancellation() }
        val way = itinerary(SessionConfig.DEFAULT, CookieJar.NONE, emptyList(), Engine { it.answered(404, stalled) })
        val request = requestTo("http://h/") {
            raiseForStatus(true)
            timeout(ClientTimeout.ofTotal(Duration.ofMinutes(1)))
        }

        val thrown = assertThrows<StatusException> { way.execute(request) }

        assertEquals("no such", thrown.response()?.text())
        assertEquals(listOf(TotalTimeoutException::class), thrown.suppressed.map { it::class })
        assertEquals("1 of 1 read, closed", stalled.toString())
    }
}
