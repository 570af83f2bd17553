package io.martlet.contract

import io.martlet.body.RequestBody
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.Phase
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource

/** RFC 9110 §15.4, with the choices of aiohttp. */
abstract class RedirectsContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer().on("/there", Reply.text("here"))
    private val elsewhere = LocalServer().on("/there", Reply.text("elsewhere"))

    @ParameterizedTest
    @CsvSource(
        "301, GET, GET, false",
        "302, GET, GET, false",
        "303, GET, GET, false",
        "307, GET, GET, false",
        "308, GET, GET, false",
        "301, HEAD, HEAD, false",
        "302, HEAD, HEAD, false",
        "303, HEAD, HEAD, false",
        "307, HEAD, HEAD, false",
        "308, HEAD, HEAD, false",
        "301, POST, GET, false",
        "302, POST, GET, false",
        "303, POST, GET, false",
        "307, POST, POST, true",
        "308, POST, POST, true",
        "301, PUT, PUT, true",
        "302, PUT, PUT, true",
        "303, PUT, GET, false",
        "307, PUT, PUT, true",
        "308, PUT, PUT, true",
        "301, DELETE, DELETE, true",
        "302, DELETE, DELETE, true",
        "303, DELETE, GET, false",
        "307, DELETE, DELETE, true",
        "308, DELETE, DELETE, true",
    )
    fun `method and body after a redirect`(status: Int, method: String, next: String, keepsBody: Boolean) = test {
        server.on("/", Reply.redirect(status, "/there"))
        val body = if (method in setOf("GET", "HEAD")) null else RequestBody.text("payload")

        val response = session().send(Call(method, server.url("/"), body = body, followRedirects = true))

        val expected = if (keepsBody) listOf("payload", "7", "text/plain; charset=utf-8") else listOf("", null, null)
        assertEquals(listOf(200, 1), listOf(response.status, response.history.size))
        with(server.requests.last()) {
            assertEquals(listOf(next, "/there"), listOf(this.method, target))
            assertEquals(expected, listOf(text, header("Content-Length"), header("Content-Type")))
        }
    }

    @Test
    fun `the other headers of the request go along, Host aside`() = unless(Gap.OWN_FIELDS) {
        test {
            server.on("/", Reply.redirect(302, "/there"))

            val more = listOf("X-Api" to "1", "Host" to "virtual.example")

            session { copy(decompress = false) }.send(Call("GET", server.url("/"), set = CREDENTIALS + more))

            val others = listOf("Accept: */*", "Host: 127.0.0.1:${server.port}", "User-Agent: martlet/0.1", "X-Api: 1")
            val credentials = CREDENTIALS.map { (name, value) -> "$name: $value" }
            assertEquals((others + credentials).sorted(), server.requests.last().fields.sorted())
        }
    }

    @Test
    fun `credentials do not go to another origin, and do not come back`() = unless(Gap.OWN_FIELDS) {
        test {
            server.on("/", Reply.redirect(307, elsewhere.url("/over"))).on("/back", Reply.text("back"))
            elsewhere.on("/over", Reply.redirect(307, server.url("/back")))

            val call = Call("GET", server.url("/"), set = CREDENTIALS + ("X-Api" to "1"))
            session { copy(decompress = false) }.send(call)

            val others = listOf("Accept: */*", "User-Agent: martlet/0.1", "X-Api: 1")
            assertEquals((others + "Host: 127.0.0.1:${elsewhere.port}").sorted(), elsewhere.request.fields.sorted())
            assertEquals((others + "Host: 127.0.0.1:${server.port}").sorted(), server.requests.last().fields.sorted())
        }
    }

    @Test
    fun `user and password of the first URL do not go to another origin`() = test {
        server.on("/", Reply.redirect(302, elsewhere.url("/there")))

        session().send(Call("GET", server.url("/").replace("//", "//me:pass@")))

        assertEquals(
            listOf("Basic bWU6cGFzcw==", null),
            listOf(server, elsewhere).map { it.request.header("Authorization") },
        )
    }

    @Test
    fun `user and password of the target are sent there`() = test {
        server.on("/", Reply.redirect(302, elsewhere.url("/there").replace("//", "//me:pass@")))

        session().send(Call("GET", server.url("/"), set = CREDENTIALS))

        assertEquals(listOf("Basic bWU6cGFzcw=="), elsewhere.request.headers("Authorization"))
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = [
            "there          | /a/b/there",
            "./there?q=1    | /a/b/there?q=1",
            "../there       | /a/there",
            "/there/        | /there/",
            "?q=1           | /a/b/c?q=1",
            "/the re/ü?ü=1  | /the%20re/%C3%BC?%C3%BC=1",
            "../../../there | /there",
            "../..          | /",
            "#part          | /a/b/c?first",
            "/there#part    | /there",
            "/a\tb\u00a0c   | /ab%C2%A0c",
            "/%2e%2e/x%0d%0a| /x%0d%0a",
        ],
    )
    fun `a relative Location is resolved against the URL that answered`(location: String, target: String) = test {
        val redirect = Reply.redirect(302, location.toLatin1OfUtf8())
        server.on("/a/b/c") { if (server.requests.size == 1) redirect else Reply.text("here") }

        session().send(Call("GET", server.url("/a/b/c?first")))

        assertEquals(listOf("/a/b/c?first", target), server.requests.map { it.target })
    }

    @Test
    fun `a Location in Latin 1 is read as that`() = unless(Gap.LATIN_1) {
        test {
            server.on("/", Reply.redirect(302, "/\u00fc?\u00fc"))

            session().send(Call("GET", server.url("/")))

            assertEquals("/%C3%BC?%C3%BC", server.requests.last().target)
        }
    }

    /** Header lines are sent a character for a byte. */
    private fun String.toLatin1OfUtf8() = String(toByteArray(), Charsets.ISO_8859_1)

    @Test
    fun `a Location without scheme goes to another host`() = test {
        server.on("/", Reply.redirect(302, "//127.0.0.1:${elsewhere.port}/there"))

        assertEquals("elsewhere", session().send(Call("GET", server.url("/"))).text())
    }

    @Test
    fun `parameters are not appended again`() = test {
        server.on("/", Reply.redirect(302, "/there?x=1"))

        session().send(Call("GET", server.url("/"), params = listOf("a" to "1")))

        assertEquals(listOf("/?a=1", "/there?x=1"), server.requests.map { it.target })
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "ftp://h/?token=s3cret",
            "ftps://h/",
            "file:///etc/passwd",
            "gopher://127.0.0.1:70/1",
            "data:text/html,hi",
            "jar:http://h/a.jar!/b",
            "javascript:alert(1)",
            "mailto:me@h",
            "http://",
            "http://me:s3cret@h:x/",
        ],
    )
    fun `a Location that cannot be requested is an error, without its secrets`(location: String) = test {
        server.on("/", Reply.redirect(302, location))

        val error = failure<InvalidUrlException> { session().send(Call("GET", server.url("/?token=s3cret"))) }

        assertEquals(listOf(Phase.RESPONSE, "GET ${server.url}/?***"), listOf(error.phase(), "${error.request()}"))
        assertEquals(
            "GET ${server.url}/?*** redirects to \"${error.url()}\", which cannot be followed: ${error.reason()}",
            error.message,
        )
        assertKeepsSecret(error, "s3cret")
    }

    @Test
    fun `of two Locations the first is taken`() = test {
        server.on("/", Reply.redirect(302, "/there").header("Location", "/elsewhere"))

        assertEquals("here", session().send(Call("GET", server.url("/"))).text())
    }

    @Test
    fun `a backslash in Location is a slash`() = test {
        server.on("/", Reply.redirect(302, """\\127.0.0.1:${elsewhere.port}\there"""))

        assertEquals("elsewhere", session().send(Call("GET", server.url("/"), set = CREDENTIALS)).text())
        assertEquals(null, elsewhere.request.header("Authorization"))
    }

    @Test
    fun `redirects are left alone where they are not to be followed`() = test {
        server.on("/", Reply.redirect(302, "/there"))
        val never = session { copy(followRedirects = false) }

        val statuses = listOf(
            never.send(Call("GET", server.url("/"))),
            never.send(Call("GET", server.url("/"), followRedirects = true)),
            session().send(Call("GET", server.url("/"), followRedirects = false)),
            session().send(Call("HEAD", server.url("/"))),
        ).map { it.status }

        assertEquals(listOf(302, 200, 302, 302), statuses)
    }

    @Test
    fun `a redirect that does not say where is the final response`() = test {
        server.on("/", Reply.text("lost").status(302, "Found")).on("/blank", Reply.redirect(301, " "))
        val session = session()

        val responses = listOf("/", "/blank").map { session.send(Call("GET", server.url(it))) }

        assertEquals(listOf(302, 301), responses.map { it.status })
        assertEquals(listOf("lost", ""), responses.map { it.text() })
    }

    @ParameterizedTest
    @ValueSource(ints = [200, 201, 300, 304, 305, 404])
    fun `Location means nothing with another status`(status: Int) = test {
        server.on("/", Reply.redirect(status, "/there"))

        assertEquals(status, session().send(Call("GET", server.url("/"))).status)
    }

    private companion object {
        val CREDENTIALS = listOf(
            "Authorization" to "Bearer s3cret",
            "Cookie" to "id=s3cret",
            "Proxy-Authorization" to "Basic s3cret",
        )
    }
}
