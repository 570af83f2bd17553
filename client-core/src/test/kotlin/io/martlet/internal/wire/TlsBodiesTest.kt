package io.martlet.internal.wire

import io.martlet.contract.failure
import io.martlet.error.ClientException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.fixture.Connection
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.ServerTls
import io.martlet.internal.tls.TestCertificate
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.Arguments
import org.junit.jupiter.params.provider.MethodSource
import org.junit.jupiter.params.provider.ValueSource
import kotlin.random.Random

/** How bodies end over TLS: an end that anyone on the way could have made is none. */
class TlsBodiesTest : TlsGroup() {
    private fun serving(protocol: String, script: (Connection) -> Unit) =
        RawServer({ script(it) }, tls = ServerTls(TestCertificate.LOCALHOST, listOf(protocol)))

    private fun url(server: RawServer) = "https://localhost:${server.port}/"

    /** A server that answers [body] and does [end]; both have names that tests print. */
    private fun serving(protocol: String, body: String, end: String) = serving(protocol) {
        it.readHead()
        it.send("HTTP/1.1 200 OK\r\n$body")
        when (end) {
            "goodbye" -> it.fin()
            "FIN" -> it.cut()
            "RST" -> it.reset()
            else -> it.sendBelow(byteArrayOf(23, 3, 3, 0, 40) + ByteArray(40) { 7 })
        }
    }

    @ParameterizedTest
    @ValueSource(strings = ["TLSv1.3", "TLSv1.2"])
    fun `a body until the end of the connection ends by a goodbye`(protocol: String) = test {
        val server = serving(protocol, "\r\nhello", "goodbye")

        assertEquals("hello", secure().get(url(server)).text())
    }

    @ParameterizedTest
    @MethodSource("rudeEnds")
    fun `a body until the end of the connection does not end without a goodbye`(protocol: String, end: String) = test {
        val server = serving(protocol, "\r\nhello", end)
        val session = secure()

        failure<TruncatedBodyException> { session.get(url(server)) }

        server.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @MethodSource("allEnds")
    fun `a body that is shorter than was said is truncated however it ends`(protocol: String, end: String) = test {
        for (body in listOf("Content-Length: 9\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")) {
            val server = serving(protocol, body, end)
            val session = secure()

            failure<TruncatedBodyException> { session.get(url(server)) }

            server.awaitAllEnded()
            session.assertServes()
        }
    }

    @ParameterizedTest
    @MethodSource("allEnds")
    fun `a body that is complete needs no goodbye`(protocol: String, end: String) = test {
        for (body in listOf(
            "Content-Length: 5\r\n\r\nhello",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        )) {
            val server = serving(protocol, body, end)
            val session = secure()

            assertEquals("hello", session.get(url(server)).text())

            server.awaitAllEnded()
            assertEquals("hello", session.get(url(server)).text())
            session.assertServes()
        }
    }

    @ParameterizedTest
    @MethodSource("rudeEnds")
    fun `a connection that ends before the head is an error`(protocol: String, end: String) = test {
        val server = serving(protocol, "Content-Le", end)
        val session = secure()

        val error = runCatching { session.get(url(server)) }.exceptionOrNull()

        assertTrue(error is ClientException) { "$error" }
        server.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["TLSv1.3", "TLSv1.2"])
    fun `much goes both ways unharmed`(protocol: String) = test {
        val body = Random(1).nextBytes(8 shl 20)
        val server = LocalServer(ServerTls(TestCertificate.LOCALHOST, listOf(protocol)))
        server.on("/") { Reply.bytes(it.body) }

        val response = secure().post("https://localhost:${server.port}/") { bytes(body) }

        assertArrayEquals(body, response.bytes)
    }

    @Test
    fun `a connection on which a record is damaged while it is idle is not used again`() = test {
        val server = serving("TLSv1.3", "Content-Length: 5\r\n\r\nhello", "damage")
        val session = secure()
        session.get(url(server))
        server.awaitAllEnded()

        assertEquals("hello", session.get(url(server)).text())

        assertEquals(2, server.accepts)
    }

    private companion object {
        @JvmStatic
        fun rudeEnds(): List<Arguments> =
            listOf("TLSv1.3", "TLSv1.2").flatMap { protocol ->
                listOf("FIN", "RST", "damage").map { Arguments.of(protocol, it) }
            }

        @JvmStatic
        fun allEnds() = rudeEnds() + listOf(Arguments.of("TLSv1.3", "goodbye"), Arguments.of("TLSv1.2", "goodbye"))
    }
}
