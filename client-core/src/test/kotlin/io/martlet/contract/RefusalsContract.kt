package io.martlet.contract

import io.martlet.body.RequestBody
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.error.Phase
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource

/** What is refused: by the client before anything is sent, by the server with a status. */
abstract class RefusalsContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer()

    @ParameterizedTest
    @CsvSource(
        "ftp://h/, ftp: only http and https URLs can be requested",
        "http://h:x/, the port is not a number",
        "http:///, it has no host",
    )
    fun `a URL that cannot be requested`(url: String, reason: String) = test {
        val error = failure<InvalidUrlException> { session().send(Call("GET", url)) }

        assertEquals(
            listOf("Invalid URL \"$url\": $reason", Phase.REQUEST, null),
            listOf(error.message, error.phase(), error.request()),
        )
    }

    @Test
    fun `an invalid URL is quoted without its secrets`() = test {
        val error = failure<InvalidUrlException> { session().send(Call("GET", "http://me:s3cret@h:x/?token=s3cret")) }

        assertEquals("Invalid URL \"http://***@h:x/?***\": the port is not a number", error.message)
    }

    @ParameterizedTest
    @CsvSource("posts/1, posts/1", "/posts, /posts", "'', ''", "/posts?token=s3cret, /posts?***")
    fun `a relative URL without a base URL`(url: String, quoted: String) = test {
        val error = failure<InvalidUrlException> { session().send(Call("GET", url)) }

        assertEquals("Invalid URL \"$quoted\": it is relative, and the session has no baseUrl", error.message)
    }

    @ParameterizedTest
    @ValueSource(
        strings = ["a\r\nX-Injected: 1", "a\r\n b", "a\rb", "a\nb", "a\u0000", "a\u0001b", "a\u001fb", "a\u007fb"],
    )
    fun `a header value with control characters`(value: String) = test {
        val call = Call("GET", server.url("/"), set = listOf("X-Api" to "s3cret$value"))

        val error = failure<IllegalArgumentException> { session().send(call) }

        assertKeepsSecret(error, "s3cret")
        assertEquals(0, server.accepts)
    }

    @ParameterizedTest
    @ValueSource(strings = ["", "X Y", "X:Y", "X\r\nY", "X\rY", "X\nY", "X\tY", "X ", "é", "X\u0000"])
    fun `a header name that is no token`(name: String) = test {
        failure<IllegalArgumentException> { session().send(Call("GET", server.url("/"), set = listOf(name to "1"))) }

        assertEquals(0, server.accepts)
    }

    @ParameterizedTest
    @ValueSource(strings = ["", "GE T", "GET /evil HTTP/1.1\r\nX-Injected: 1", "GE(T", "GÉT", "GE\u0000T", "GET\r"])
    fun `a method that is no token`(method: String) = test {
        failure<IllegalArgumentException> { session().send(Call(method, server.url("/"))) }

        assertEquals(0, server.accepts)
    }

    @ParameterizedTest
    @ValueSource(strings = ["a\r\nX: 1", "a/b", "", "a b", "user@a"])
    fun `a Host that is no host`(host: String) = test {
        failure<IllegalArgumentException> { session().send(Call("GET", server.url("/"), set = listOf("Host" to host))) }

        assertEquals(0, server.accepts)
    }

    @Test
    fun `two bodies`() = test {
        failure<IllegalArgumentException> {
            session().send(Call("POST", server.url("/"), body = RequestBody.text("one"), note = Note("two")))
        }

        assertEquals(0, server.accepts)
    }

    @Test
    fun `credentials both in the URL and in a header`() = test {
        val url = server.url("/").replace("//", "//me:s3cret@")

        val error = failure<IllegalArgumentException> {
            session().send(Call("GET", url, set = listOf("Authorization" to "Bearer s3cret")))
        }

        assertKeepsSecret(error, "s3cret")
        assertEquals(0, server.accepts)
    }

    @Test
    fun `a base URL that does not end in a slash`() = test {
        val error = failure<IllegalArgumentException> { session { copy(baseUrl = server.url("/v1")) } }

        assertEquals(
            "baseUrl ${server.url}/v1 must end in \"/\": its last segment would be dropped from each URL",
            error.message,
        )
    }

    @ParameterizedTest
    @CsvSource(
        "404, Not Found,      404 Not Found",
        "400, '',             400 Bad Request",
        "599, '',             599",
        "503, Go\tAway,       503 Go\\tAway",
    )
    fun `with raiseForStatus, 400 and above is an error`(status: Int, reason: String, printed: String) = test {
        server.on("/", Reply.json("""{"why":"no"}""").status(status, reason).header("Retry-After", "7"))

        val error = failure<StatusException> {
            session { copy(raiseForStatus = true) }.send(Call("GET", server.url("/?token=s3cret")))
        }

        assertEquals("GET ${server.url}/?*** answered $printed", error.message)
        assertEquals(
            listOf(status, Phase.RESPONSE, """{"why":"no"}""", "7"),
            listOf(error.status(), error.phase(), error.bodyExcerpt(), error.headers()["Retry-After"]),
        )
    }

    @Test
    fun `without raiseForStatus it is a response like any other`() = test {
        server.on("/", Reply.text("sorry").status(500, "Oops"))

        val response = session().send(Call("GET", server.url("/")))

        assertEquals(listOf(500, "sorry", false), listOf(response.status, response.text(), response.isOk))
    }

    @Test
    fun `the request may say otherwise about raiseForStatus`() = test {
        server.on("/", Reply.text("sorry").status(500, "Oops"))

        val strict = session { copy(raiseForStatus = true) }
        val response = strict.send(Call("GET", server.url("/"), raiseForStatus = false))
        val error = failure<StatusException> { session().send(Call("GET", server.url("/"), raiseForStatus = true)) }

        assertEquals(listOf(500, 500), listOf(response.status, error.status()))
    }

    @Test
    fun `raiseForStatus judges the response after the redirects, and knows them`() = test {
        server.on("/", Reply.redirect(302, "/gone")).on("/gone", Reply.text("no").status(410, "Gone"))

        val error = failure<StatusException> { session().send(Call("GET", server.url("/"), raiseForStatus = true)) }

        assertEquals("GET ${server.url}/gone answered 410 Gone", error.message)
        assertEquals(listOf("302 GET ${server.url}/"), error.response()!!.history.map { "${it.status} ${it.request}" })
    }

    @Test
    fun `an error response may be streamed, and holds the beginning of its body then`() = test {
        server.on("/", Reply.bytes(ByteArray(1 shl 20) { 'x'.code.toByte() }, "text/plain").status(500, "Oops"))

        val error = failure<StatusException> { session().open(Call("GET", server.url("/"), raiseForStatus = true)) }

        assertEquals(64 * 1024, error.response()!!.bytes.size)
        assertEquals("x".repeat(500) + "… (65536 characters)", error.bodyExcerpt())
    }

    @Test
    fun `an error body that breaks off does not hide the status`() = unless(Gap.EARLY_BYTES) {
        test {
            val cut = RawServer.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nno ")

            val error = failure<StatusException> {
                session().send(Call("GET", cut.url("/"), raiseForStatus = true))
            }

            assertEquals(listOf(404, "no "), listOf(error.status(), error.bodyExcerpt()))
            assertEquals(listOf(TruncatedBodyException::class), error.suppressed.map { it::class })
        }
    }

    @Test
    fun `the excerpt of an error body is on one line`() = test {
        server.on("/", Reply.text("no\r\n\u001b[31m\u202e").status(500, "Oops"))

        val error = failure<StatusException> { session().send(Call("GET", server.url("/"), raiseForStatus = true)) }

        assertEquals("no\\r\\n\\u001b[31m\\u202e", error.bodyExcerpt())
    }
}
