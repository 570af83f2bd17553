package io.martlet.internal.middleware

import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.cookie.Cookie
import io.martlet.cookie.CookieJar
import io.martlet.cookie.MemoryCookieJar
import io.martlet.engine.Engine
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.Url
import io.martlet.requestTo
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class CookiesTest {
    private val sent = mutableListOf<ClientRequest>()

    private fun answering(vararg fields: String) = Engine { request ->
        sent += request
        request.answered(headers = Headers.of(*fields))
    }

    /** What is called, and fails when it is told something. */
    private class BrokenJar : CookieJar {
        val calls = mutableListOf<String>()

        override fun store(url: Url, setCookies: List<String>) {
            calls += "store $url $setCookies"
            error("the jar is broken")
        }

        override fun cookiesFor(url: Url): List<Cookie> = emptyList<Cookie>().also { calls += "cookiesFor $url" }
    }

    @Test
    fun `what a response sets is sent with the next request`() = runTest {
        val cookies = Cookies(MemoryCookieJar())

        cookies.intercept(requestTo("http://h.example/"), answering("Set-Cookie", "a=1", "set-cookie", "b=2"))
        cookies.intercept(requestTo("http://h.example/x"), answering())

        assertEquals(listOf(null, "a=1; b=2"), sent.map { it.headers["Cookie"] })
    }

    @Test
    fun `without cookies the request goes on as it is, and the jar is told nothing`() = runTest {
        val jar = BrokenJar()
        val request = requestTo("http://h.example/")

        Cookies(jar).intercept(request, answering("X-Set-Cookie", "a=1"))

        assertSame(request, sent.single())
        assertEquals(listOf("cookiesFor http://h.example/"), jar.calls)
    }

    @Test
    fun `a jar that fails fails the request, and the response is closed`() = runTest {
        val body = MemoryBody()
        val engine = Engine { it.answered(body = body, headers = Headers.of("Set-Cookie", "a=1")) }

        val thrown = assertThrows<IllegalStateException> {
            Cookies(BrokenJar()).intercept(requestTo("http://h.example/"), engine)
        }

        assertEquals("the jar is broken", thrown.message)
        assertEquals(true, body.isClosed)
    }
}
