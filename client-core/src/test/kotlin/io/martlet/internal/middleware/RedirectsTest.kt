package io.martlet.internal.middleware

import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.body.RequestBody
import io.martlet.engine.Engine
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.TooManyRedirectsException
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.MediaType
import io.martlet.http.Method
import io.martlet.http.StreamingResponse
import io.martlet.http.Url
import io.martlet.memoryBody
import io.martlet.requestTo
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import java.io.IOException

class RedirectsTest {
    private val asked = mutableListOf<String>()
    private val bodies = mutableListOf<MemoryBody>()

    /** Redirects /3 to /2, /2 to /1 and so on; what has no number is there. */
    private val countdown = Engine { request -> countDown(request) }

    private fun countDown(request: ClientRequest): StreamingResponse {
        asked += request.toString()
        val body = memoryBody("body").also { bodies += it }
        val left = request.url.path().removePrefix("/").toIntOrNull() ?: return request.answered(200, body)
        return request.answered(302, body, Headers.of("Location", if (left > 1) "/${left - 1}" else "/here?k=v"))
    }

    private suspend fun follow(request: ClientRequest, engine: Engine = countdown) = Redirects.intercept(
        request,
        engine,
    )

    @Test
    fun `redirects are followed, and those before the last are its history`() = runTest {
        val response = follow(requestTo("http://h/2"))

        assertEquals("200 GET http://h/here?***", response.toString())
        assertEquals(listOf("GET http://h/2", "GET http://h/1", "GET http://h/here?***"), asked)
        assertEquals(
            "[302 GET http://h/2 (0 bytes of application/octet-stream)," +
                " 302 GET http://h/1 (0 bytes of application/octet-stream)]",
            response.history.toString(),
        )
        assertEquals("[0 of 1 read, closed, 0 of 1 read, closed, 0 of 1 read]", bodies.toString())
    }

    @Test
    fun `a response that is no redirect has no history`() = runTest {
        assertEquals(emptyList<Any>(), follow(requestTo("http://h/here")).history)
    }

    @ParameterizedTest
    @CsvSource("0, 1", "1, 2", "3, 4")
    fun `one redirect more than the limit is an error that holds those followed`(limit: Int, start: Int) = runTest {
        val thrown =
            assertThrows<TooManyRedirectsException> { follow(requestTo("http://h/$start") { maxRedirects(limit) }) }

        assertEquals("GET http://h/1 redirects once more after $limit redirects (maxRedirects)", thrown.message)
        assertEquals(limit, thrown.response()?.history?.size)
        assertEquals(List(start) { "0 of 1 read, closed" }, bodies.map { it.toString() })
    }

    @ParameterizedTest
    @CsvSource("0", "1", "3")
    fun `as many redirects as the limit are followed`(limit: Int) = runTest {
        val start = if (limit == 0) "here" else "$limit"

        assertEquals(200, follow(requestTo("http://h/$start") { maxRedirects(limit) }).status)
    }

    @Test
    fun `nothing is followed where this is not asked for`() = runTest {
        val response = follow(requestTo("http://h/2") { followRedirects(false) })

        assertEquals("302 GET http://h/2", response.toString())
        assertEquals("[0 of 1 read]", bodies.toString())
    }

    @Test
    fun `the filter sees each redirect with those before it, and the request that would follow`() = runTest {
        val seen = mutableListOf<String>()

        val response = follow(
            requestTo("http://h/2") {
                redirectFilter { redirect, next -> seen.add("$redirect ${redirect.history.size} > $next") }
            },
        )

        assertEquals(200, response.status)
        assertEquals(
            listOf(
                "302 GET http://h/2 (0 bytes of application/octet-stream) 0 > GET http://h/1",
                "302 GET http://h/1 (0 bytes of application/octet-stream) 1 > GET http://h/here?***",
            ),
            seen,
        )
    }

    @Test
    fun `a redirect that the filter refuses is the answer, and its body can be read`() = runTest {
        val response =
            follow(requestTo("http://h/2") { redirectFilter { _, next -> next.url.path() != "/here" } })

        assertEquals("302 GET http://h/1", response.toString())
        assertEquals(listOf("302 GET http://h/2"), response.history.map { "${it.status} ${it.request}" })
        assertEquals("body", response.body.readBytes().decodeToString())
        assertEquals("[0 of 1 read, closed, 1 of 1 read]", bodies.toString())
    }

    @Test
    fun `what the filter throws is the failure of the request, and the response is closed`() = runTest {
        val request = requestTo("http://h/2") { redirectFilter { _, _ -> throw IllegalStateException("not there") } }

        assertEquals("not there", assertThrows<IllegalStateException> { follow(request) }.message)
        assertEquals("[0 of 1 read, closed]", bodies.toString())
    }

    @Test
    fun `a body that is wanted again and can be sent only once is an error, and the response is closed`() = runTest {
        val body = memoryBody("body")
        val once = RequestBody.source(-1, MediaType.OCTET_STREAM) { memoryBody("once") }
        val request = ClientRequest.builder(Method.POST, Url.of("http://h/")).body(once).build()
        val engine = Engine { it.answered(307, body, Headers.of("Location", "/b")) }

        assertThrows<PayloadException> { follow(request, engine) }

        assertEquals("0 of 1 read, closed", body.toString())
    }

    @Test
    fun `a redirect without location is the answer`() = runTest {
        assertEquals(302, follow(requestTo("http://h/"), Engine { it.answered(302) }).status)
    }

    @Test
    fun `a target that cannot be requested is an error, and the response is closed`() = runTest {
        val body = memoryBody("body")
        val engine = Engine { it.answered(302, body, Headers.of("Location", "ftp://h/")) }

        assertThrows<InvalidUrlException> { follow(requestTo("http://h/"), engine) }

        assertEquals("0 of 1 read, closed", body.toString())
    }

    @Test
    fun `a hop that fails is the failure of the request`() = runTest {
        val engine = Engine {
            if (it.url.path() == "/here") throw ConnectorException(it, IOException("refused")) else countDown(it)
        }

        val thrown = assertThrows<ConnectorException> { follow(requestTo("http://h/1"), engine) }

        assertEquals("GET http://h/here?***", thrown.request().toString())
        assertEquals("[302 GET http://h/1 (0 bytes of application/octet-stream)]", thrown.history().toString())
        assertEquals("[0 of 1 read, closed]", bodies.toString())
    }
}
