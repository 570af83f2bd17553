package io.martlet.ktor

import io.ktor.client.HttpClient
import io.ktor.client.engine.ProxyBuilder
import io.ktor.client.plugins.websocket.WebSockets
import io.ktor.client.plugins.websocket.webSocket
import io.ktor.client.request.get
import io.ktor.client.request.head
import io.ktor.client.request.header
import io.ktor.client.request.headers
import io.ktor.client.request.post
import io.ktor.client.request.request
import io.ktor.client.request.setBody
import io.ktor.client.request.url
import io.ktor.client.statement.bodyAsBytes
import io.ktor.client.statement.bodyAsText
import io.ktor.http.ContentType
import io.ktor.http.HttpMethod
import io.ktor.http.HttpProtocolVersion
import io.ktor.http.HttpStatusCode
import io.ktor.http.Url
import io.ktor.http.content.ByteArrayContent
import io.ktor.http.contentType
import io.ktor.http.encodedPath
import io.martlet.config.Resolver
import io.martlet.contract.assertFailed
import io.martlet.contract.failure
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.DnsException
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.ClientException.ProtocolException
import io.martlet.error.ClientException.RequestBodyException
import io.martlet.fixture.ClosedPort
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import java.net.InetAddress
import java.net.UnknownHostException
import java.util.concurrent.CompletableFuture.completedFuture
import java.util.concurrent.CompletableFuture.failedFuture

@ExtendWith(LeakCheck::class)
class MartletTest {
    private val server = LocalServer()

    @Test
    fun `a GET gives what the server sent`() = withKtor { client ->
        server.on("/a", Reply.text("hällo").header("X-Many", "1").header("x-many", "2").status(201, "Made"))

        val response = client.get(server.url("/a"))

        assertEquals(HttpStatusCode(201, "Made"), response.status)
        assertEquals(HttpProtocolVersion.HTTP_1_1, response.version)
        assertEquals(listOf("1", "2"), response.headers.getAll("X-Many"))
        assertEquals("hällo", response.bodyAsText())
    }

    @Test
    fun `a GET sends what Ktor says, and who we are`() = withKtor { client ->
        server.on("/a", Reply.empty())

        client.get(server.url("/a"))

        val expected = listOf(
            "GET /a HTTP/1.1",
            "Accept: */*",
            "Host: 127.0.0.1:${server.port}",
            "User-Agent: martlet/0.1",
        )
        assertEquals(expected, listOf(server.request.line) + server.request.fields.sorted())
    }

    @Test
    fun `fields of one name go one after the other`() = withKtor { client ->
        server.on("/a", Reply.empty())

        client.get(server.url("/a")) {
            headers {
                append("X-Many", "1, one")
                append("X-Many", "2")
            }
        }

        assertEquals(listOf("1, one", "2"), server.request.headers("X-Many"))
    }

    @Test
    fun `cookies go in one field`() = withKtor { client ->
        server.on("/a", Reply.empty())

        client.get(server.url("/a")) {
            header("Cookie", "a=1")
            header("Cookie", "b=2")
        }

        assertEquals(listOf("a=1; b=2"), server.request.headers("Cookie"))
    }

    @Test
    fun `a POST sends its body`() = withKtor { client ->
        server.on("/a", Reply.text("taken"))

        val response = client.post(server.url("/a")) {
            contentType(ContentType.Text.Html)
            setBody("<b>ä</b>")
        }

        assertEquals("taken", response.bodyAsText())
        assertEquals("<b>ä</b>", server.request.text)
        assertEquals(listOf("text/html; charset=UTF-8"), server.request.headers("Content-Type"))
        assertEquals(listOf("9"), server.request.headers("Content-Length"))
    }

    @Test
    fun `a POST without body says so`() = withKtor { client ->
        server.on("/a", Reply.empty())

        client.post(server.url("/a"))

        assertEquals(listOf("0"), server.request.headers("Content-Length"))
        assertEquals(emptyList<String>(), server.request.headers("Content-Type"))
    }

    @Test
    fun `a HEAD has a length and no body`() = withKtor { client ->
        server.on("/a", Reply.bytes(ByteArray(1000)))

        val response = client.head(server.url("/a"))

        assertEquals("1000", response.headers["Content-Length"])
        assertArrayEquals(ByteArray(0), response.bodyAsBytes())
    }

    @Test
    fun `a method of one's own is sent`() = withKtor { client ->
        server.on("/a", Reply.empty())

        client.request(server.url("/a")) { method = HttpMethod("PURGE") }

        assertEquals("PURGE /a HTTP/1.1", server.request.line)
    }

    @Test
    fun `a length that is not the body's is refused`() = withKtor { client ->
        val result = runCatching {
            client.post(server.url("/a")) {
                header("Content-Length", "5")
                setBody(OfUnknownLength("four"))
            }
        }

        val error = assertFailed<RequestBodyException>(result)
        assertTrue(error.message!!.endsWith("it has 4 bytes, announced were 5")) { error.message }
        assertEquals(0, server.requests.size)
    }

    @ParameterizedTest
    @CsvSource(
        "/a%2fb/../c?q=%7e&q=a+b, /a%2fb/../c?q=%7e&q=a+b",
        "'', /",
        "?q=1, /?q=1",
        "/ä b, /%C3%A4%20b",
    )
    fun `path and query go as Ktor has them, encoded`(asked: String, sent: String) = withKtor { client ->
        client.get(server.url(asked))

        assertEquals(sent, server.request.target)
    }

    @Test
    fun `a host may be an address of IPv6`() = withKtor { client ->
        val six = LocalServer("[::1]").on("/a", Reply.text("six"))

        assertEquals("six", client.get(six.url("/a")).bodyAsText())
        assertEquals(listOf("[::1]:${six.port}"), six.request.headers("Host"))
    }

    @Test
    fun `a path that would end the request line is encoded`() = withKtor { client ->
        client.get {
            url(server.url)
            url.encodedPath = "/a HTTP/1.1\r\nX: y"
        }

        assertEquals("/a%20HTTP/1.1X:%20y", server.request.target)
    }

    @Test
    fun `user info in a URL is not sent`() = withKtor { client ->
        client.get("http://ann:secret@127.0.0.1:${server.port}/a")

        assertTrue(server.request.fields.none { "secret" in it || it.startsWith("Authorization") })
    }

    @Test
    fun `requests one after the other share a connection`() = withKtor { client ->
        server.on("/a", Reply.text("again"))

        repeat(5) { client.get(server.url("/a")) }

        assertEquals(1, server.accepts)
    }

    @Test
    fun `the connector's settings hold`() = withKtor({ engine { connector { limitPerHost = 1 } } }) { client ->
        val gate = server.holding("/a")

        val first = beside { client.get(server.url("/a")) }
        server.awaitInFlight(1)
        val second = beside { client.get(server.url("/a")) }
        gate.open()

        assertEquals(listOf(200, 200), listOf(first, second).map { it.await().getOrThrow().status.value })
        assertEquals(1, server.maxInFlight)
        assertEquals(1, server.accepts)
    }

    @Test
    fun `hosts are looked up by the connector's resolver`() {
        val oneHost = Resolver { host ->
            if (host == "known.test") completedFuture(listOf(LOOPBACK)) else failedFuture(UnknownHostException(host))
        }
        withKtor({ engine { connector { resolver = oneHost } } }) { client ->
            server.on("/a", Reply.text("found"))

            assertEquals("found", client.get("http://known.test:${server.port}/a").bodyAsText())
            failure<DnsException> { client.get("http://unknown.test/") }
        }
    }

    @Test
    fun `what fails fails as it does in a session`() = withKtor { client ->
        val refused = ClosedPort()
        val babbling = RawServer.answering("babble\r\n\r\n")

        failure<ConnectorException> { client.get(refused.url) }
        failure<ProtocolException> { client.get(babbling.url) }
        failure<InvalidUrlException> { client.get("ftp://127.0.0.1/") }
    }

    @Test
    fun `WebSockets are refused`() = withKtor({ install(WebSockets) }) { client ->
        val error = failure<IllegalArgumentException> { client.webSocket("ws://127.0.0.1:${server.port}/a") {} }

        assertEquals("Engine doesn't support WebSocketCapability", error.message)
    }

    @Test
    fun `an upgrade is refused`() = withKtor { client ->
        val error = failure<IllegalArgumentException> { client.get(server.url("/a")) { setBody(AnyUpgrade) } }

        assertTrue("upgrades to no other protocol" in error.message!!, error.message)
    }

    @Test
    fun `a proxy is refused`() {
        val error = assertThrows(IllegalArgumentException::class.java) {
            HttpClient(Martlet) { engine { proxy = ProxyBuilder.http(Url("http://127.0.0.1:3128")) } }
        }

        assertTrue("knows no proxies" in error.message!!, error.message)
    }

    @Test
    fun `bytes go as they are`() = withKtor { client ->
        val bytes = ByteArray(300_000) { it.toByte() }
        server.on("/a", Reply.bytes(bytes))

        val response = client.post(server.url("/a")) { setBody(ByteArrayContent(bytes)) }

        assertArrayEquals(bytes, server.request.body)
        assertArrayEquals(bytes, response.bodyAsBytes())
    }

    private companion object {
        val LOOPBACK: InetAddress = InetAddress.getLoopbackAddress()
    }
}
