package io.martlet.internal.wire

import io.martlet.config.ClientCertificate
import io.martlet.config.TlsVersion
import io.martlet.contract.failure
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ProtocolException
import io.martlet.error.ClientException.TlsException
import io.martlet.error.Phase
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.ServerTls
import io.martlet.internal.tls.TestCertificate
import io.martlet.internal.tls.TestCertificate.LOCALHOST
import io.martlet.internal.tls.TestCertificate.ROOT
import io.martlet.internal.tls.TestCertificate.STRANGER
import io.martlet.trace.TraceEvent
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.util.HexFormat
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** How TLS connections are made, kept and refused. */
class TlsConnectionsTest : TlsGroup() {
    private fun url(server: LocalServer) = "https://localhost:${server.port}/"

    private fun own(certificate: TestCertificate) = ClientCertificate.of(certificate.chain, certificate.key)

    private fun assertSays(error: ClientException, phase: Phase, text: String) {
        assertTrue(text in error.message.orEmpty()) { "not \"$text\": ${error.message}" }
        assertEquals(phase, error.phase())
    }

    @ParameterizedTest
    @ValueSource(strings = ["TLSv1.2", "TLSv1.3"])
    fun `requests one after the other use one connection`(protocol: String) = test {
        val tls = ServerTls(protocols = listOf(protocol))
        val server = LocalServer(tls).on("/", Reply.text("secret"))
        val session = secure()

        repeat(5) { assertEquals("secret", session.get(url(server)).text()) }

        assertEquals(1 to 1, server.accepts to tls.fullHandshakes)
    }

    @ParameterizedTest
    @ValueSource(strings = ["TLSv1.2", "TLSv1.3"])
    fun `new connections resume the session of the first`(protocol: String) = test {
        val tls = ServerTls(protocols = listOf(protocol))
        val server = LocalServer(tls).on("/", Reply.text("secret"))
        val session = secure()

        repeat(5) { session.get(url(server)) { headers["Connection"] = "close" } }

        assertEquals(5 to 1, server.accepts to tls.fullHandshakes)
    }

    @ParameterizedTest
    @ValueSource(strings = ["TLSv1.2", "TLSv1.3"])
    fun `a listener hears what was agreed on`(protocol: String) = test {
        val server = LocalServer(ServerTls(protocols = listOf(protocol))).on("/", Reply.text("secret"))
        val heard = LinkedBlockingQueue<TraceEvent.Secured>()
        val session = secure(listener = { _, event -> if (event is TraceEvent.Secured) heard += event })

        repeat(2) { session.get(url(server)) { headers["Connection"] = "close" } }

        val told = List(2) { heard.poll(30, TimeUnit.SECONDS)!! }
        assertEquals(listOf(protocol to false, protocol to true), told.map { it.protocol to it.isResumed })
        assertTrue(told.all { it.cipherSuite.startsWith("TLS_") && !it.took.isNegative }) { "$told" }
    }

    @Test
    fun `many at once are not mixed up`() = test {
        val server = LocalServer(ServerTls()).on("/echo") { Reply.text(it.text) }
        val session = secure(slots = 8)

        val answers = List(200) { number ->
            inFlight { session.post(url(server) + "echo") { text("number $number") } }
        }.awaitAll()

        assertEquals(List(200) { "number $it" }, answers.map { it.getOrThrow().text() })
        assertTrue(server.accepts <= 8)
    }

    @Test
    fun `a name is asked for by SNI, without its dot, and an address is not`() = test {
        val tls = ServerTls(ROOT.issue { it.dns("www.example.com").ip("127.0.0.1") })
        val server = LocalServer(tls).on("/", Reply.text("secret"))
        val session = secure(slots = 3)

        for (host in listOf("www.example.com.", "www.example.com", "127.0.0.1")) {
            session.get("https://$host:${server.port}/")
        }

        assertEquals(listOf("www.example.com", "www.example.com"), tls.names)
        assertEquals(List(3) { listOf("http/1.1") }, tls.offers)
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            // The alert protocol_version, and a ServerHello that insists on TLS 1.1.
            "15030200020246",
            "160302002a020000260302000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00002f00",
        ],
    )
    fun `a server of TLS 1_1 is refused`(answer: String) = test {
        val old = RawServer({
            it.awaitReceived(5)
            it.send(HexFormat.of().parseHex(answer))
        })
        val session = secure()

        val error = failure<TlsException> { session.get("https://localhost:${old.port}/") }

        assertSays(error, Phase.TLS, "TLS")
        old.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @CsvSource(
        "0001, RSA_WITH_NULL_MD5",
        "0002, RSA_WITH_NULL_SHA",
        "003b, RSA_WITH_NULL_SHA256",
        "c010, ECDHE_RSA_WITH_NULL_SHA",
        "0018, DH_anon_WITH_RC4_128_MD5",
        "0034, DH_anon_WITH_AES_128_CBC_SHA",
        "c018, ECDH_anon_WITH_AES_128_CBC_SHA",
        "0003, RSA_EXPORT_WITH_RC4_40_MD5",
        "0017, DH_anon_EXPORT_WITH_RC4_40_MD5",
        "0005, RSA_WITH_RC4_128_SHA",
    )
    fun `a server that wants a cipher suite without secrecy is refused`(suite: String, name: String) = test {
        val random = "00".repeat(32)
        val server = RawServer({
            it.awaitReceived(5)
            it.send(HexFormat.of().parseHex("160303002a020000260303${random}00${suite}00"))
        })
        val session = secure()

        val error = failure<TlsException> { session.get("https://localhost:${server.port}/") }

        assertTrue("TLS" in error.message.orEmpty() || "handshake" in error.message.orEmpty()) { "$name: $error" }
        server.awaitAllEnded()
        assertFalse("GET" in server.connections.single().received.decodeToString())
        session.assertServes()
    }

    @Test
    fun `a version below the least is refused`() = test {
        val server = LocalServer(ServerTls(protocols = listOf("TLSv1.2"))).on("/", Reply.text("secret"))
        val session = secure { minVersion(TlsVersion.TLS_1_3) }

        val error = failure<TlsException> { session.get(url(server)) }

        assertSays(error, Phase.TLS, "version")
        session.assertServes()
    }

    @Test
    fun `plain HTTP on the port of TLS is told as that`() = test {
        val plain = RawServer({
            it.awaitReceived(5)
            it.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        })
        val session = secure()

        val error = failure<TlsException> { session.get("https://localhost:${plain.port}/") }

        assertSays(error, Phase.TLS, "TLS")
        plain.awaitAllEnded()
        session.assertServes()
    }

    @Test
    fun `TLS on the port of plain HTTP is told as no HTTP`() = test {
        val secure = RawServer({
            it.readHead()
            it.send(HexFormat.of().parseHex("15030300020246"))
            it.fin()
        })
        val session = secure()

        val error = failure<ProtocolException> { session.get("http://localhost:${secure.port}/") }

        assertSays(error, Phase.READ, "not an HTTP response")
        secure.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["fin", "reset"])
    fun `a server that hangs up in the handshake`(end: String) = test {
        val server = RawServer({
            it.awaitReceived(5)
            if (end == "fin") it.fin() else it.reset()
        })
        val session = secure()

        val error = failure<TlsException> { session.get("https://localhost:${server.port}/") }

        assertSays(error, Phase.TLS, "handshake")
        assertEquals(1, server.accepts)
        session.assertServes()
    }

    @ParameterizedTest
    @CsvSource("TLSv1.2, RSA", "TLSv1.2, EC", "TLSv1.3, RSA", "TLSv1.3, EC")
    fun `a client certificate is shown to a server that wants one`(protocol: String, key: String) = test {
        val tls = ServerTls(protocols = listOf(protocol), needsClient = true)
        val server = LocalServer(tls).on("/", Reply.text("secret"))
        val session = secure { clientCertificate(own(ROOT.issue { it.commonName("me").algorithm(key) })) }

        repeat(2) { assertEquals("secret", session.get(url(server)).text()) }

        assertEquals(1, server.accepts)
    }

    @ParameterizedTest
    @CsvSource("TLSv1.2, GET", "TLSv1.3, GET", "TLSv1.2, POST", "TLSv1.3, POST")
    fun `a missing client certificate is told as that`(protocol: String, method: String) = test {
        val server = LocalServer(ServerTls(LOCALHOST, listOf(protocol), needsClient = true))
        val session = secure()

        val error = failure<TlsException> {
            session.request(method, url(server)) { if (method == "POST") bytes(ByteArray(4 shl 20)) }
        }

        assertSays(error, Phase.TLS, "the server asked for a client certificate, and none is configured")
        assertEquals(0, server.requests.size)
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["TLSv1.2", "TLSv1.3"])
    fun `a client certificate that the server does not trust is told as that`(protocol: String) = test {
        val server = LocalServer(ServerTls(LOCALHOST, listOf(protocol), needsClient = true))
        val session = secure { clientCertificate(own(STRANGER.issue { it.commonName("me") })) }

        val error = failure<TlsException> { session.get(url(server)) }

        assertSays(error, Phase.TLS, "the server asked for a client certificate, and does not accept CN=me")
        session.assertServes()
    }
}
