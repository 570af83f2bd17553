package io.martlet.contract

import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.net.Inet6Address
import java.net.NetworkInterface
import java.util.Base64

/** Where requests go: request target, base URL, credentials of the URL. */
abstract class UrlsContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer()
    private val elsewhere = LocalServer()

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = [
            "                       | /",
            "/                      | /",
            "/a/b/../c/./d          | /a/c/d",
            "/a%2Fb%20c             | /a%2Fb%20c",
            "/a//b/                 | /a//b/",
            "/?b=1&a=2&b=3+%2B&c    | /?b=1&a=2&b=3+%2B&c",
            "/?q=a b&r=ü            | /?q=a%20b&r=%C3%BC",
            "/ü/%ff%00              | /%C3%BC/%ff%00",
            "/?                     | /?",
            "/?&&a&=&b=             | /?&&a&=&b=",
            "/x?y#fragment?z        | /x?y",
            "/;p=1,2:3@$!'()*~._-[] | /;p=1,2:3@$!'()*~._-[]",
        ],
    )
    fun `the request target is the URL's own`(url: String?, target: String) = test {
        session().send(Call("GET", server.url(url ?: "")))

        assertEquals(target, server.request.target)
    }

    @ParameterizedTest
    @ValueSource(strings = ["/%zz", "/50%", "/?q=%zz"])
    fun `a percent sign that starts no escape stays as it is`(target: String) = unless(Gap.MALFORMED_ESCAPES) {
        test {
            session().send(Call("GET", server.url(target)))

            assertEquals(target, server.request.target)
        }
    }

    @Test
    fun `the host may be an IPv6 address`() = test {
        val addresses = NetworkInterface.networkInterfaces().flatMap { it.inetAddresses() }
        assumeTrue(addresses.anyMatch { it is Inet6Address && it.isLoopbackAddress }, "no IPv6 here")
        val six = LocalServer("[::1]").on("/", Reply.text("six"))

        val response = session().send(Call("GET", six.url("/")))

        assertEquals(listOf("six", "[::1]:${six.port}"), listOf(response.text(), six.request.header("Host")))
    }

    @ParameterizedTest
    @ValueSource(
        strings = ["\r", "\n", "\t", " ", "\u0000", "\u007f", "\u010a", "\r\nX-I: 1\r\n\r\nGET /x HTTP/1.1\r\n"],
    )
    fun `control characters and blanks in a URL do not leave their part of it`(raw: String) = test {
        server.on("/", Reply.text("here"))
        val paths = listOf("/a${raw}b", "/?a${raw}b", "/#a${raw}b")
        val users = listOf("//u${raw}v@", "//u:p${raw}q@").map { server.url("/").replace("//", it) }
        val session = session()

        paths.forEach { session.send(Call("GET", server.url(it))) }
        // A name or a password that no header could carry is refused.
        users.forEach { runCatching { session.send(Call("GET", it)) } }

        assertEquals(paths.size, server.requests.count { it.header("Authorization") == null })
        server.requests.forEach { request ->
            assertEquals(2, request.line.count { it == ' ' }, request.line)
            assertEquals(null, request.header("X-I"))
        }
    }

    @Test
    fun `parameters are appended in their order, repeated and encoded`() = test {
        val params = listOf("b" to "1", "a" to "2", "b" to "3 + 4%", "c" to "", "ü&=" to "x/y?#")

        session().send(Call("GET", server.url("/?z=0&a=%20+"), params = params))

        assertEquals("/?z=0&a=%20+&b=1&a=2&b=3+%2B+4%25&c=&%C3%BC%26%3D=x/y?%23", server.request.target)
    }

    @Test
    fun `no parameters leave the URL as it is`() = test {
        session().send(Call("GET", server.url("/?a=1"), params = emptyList()))

        assertEquals("/?a=1", server.request.target)
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = [
            "posts/1     | /v1/posts/1",
            "posts?a=1   | /v1/posts?a=1",
            "?a=1        | /v1/?a=1",
            "/posts      | /posts",
            "../v2/posts | /v2/posts",
            "./          | /v1/",
            "            | /v1/",
        ],
    )
    fun `a relative URL is resolved against the base URL`(url: String?, target: String) = test {
        val session = session { copy(baseUrl = server.url("/v1/")) }

        session.send(Call("GET", url ?: ""))

        assertEquals(target, server.request.target)
    }

    @Test
    fun `an absolute URL wins over the base URL`() = test {
        val session = session { copy(baseUrl = server.url("/v1/")) }

        session.send(Call("GET", elsewhere.url("/x")))

        assertEquals(listOf(0, "/x"), listOf(server.requests.size, elsewhere.request.target))
    }

    @Test
    fun `credentials among the session's headers go to the origin of the base URL only`() = unless(Gap.OWN_FIELDS) {
        test {
            val credentials = listOf(
                "Authorization" to "Bearer s3cret",
                "Cookie" to "id=s3cret",
                "Proxy-Authorization" to "Basic s3cret",
            )
            val headers = credentials + ("X-Api" to "1")
            val session = session { copy(baseUrl = server.url("/"), headers = headers, decompress = false) }

            listOf("/", elsewhere.url("/")).forEach { session.send(Call("GET", it)) }

            assertEquals(credentials.map { it.second }, credentials.map { server.request.header(it.first) })
            assertEquals(
                listOf("Accept: */*", "Host: 127.0.0.1:${elsewhere.port}", "User-Agent: martlet/0.1", "X-Api: 1"),
                elsewhere.request.fields.sorted(),
            )
        }
    }

    @Test
    fun `credentials among the session's headers go everywhere where there is no base URL`() = test {
        session { copy(headers = listOf("Authorization" to "Bearer s3cret")) }.send(Call("GET", server.url("/")))

        assertEquals("Bearer s3cret", server.request.header("Authorization"))
    }

    @ParameterizedTest
    @CsvSource("me:pass, me:pass", "me, me:", "'m%40e:p%3Aä', m@e:p:ä", "':pass', ':pass'")
    fun `user and password of the URL become Authorization`(userInfo: String, credentials: String) = test {
        server.on("/", Reply.text("welcome"))

        val response = session().send(Call("GET", server.url("/").replace("//", "//$userInfo@")))

        val expected = "Basic " + Base64.getEncoder().encodeToString(credentials.encodeToByteArray())
        assertEquals(expected, server.request.header("Authorization"))
        assertEquals(server.url("/"), response.url().href())
    }
}
