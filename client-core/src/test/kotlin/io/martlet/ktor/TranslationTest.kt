package io.martlet.ktor

import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.http.URLDecodeException
import io.ktor.http.cio.ParserException
import io.ktor.utils.io.ClosedReadChannelException
import io.martlet.config.ClientTimeout
import io.martlet.error.ClientException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import io.martlet.http.Method
import io.martlet.http.Url
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import java.io.EOFException
import java.io.IOException
import java.net.ConnectException
import java.net.NoRouteToHostException
import java.net.SocketException
import java.net.UnknownHostException
import java.nio.channels.UnresolvedAddressException
import java.security.cert.CertificateException
import java.time.Duration
import java.util.concurrent.CancellationException
import javax.net.ssl.SSLHandshakeException

class TranslationTest {
    @ParameterizedTest
    @MethodSource("rows")
    fun `what the carrier throws becomes one of ours`(row: Row) {
        val error = translate(row.cause, request(row.url), row.phase, closed = false, received = 4)

        assertEquals(row.type, error.javaClass.simpleName)
        assertEquals(row.says, "${error.phase()}: ${error.message}")
    }

    @ParameterizedTest
    @MethodSource("rows")
    fun `it is found at the bottom of a chain of causes`(row: Row) {
        val wrapped = IOException("outer", CancellationException("middle").apply { initCause(row.cause) })

        val error = translate(wrapped, request(row.url), row.phase, closed = false, received = 4)

        if (row.isKnown) assertEquals(row.type, error.javaClass.simpleName)
    }

    @Test
    fun `what is ours already stays as it is`() {
        val ours = ClientException.SessionClosedException(null)

        val cause = IOException(IOException(ours))

        listOf(false, true).forEach { assertSame(ours, translate(cause, request(PLAIN), Phase.READ, closed = it)) }
    }

    @ParameterizedTest
    @MethodSource("rows")
    fun `once the session is closed, that is why everything fails`(row: Row) {
        val error = translate(row.cause, request(row.url), row.phase, closed = true)

        assertEquals(ClientException.SessionClosedException::class.java, error.javaClass)
    }

    @Test
    fun `a circle of causes is no trap`() {
        val one = IOException("one")
        val two = IOException("two", one)
        one.initCause(two)

        val error = translate(one, request(PLAIN), Phase.READ, closed = false)

        assertEquals("GET http://h/x?***: the connection broke (read): one", error.message)
    }

    /** @property isKnown whether the type alone says what it is */
    class Row(
        val cause: Throwable,
        val phase: Phase,
        val url: String,
        val type: String,
        val says: String,
        val isKnown: Boolean,
    ) {
        override fun toString(): String = "$cause, $phase, ${url.substringBefore(':')}"
    }

    companion object {
        private const val PLAIN = "http://h/x?token=s3cret"
        private const val SECURE = "https://h/x?token=s3cret"
        private const val NO_TLS = "tls: No secure connection to h:443"

        private fun request(url: String): ClientRequest = ClientRequest.builder(Method.GET, Url.of(url))
            .timeout(ClientTimeout.builder().socketConnect(Duration.ofSeconds(2)).build())
            .build()

        private fun known(cause: Throwable, phase: Phase, type: String, says: String, url: String = PLAIN) =
            Row(cause, phase, url, type, says, isKnown = true)

        private fun unknown(cause: Throwable, phase: Phase, type: String, says: String, url: String = PLAIN) =
            Row(cause, phase, url, type, says, isKnown = false)

        @JvmStatic
        fun rows(): List<Row> = listOf(
            known(UnknownHostException("h"), Phase.CONNECT, "DnsException", "dns: Cannot resolve host h"),
            known(UnresolvedAddressException(), Phase.CONNECT, "DnsException", "dns: Cannot resolve host h"),
            known(
                ConnectTimeoutException("url=$PLAIN", null),
                Phase.CONNECT,
                "ConnectTimeoutException",
                "connect: No connection to h:80 after 2 s (limit socketConnect = 2 s)",
            ),
            known(
                ConnectException("Connection refused"),
                Phase.CONNECT,
                "ConnectorException",
                "connect: Cannot connect to h:80: Connection refused",
            ),
            known(
                NoRouteToHostException("No route to host"),
                Phase.CONNECT,
                "ConnectorException",
                "connect: Cannot connect to h:443: No route to host",
                SECURE,
            ),
            known(SSLHandshakeException("no"), Phase.CONNECT, "TlsException", "$NO_TLS: no", SECURE),
            known(CertificateException("no"), Phase.CONNECT, "TlsException", "$NO_TLS: no", SECURE),
            known(EOFException("end"), Phase.CONNECT, "ConnectorException", "connect: Cannot connect to h:80: end"),
            known(EOFException("end"), Phase.CONNECT, "TlsException", "$NO_TLS: end", SECURE),
            known(
                EOFException("end"),
                Phase.WRITE,
                "ServerDisconnectedException",
                "first byte: GET http://h/x?***: the server closed the connection without a response",
            ),
            known(
                ClosedReadChannelException(EOFException("end")),
                Phase.FIRST_BYTE,
                "ServerDisconnectedException",
                "first byte: GET http://h/x?***: the server closed the connection without a response",
            ),
            known(
                EOFException("end"),
                Phase.READ,
                "TruncatedBodyException",
                "read: GET http://h/x?***: the body ended after 4 of unknown bytes",
            ),
            known(
                ParserException("odd"),
                Phase.FIRST_BYTE,
                "ProtocolException",
                "read: GET http://h/x?***: not an HTTP response: odd",
            ),
            known(
                NumberFormatException("odd"),
                Phase.FIRST_BYTE,
                "ProtocolException",
                "read: GET http://h/x?***: not an HTTP response: odd",
            ),
            known(
                URLDecodeException("in x?token=s3cret"),
                Phase.CONNECT,
                "InvalidUrlException",
                "request: Invalid URL \"http://h/x?***\": it has a percent sign that starts no escape," +
                    " which this engine cannot send",
            ),
            unknown(
                IllegalStateException("odd"),
                Phase.CONNECT,
                "ConnectorException",
                "connect: Cannot connect to h:80: odd",
            ),
            unknown(
                IllegalStateException("odd"),
                Phase.CONNECT,
                "TlsException",
                "tls: No secure connection to h:443: odd",
                SECURE,
            ),
            unknown(
                IllegalStateException("odd"),
                Phase.FIRST_BYTE,
                "ProtocolException",
                "read: GET http://h/x?***: not an HTTP response: odd",
            ),
            unknown(
                IllegalStateException("odd"),
                Phase.READ,
                "PayloadException",
                "read: GET http://h/x?***: the body cannot be read: odd",
            ),
            unknown(
                SocketException("Broken pipe"),
                Phase.WRITE,
                "ConnectionException",
                "write: GET http://h/x?***: the connection broke (write): Broken pipe",
            ),
            unknown(
                SocketException("Connection reset"),
                Phase.READ,
                "ConnectionException",
                "read: GET http://h/x?***: the connection broke (read): Connection reset",
            ),
        )
    }
}
