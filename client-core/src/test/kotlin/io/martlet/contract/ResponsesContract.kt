package io.martlet.contract

import io.martlet.error.ClientException.ContentTypeException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

/** What a response says, whatever form the server gave it. */
abstract class ResponsesContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer()

    private suspend fun answered(answer: String) = session().send(Call("GET", RawServer.answering(answer).url("/")))

    @ParameterizedTest
    @CsvSource(
        "HTTP/1.1 200 OK,             200, OK,                HTTP/1.1",
        "HTTP/1.1 299 Almost As Good, 299, Almost As Good,    HTTP/1.1",
        "HTTP/1.0 404 Not Found,      404, Not Found,         HTTP/1.0",
        "'HTTP/1.1 500 ',             500, '',                HTTP/1.1",
        "HTTP/1.1 503,                503, '',                HTTP/1.1",
    )
    fun `status line`(line: String, status: Int, reason: String, version: String) = test {
        val response = answered("$line\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")

        assertEquals(
            listOf(status, reason, version, "hi"),
            listOf(response.status, response.reason, response.version.toString(), response.text()),
        )
    }

    @Test
    fun `repeated header lines stay apart and in order`() = test {
        val fields = listOf("X-Many" to "a, b", "Set-Cookie" to "x=1", "x-many" to "c", "Set-Cookie" to "y=2")
        server.on("/", fields.fold(Reply.text("")) { reply, (name, value) -> reply.header(name, value) })

        val headers = session().send(Call("GET", server.url("/"))).headers

        assertEquals(listOf("a, b", "c"), headers.getAll("X-MANY"))
        assertEquals(listOf("x=1", "y=2"), headers.getAll("set-cookie"))
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = [
            "text/plain; charset=iso-8859-1   | iso-8859-1 | grüß",
            "text/plain; charset=\"utf-16be\" | utf-16be   | grüß 🐦",
            "text/plain; charset=klingon      | utf-8      | grüß 🐦",
            "text/plain                       | utf-8      | grüß 🐦",
            "text/plain; ;=; charset=\"utf-8   | utf-8      | grüß 🐦",
            "text/plain                       | utf-16be   | \ufeffgrüß 🐦",
            "not a media type                 | utf-8      | grüß 🐦",
            "application/json                 | utf-8      | grüß 🐦",
        ],
    )
    fun `text is read in the declared charset, or in UTF-8`(type: String, charset: String, text: String) = test {
        server.on("/", Reply.bytes(text.toByteArray(charset(charset)), type))

        val response = session().send(Call("GET", server.url("/")))

        assertEquals(text.removePrefix("\ufeff"), response.text())
    }

    @Test
    fun `links are resolved against the URL that answered`() = test {
        server.on("/a", Reply.redirect(302, "/b/")).on("/b/", Reply.text("").header("Link", LINKS))

        val response = session().send(Call("GET", server.url("/a")))

        assertEquals(listOf("/b/?page=2", "/"), response.links().map { it.url().requestTarget() })
        assertEquals(server.url("/b/?page=2"), response.link("next").get().url().href())
    }

    @Test
    fun `a content disposition names a file that is safe to write`() = test {
        val value = "attachment; filename=\"../x\"; filename*=UTF-8''..%2F%e2%82%ac%20rates.csv"
        server.on("/", Reply.text("").header("Content-Disposition", value))

        val disposition = session().send(Call("GET", server.url("/"))).contentDisposition().get()

        assertEquals("../€ rates.csv", disposition.filename().get())
        assertEquals("€ rates.csv", disposition.safeFileName().get())
    }

    @Test
    fun `JSON may be called something else, unless that is asked for`() = test {
        server.on("/", Reply.text("""{"title":"hello"}"""))
        val session = session()

        val response = session.send(Call("GET", server.url("/")))
        val strict = session.send(Call("GET", server.url("/"), options = { requireJsonType(true) }))

        assertEquals("hello", session.note(response).title)
        val error = failure<ContentTypeException> { session.note(strict) }
        val message = "GET ${server.url}/: the body (17 bytes of text/plain) is not called JSON (requireJsonType)"
        assertEquals(message, error.message)
    }

    @Test
    fun `the real URL has the fragment that a redirect hands on`() = test {
        server.on("/a", Reply.redirect(302, "/b")).on("/b", Reply.redirect(302, "/c#own")).on("/c", Reply.text(""))
        val session = session()

        val urls = listOf("/a#first", "/c#first").map { session.send(Call("GET", server.url(it))).realUrl().href() }

        assertEquals(listOf("/c#own", "/c#first").map { server.url(it) }, urls)
    }

    @Test
    fun `the names of fields are as the server wrote them`() = test {
        server.on("/", Reply.empty().header("x-OWN", "1"))

        assertEquals(true, "x-OWN" in session().send(Call("GET", server.url("/"))).headers.names())
    }

    @Test
    fun `the URL of a response is the one that answered, without fragment`() = test {
        server.on("/a", Reply.redirect(302, "/b?x=1#there")).on("/b", Reply.text("here"))

        val response = session().send(Call("GET", server.url("/a#here")))

        assertEquals(server.url("/b?x=1"), response.url().href())
    }

    @Test
    fun `history holds each redirect, earliest first`() = test {
        server.on("/a", Reply.redirect(302, "/b")).on("/b", Reply.redirect(307, "/c")).on("/c", Reply.text("here"))

        val response = session().send(Call("GET", server.url("/a")))

        assertEquals(
            listOf("302 GET ${server.url}/a", "307 GET ${server.url}/b"),
            response.history.map { "${it.status} ${it.request}" },
        )
        assertEquals(listOf("/b", "/c"), response.history.map { it.headers["Location"] })
    }

    @Test
    fun `a body may end with its connection, which is announced`() = test {
        val response = answered("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end")

        assertEquals("to the end", response.text())
    }

    @Test
    fun `a body may end with its connection, without announcement`() = unless(Gap.CLOSE_DELIMITED) {
        test {
            assertEquals("to the end", answered("HTTP/1.1 200 OK\r\n\r\nto the end").text())
        }
    }

    @ParameterizedTest
    @CsvSource("100", "102", "103", "199")
    fun `an interim response is skipped`(status: Int) = unless(Gap.INTERIM_RESPONSES) {
        test {
            val early = "HTTP/1.1 $status Wait\r\nX-Early: 1\r\n\r\n"

            val response = answered(early + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

            assertEquals(listOf(200, "hi", null), listOf(response.status, response.text(), response.headers["X-Early"]))
        }
    }

    @Test
    fun `a chunked body may have chunk extensions and trailers`() = unless(Gap.TRAILERS) {
        test {
            val head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

            assertEquals("hi", answered(head + "2;a=b\r\nhi\r\n0\r\nX-Sum: 1\r\n\r\n").text())
        }
    }

    @Test
    fun `trailers are there with the body, apart from the headers`() = unless(Gap.TRAILER_FIELDS) {
        test {
            val head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

            val response = answered(head + "2\r\nhi\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n")

            assertEquals("{X-Sum: 1, X-More: 2}", response.trailers.toString())
            assertEquals(null, response.headers["X-Sum"])
        }
    }

    @Test
    fun `a connection serves one request after the other`() = unless(Gap.KEEP_ALIVE, Gap.LATE_REUSE) {
        test {
            server.on("/", Reply.text("hello"))
            val session = session()

            repeat(5) { session.send(Call("GET", server.url("/"))) }

            assertEquals(1, server.accepts)
        }
    }

    private companion object {
        const val LINKS = "<?page=2>; rel=\"NEXT\", <mailto:me@h>; rel=author, </>; rel=first"
    }
}
