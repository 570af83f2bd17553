package io.martlet

import io.martlet.body.BytesBody
import io.martlet.body.RequestBody
import io.martlet.config.ClientTimeout
import io.martlet.config.RedirectFilter
import io.martlet.config.RequestOptions
import io.martlet.engine.Engine
import io.martlet.http.ClientRequest
import io.martlet.http.ClientResponse
import io.martlet.http.MediaType
import io.martlet.http.Method
import io.martlet.http.Url
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.assertThrows
import java.time.Duration.ofSeconds
import kotlin.time.Duration.Companion.seconds

class RequestBuilderTest {
    @Serializable
    data class Post(val title: String)

    private val session = ClientSession {
        engine(Engine { it.answered() })
        headers["Accept"] = "application/json"
        maxRedirects = 3
        timeout { socketRead = 5.seconds }
    }

    private val policy = RetryPolicy.of(2)
    private val noRedirect = RedirectFilter { _, _ -> false }

    private fun request(method: Method = Method.GET, build: RequestBuilder.() -> Unit) =
        session.newRequest(method, "http://h/p?a=1", build)

    @Test
    fun `a request that is told nothing is as the session sets it`() {
        val request = request {}

        assertEquals("GET http://h/p?***", request.toString())
        assertEquals("{Accept: application/json, User-Agent: martlet/0.1}", request.headers.toString())
        assertEquals(session.config.options, request.options)
        assertSame(RequestBody.EMPTY, request.body)
    }

    @Test
    fun `a request may set everything otherwise`() {
        val request = request {
            headers["Accept"] = "text/html"
            headers.add("X-Trace", "1")
            raiseForStatus = true
            followRedirects = false
            maxRedirects = 0
            maxBufferedBody = 7
            decompress = false
            followDowngrades = false
            redirectFilter = noRedirect
            requireJsonType = true
            skipAutoHeaders("user-agent")
            retry = policy
            timeout { total = 1.seconds }
        }

        assertEquals("{Accept: text/html, X-Trace: 1}", request.headers.toString())
        assertEquals(
            RequestOptions(
                ClientTimeout(ofSeconds(1), null, ofSeconds(30), ofSeconds(5)),
                false,
                0,
                true,
                7,
                session.config.options.jsonCodec,
                false,
                null,
                false,
                noRedirect,
                true,
                setOf("User-Agent"),
                policy,
            ),
            request.options,
        )
        assertEquals("{Accept: application/json}", session.config.headers.toString())
    }

    @Test
    fun `what a request has is there to be read`() {
        request {
            assertEquals("application/json", headers["accept"])
            assertEquals("3 true false 67108864", "$maxRedirects $followRedirects $raiseForStatus $maxBufferedBody")
            maxRedirects = 4
            assertEquals(4, maxRedirects)
            assertEquals(true, decompress)
        }
    }

    @Test
    fun `all time limits can be replaced`() {
        assertEquals(ClientTimeout.NONE, request { timeout(ClientTimeout.NONE) }.options.timeout)
    }

    @Test
    fun `parameters are appended in order, once for each value`() {
        val request = request {
            param("b", 2, true, 1.5)
            param("a", "x y", "ü&")
            param("none")
            params.add("c", "")
        }

        assertEquals("http://h/p?a=1&b=2&b=true&b=1.5&a=x+y&a=%C3%BC%26&c=", request.url.toString())
    }

    @TestFactory
    fun `a body brings its type`(): List<DynamicTest> = listOf(
        Triple("application/json", """{"title":"ü"}""") { b: RequestBuilder -> b.json(Post("ü")) },
        Triple("application/json", """[{"title":"a"}]""") { b -> b.json(listOf(Post("a"))) },
        Triple("text/plain; charset=utf-8", "ü") { b -> b.text("ü") },
        Triple("text/css", "a") { b -> b.text("a", MediaType.parse("text/css")) },
        Triple("application/octet-stream", "a") { b -> b.bytes("a".encodeToByteArray()) },
        Triple("image/png", "a") { b -> b.bytes("a".encodeToByteArray(), MediaType.parse("image/png")) },
        Triple("application/x-www-form-urlencoded", "a=1&b=x+y&a=true") { b ->
            b.form("a" to 1, "b" to "x y", "a" to true)
        },
        Triple("application/x-www-form-urlencoded", "a=1") { b ->
            b.body(RequestBody.bytes("a=1".encodeToByteArray(), MediaType.FORM))
        },
    ).map { (type, text, build) ->
        dynamicTest("$type of $text") {
            val request = request(Method.POST, build)

            assertEquals(type, request.headers["Content-Type"])
            assertEquals(text, (request.body as BytesBody).bytes.decodeToString())
        }
    }

    @Test
    fun `a second body is refused`() {
        val thrown = assertThrows<IllegalArgumentException> {
            request(Method.POST) {
                text("a")
                json(Post("a"))
            }
        }

        assertEquals("body is set already (1 bytes of text/plain); a request has one body", thrown.message)
    }

    @Test
    fun `a negative limit is refused`() {
        assertEquals(
            "timeout total is negative: PT-1S",
            assertThrows<IllegalArgumentException> { request { timeout { total = (-1).seconds } } }.message,
        )
        assertEquals(
            "maxRedirects is negative: -1",
            assertThrows<IllegalArgumentException> { request { maxRedirects = -1 } }.message,
        )
    }

    @TestFactory
    fun `a verb sends its method`(): List<DynamicTest> = listOf<Pair<String, suspend () -> ClientResponse>>(
        "GET" to { session.get("http://h/") },
        "HEAD" to { session.head("http://h/") },
        "OPTIONS" to { session.options("http://h/") },
        "POST" to { session.post("http://h/") },
        "PUT" to { session.put("http://h/") },
        "PATCH" to { session.patch("http://h/") },
        "DELETE" to { session.delete("http://h/") },
        "PURGE" to { session.request("purge", "http://h/") },
        "QUERY" to { session.request(Method.QUERY, "http://h/") },
        "TRACE" to { session.request(Method.TRACE, Url.raw("http://h/")) },
        "LOCK" to { session.open("lock", "http://h/").readAll() },
    ).map { (method, send) ->
        dynamicTest(method) { runTest { assertEquals("$method http://h/", send().request.toString()) } }
    }

    @Test
    fun `HEAD follows redirects only if it is told to`() = runTest {
        assertEquals(false, session.head("http://h/").request.options.followRedirects)
        assertEquals(true, session.head("http://h/") { followRedirects = true }.request.options.followRedirects)
    }

    @Test
    fun `a URL that is parsed already stays as it is`() {
        val url = Url.raw("http://h/a/../b?c=%7e")

        assertEquals(url, session.newRequest(Method.GET, url).url)
    }

    @Test
    fun `a request that was built elsewhere is sent as it is`() = runTest {
        val request: ClientRequest = requestTo("http://h/") { decompress(false) }

        assertEquals(request, session.send(request).request.withDeadline(null))
    }
}
