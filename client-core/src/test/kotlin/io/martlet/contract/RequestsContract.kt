package io.martlet.contract

import io.martlet.body.RequestBody
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.internal.coding.ContentCoding
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/** Method and header fields of what is sent. */
abstract class RequestsContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer().on("/", Reply.text("hello"))

    @ParameterizedTest
    @ValueSource(strings = ["GET", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
    fun `every method is sent as it is called and gets its response`(method: String) = test {
        val response = session().send(Call(method, server.url("/")))

        assertEquals(listOf(200, "hello", method), listOf(response.status, response.text(), server.request.method))
    }

    @Test
    fun `HEAD gets the head and no body`() = test {
        val response = session().send(Call("HEAD", server.url("/")))

        assertEquals(
            listOf(200, "5", 0, "HEAD"),
            listOf(response.status, response.headers["Content-Length"], response.bytes.size, server.request.method),
        )
    }

    @ParameterizedTest
    @ValueSource(strings = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
    fun `what is said of a request counts with every method`(method: String) = test {
        session().send(Call(method, server.url("/"), set = listOf("X-Api" to "1"), params = listOf("a" to "1")))

        assertEquals(listOf("/?a=1", "1"), listOf(server.request.target, server.request.header("X-Api")))
    }

    @Test
    fun `a method in lower case is sent in upper case`() = test {
        session().send(Call("report", server.url("/")))

        assertEquals("REPORT / HTTP/1.1", server.request.line)
    }

    @Test
    fun `a plain GET sends these fields and no others`() = unless(Gap.OWN_FIELDS) {
        test {
            session().send(Call("GET", server.url("/")))

            assertEquals(
                listOf(
                    "Accept-Encoding: ${ContentCoding.OFFERED}",
                    "Accept: */*",
                    "Host: 127.0.0.1:${server.port}",
                    "User-Agent: martlet/0.1",
                ),
                server.request.fields.sorted(),
            )
        }
    }

    @Test
    fun `what is sent by itself can be left out`() = unless(Gap.AUTO_HEADERS) {
        test {
            val skipping = Call("POST", server.url("/"), body = RequestBody.text("a")) {
                skipAutoHeaders("Accept", "accept-encoding", "User-Agent", "Content-Type")
            }

            session().send(skipping)

            assertEquals(listOf("Content-Length: 1", "Host: 127.0.0.1:${server.port}"), server.request.fields.sorted())
        }
    }

    @Test
    fun `headers of the session are sent with every request`() = unless(Gap.OWN_FIELDS) {
        test {
            val headers = listOf("X-Api" to "1", "User-Agent" to "tester/1", "Accept" to "text/html")
            val session = session { copy(headers = headers, decompress = false) }

            repeat(2) { session.send(Call("GET", server.url("/"))) }

            server.requests.forEach {
                assertEquals(
                    listOf("Accept: text/html", "Host: 127.0.0.1:${server.port}", "User-Agent: tester/1", "X-Api: 1"),
                    it.fields.sorted(),
                )
            }
        }
    }

    @Test
    fun `a header of the request takes the place of the session's`() = test {
        val session = session { copy(headers = listOf("X-Api" to "session", "x-api" to "session too")) }

        session.send(Call("GET", server.url("/"), set = listOf("x-API" to "request")))

        assertEquals(listOf("request"), server.request.headers("X-Api"))
    }

    @Test
    fun `a header can be taken out of a request`() = test {
        val session = session { copy(headers = listOf("X-Api" to "session")) }

        session.send(Call("GET", server.url("/"), remove = listOf("x-api")))

        assertEquals(emptyList<String>(), server.request.headers("X-Api"))
    }

    @Test
    fun `header lines of one name are sent one after the other`() = unless(Gap.REPEATED_REQUEST_HEADERS) {
        test {
            val session = session { copy(headers = listOf("X-Many" to "a")) }

            session.send(Call("GET", server.url("/"), add = listOf("X-Many" to "b", "X-Many" to "c, d")))

            assertEquals(listOf("a", "b", "c, d"), server.request.headers("X-Many"))
        }
    }

    @Test
    fun `added values arrive in their order`() = test {
        val session = session { copy(headers = listOf("X-Many" to "a")) }

        session.send(Call("GET", server.url("/"), add = listOf("X-Many" to "b", "X-Many" to "c")))

        assertEquals("a,b,c", server.request.headers("X-Many").joinToString(",").replace(" ", ""))
    }

    @Test
    fun `the caller may name another host than the URL's`() = test {
        session().send(Call("GET", server.url("/"), set = listOf("Host" to "virtual.example")))

        assertEquals(listOf("virtual.example"), server.request.headers("Host"))
    }

    @Test
    fun `a header value arrives as it was given, blanks at its ends aside`() = unless(Gap.HEADER_VALUES) {
        test {
            session().send(Call("GET", server.url("/"), set = listOf("X-Odd" to "  a,b;c=\"d\\\" \t%0d%0aé ")))

            assertEquals("a,b;c=\"d\\\" \t%0d%0aé", server.request.header("X-Odd"))
        }
    }

    @Test
    fun `every request is asked in its own words`() = test {
        val session = session { copy(headers = listOf("X-Api" to "session")) }
        session.send(Call("GET", server.url("/"), set = listOf("X-Api" to "changed"), params = listOf("a" to "1")))

        session.send(Call("GET", server.url("/")))

        val second = server.requests.last()
        assertEquals(listOf("/", "session"), listOf(second.target, second.header("X-Api")))
    }
}
