package io.martlet.contract

import io.martlet.cookie.Cookie
import io.martlet.cookie.CookieJar
import io.martlet.cookie.MemoryCookieJar
import io.martlet.error.ClientException.StatusException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.ReceivedRequest
import io.martlet.fixture.Reply
import io.martlet.http.Url
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import java.util.concurrent.CopyOnWriteArrayList

/** RFC 6265bis, with the choices of aiohttp where several have something to say. */
abstract class CookiesContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer("localhost")
        .on("/", Reply.text("hello"))
        .on("/set", Reply.text("set").header("Set-Cookie", "a=s3cret-1; Path=/").header("Set-Cookie", "b=2; HttpOnly"))
    private val elsewhere = LocalServer().on("/", Reply.text("elsewhere"))

    private val LocalServer.sent: List<String?> get() = requests.map { it.cookies }

    private val ReceivedRequest.cookies: String? get() = header("Cookie")

    @Test
    fun `what a response sets is sent with the requests after it, in one field`() = test {
        val session = session()

        repeat(2) { session.send(Call("GET", server.url("/set"))) }

        assertEquals(listOf(emptyList(), listOf("a=s3cret-1; b=2")), server.requests.map { it.headers("Cookie") })
    }

    @Test
    fun `what a streamed response sets is kept when its head is there`() = test {
        val session = session()

        session.open(Call("GET", server.url("/set"))).use { stream ->
            session.send(Call("GET", server.url("/")))
            assertEquals(listOf("a", "b"), stream.cookies.map { it.name() })
        }

        assertEquals(listOf(null, "a=s3cret-1; b=2"), server.sent)
    }

    @Test
    fun `what a redirect sets is sent to where it points`() = test {
        server.on("/over", Reply.redirect(302, "/").header("Set-Cookie", "c=3"))

        val response = session().send(Call("GET", server.url("/over")))

        assertEquals(listOf(null, "c=3"), server.sent)
        assertEquals(emptyList<Cookie>(), response.cookies())
        assertEquals(listOf("c=(hidden); Host=localhost; Path=/"), response.history.single().cookies().map { "$it" })
    }

    @Test
    fun `what an error sets is kept too`() = test {
        server.on("/no", Reply.text("no").status(403, "No").header("Set-Cookie", "c=3"))
        val session = session { copy(raiseForStatus = true) }

        failure<StatusException> { session.send(Call("GET", server.url("/no"))) }
        session.send(Call("GET", server.url("/")))

        assertEquals(listOf(null, "c=3"), server.sent)
    }

    @Test
    fun `a cookie that is removed is not sent any more`() = test {
        server.on("/remove", Reply.empty().header("Set-Cookie", "a=; Path=/; Max-Age=0"))
        val session = session()

        listOf("/set", "/remove", "/").forEach { session.send(Call("GET", server.url(it))) }

        assertEquals(listOf(null, "a=s3cret-1; b=2", "b=2"), server.sent)
    }

    @Test
    fun `a host that is an address has no cookies unless they are asked for`() = test {
        elsewhere.on("/set", Reply.text("set").header("Set-Cookie", "a=1"))
        val default = session()
        val open = session { copy(cookieJar = MemoryCookieJar.builder().ipHosts(true).build()) }

        listOf(default, open).forEach { session ->
            repeat(2) { session.send(Call("GET", elsewhere.url("/set"))) }
        }

        assertEquals(listOf(null, null, null, "a=1"), elsewhere.sent)
    }

    @Test
    fun `cookies of a request go in the place of those in the jar, and are not kept`() = test {
        val session = session()
        session.send(Call("GET", server.url("/set")))

        session.send(Call("GET", server.url("/"), cookies = listOf("a" to "own", "c" to "\"x, y\"")))
        session.send(Call("GET", server.url("/")))

        assertEquals(listOf("b=2; a=own; c=\"x, y\"", "a=s3cret-1; b=2"), server.sent.drop(1))
    }

    @Test
    fun `a Cookie header of a request is sent too, the jar first`() = test {
        val session = session()
        session.send(Call("GET", server.url("/set")))

        session.send(Call("GET", server.url("/"), set = listOf("Cookie" to "a=old; odd")))

        assertEquals("odd; a=s3cret-1; b=2", server.sent.last())
    }

    @Test
    fun `cookies of the session are sent until a server sets others`() = test {
        val session = session { copy(cookies = listOf("a" to "0", "theme" to "dark")) }

        repeat(2) { session.send(Call("GET", server.url("/set"))) }

        assertEquals(listOf("a=0; theme=dark", "theme=dark; a=s3cret-1; b=2"), server.sent)
    }

    @Test
    fun `cookies of the session go to the origin of its base URL only`() = test {
        val session = session { copy(baseUrl = server.url("/"), cookies = listOf("a" to "0")) }

        session.send(Call("GET", ""))
        session.send(Call("GET", elsewhere.url("/")))

        assertEquals(listOf<String?>("a=0", null), server.sent + elsewhere.sent)
    }

    @Test
    fun `with a redirect to another origin go its own cookies, and do not come back others`() = test {
        val jar = MemoryCookieJar.builder().ipHosts(true).build()
        jar.store(Url.of(server.url("/")), listOf("jar=here"))
        jar.store(Url.of(elsewhere.url("/")), listOf("jar=there"))
        server.on("/over", Reply.redirect(307, elsewhere.url("/over"))).on("/back", Reply.text("back"))
        elsewhere.on("/over", Reply.redirect(307, server.url("/back")))
        val session = session { copy(cookieJar = jar, cookies = listOf("session" to "1")) }
        val call =
            Call("GET", server.url("/over"), add = listOf("cookie" to "header=1"), cookies = listOf("own" to "1"))

        session.send(call)

        assertEquals(setOf("session=1", "header=1", "jar=here", "own=1"), server.sent.first()?.split("; ")?.toSet())
        assertEquals(listOf<String?>("jar=there", "jar=here"), elsewhere.sent + server.sent.last())
    }

    @Test
    fun `cookies of a request go along with a redirect to its own origin`() = test {
        server.on("/over", Reply.redirect(307, "/"))

        session().send(Call("GET", server.url("/over"), cookies = listOf("own" to "1")))

        assertEquals(listOf<String?>("own=1", "own=1"), server.sent)
    }

    @Test
    fun `a response says what it sets`() = test {
        val response = session().send(Call("GET", server.url("/set")))

        assertEquals(
            listOf("a=(hidden); Host=localhost; Path=/", "b=(hidden); Host=localhost; Path=/; HttpOnly"),
            response.cookies().map { it.toString() },
        )
        assertEquals(listOf("s3cret-1", "2"), response.cookies().map { it.value() })
    }

    @Test
    fun `the jar that keeps nothing keeps nothing`() = test {
        val session = session { copy(cookieJar = CookieJar.NONE) }

        session.send(Call("GET", server.url("/set")))
        session.send(Call("GET", server.url("/"), cookies = listOf("own" to "1")))

        assertEquals(listOf(null, "own=1"), server.sent)
    }

    @Test
    fun `a jar of the caller's is told what servers say, and asked for each hop`() = test {
        val calls = CopyOnWriteArrayList<String>()
        val jar = object : CookieJar {
            override fun store(url: Url, setCookies: List<String>) {
                calls += "store ${url.requestTarget()} $setCookies"
            }

            override fun cookiesFor(url: Url): List<Cookie> {
                calls += "cookiesFor ${url.requestTarget()}"
                return listOf(Cookie.builder(url, "n", "${calls.size}").build())
            }
        }
        server.on("/over", Reply.redirect(302, "/").header("Set-Cookie", "odd"))

        session { copy(cookieJar = jar) }.send(Call("GET", server.url("/over?q")))

        assertEquals(listOf("cookiesFor /over?q", "store /over?q [odd]", "cookiesFor /"), calls)
        assertEquals(listOf<String?>("n=1", "n=3"), server.sent)
    }

    @ParameterizedTest
    @CsvSource("'', 1", "a=b, 1", "a;b, 1", "a, s3cret;1", "a, 's3cret\r\nX: 1'", "'a\n', 1")
    fun `a cookie that cannot be sent is refused before anything is`(name: String, value: String) = test {
        val cookies = listOf(name to value)

        val ofRequest = failure<IllegalArgumentException> {
            session().send(Call("GET", server.url("/"), cookies = cookies))
        }
        val ofSession = failure<IllegalArgumentException> { face.open(Setup(cookies = cookies, engine = face.engine)) }

        listOf(ofRequest, ofSession).forEach { assertKeepsSecret(it, "s3cret") }
        assertEquals(0, server.accepts)
    }

    @Test
    fun `no value of a cookie is in what is printed`() = test {
        val jar = MemoryCookieJar()
        val session = session { copy(cookieJar = jar, cookies = listOf("c" to "s3cret-2"), raiseForStatus = true) }
        val response = session.send(Call("GET", server.url("/set")))

        val error = failure<StatusException> {
            session.send(Call("GET", server.url("/none"), cookies = listOf("d" to "s3cret-3")))
        }

        assertKeepsSecret(error, "s3cret")
        val printed =
            listOf(response, response.headers, response.cookies(), jar, jar.cookies(), session, error.request())
        printed.forEach { assertEquals(false, "s3cret" in it.toString()) { "$it" } }
    }
}
