package io.martlet.contract

import io.martlet.body.RequestBody
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectionException
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.DnsException
import io.martlet.error.ClientException.ProtocolException
import io.martlet.error.ClientException.ServerDisconnectedException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.error.Phase
import io.martlet.fixture.ClosedPort
import io.martlet.fixture.RawServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.ByteArrayOutputStream

/** Which error stands for which trouble, and what it says. */
abstract class ErrorsContract(face: Face) : ContractGroup(face) {
    /** A request full of secrets, to see that none of them gets into an error. */
    private fun secretCall(url: String, method: String = "GET") = Call(
        method,
        url.replace("://", "://user:s3cret-1@") + "/path?token=s3cret-2",
        set = listOf("Cookie" to "id=s3cret-3"),
        body = if (method == "POST") RequestBody.text("s3cret-4") else null,
    )

    private fun assertSays(error: ClientException, phase: Phase, message: String) {
        assertEquals(listOf(phase, message, 1), listOf(error.phase(), error.message, error.attempt()))
        assertKeepsSecret(error, "s3cret", "czNjcmV0")
    }

    @ParameterizedTest
    @ValueSource(strings = ["GET", "POST"])
    fun `nobody listens`(method: String) = test {
        val port = ClosedPort()

        val error = failure<ConnectorException> { session().send(secretCall(port.url, method)) }

        assertSays(error, Phase.CONNECT, "Cannot connect to 127.0.0.1:${port.port}: Connection refused")
        assertEquals("$method ${port.url}/path?***", error.request().toString())
    }

    @Test
    fun `the host does not exist`() = test {
        val error = failure<DnsException> { session().send(secretCall("http://nosuchhost.invalid")) }

        assertSays(error, Phase.DNS, "Cannot resolve host nosuchhost.invalid")
    }

    private suspend fun assertDisconnected(answer: String) {
        val server = RawServer.answering(answer)

        val error = failure<ServerDisconnectedException> { session().send(secretCall(server.url)) }

        val message = "GET ${server.url}/path?***: the server closed the connection without a response"
        assertSays(error, Phase.FIRST_BYTE, message)
        assertEquals(1, server.accepts)
    }

    @ParameterizedTest
    @ValueSource(strings = ["", "HTT", "HTTP/1.1 200 OK\r\nContent-Le"])
    fun `the server closes before its head is complete`(answer: String) = test { assertDisconnected(answer) }

    @Test
    fun `the server closes after a complete line of its head`() = unless(Gap.TRUNCATED_HEAD) {
        test { assertDisconnected("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n") }
    }

    @Test
    fun `the server resets the connection instead of answering`() = test {
        val server = RawServer({
            it.readHead()
            it.reset()
        })

        val error = runCatching { session().send(secretCall(server.url)) }.exceptionOrNull()

        assertEquals(Phase.FIRST_BYTE, assertInstanceOf(ConnectionException::class.java, error).phase())
        assertKeepsSecret(error!!, "s3cret", "czNjcmV0")
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "SSH-2.0-OpenSSH_9.2p1\r\n\r\n",
            "<html>hello</html>\r\n\r\n",
            "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent Length: 0\r\n\r\n",
            "\u0016\u0003\u0001\u0002\r\n\r\n",
        ],
    )
    fun `the server does not speak HTTP`(answer: String) = test {
        val server = RawServer.answering(answer)

        val error = failure<ProtocolException> { session().send(secretCall(server.url)) }

        val said = "GET ${server.url}/path?***: not an HTTP response: "
        assertEquals(listOf(Phase.READ, said), listOf(error.phase(), error.message!!.take(said.length)))
        assertKeepsSecret(error, "s3cret", "czNjcmV0")
    }

    @Test
    fun `the body is shorter than announced`() = unless(Gap.EARLY_BYTES) {
        test {
            val server = RawServer.answering(TRUNCATED)

            val error = failure<TruncatedBodyException> { session().send(secretCall(server.url)) }

            assertSays(error, Phase.READ, "GET ${server.url}/path?***: the body ended after 4 of 9 bytes")
            assertEquals(listOf(9L, 4L), listOf(error.expected(), error.received()))
        }
    }

    @Test
    fun `the body is shorter than announced, and streamed`() = unless(Gap.EARLY_BYTES) {
        test {
            val server = RawServer.answering(TRUNCATED)
            val received = ByteArrayOutputStream()

            val error = failure<TruncatedBodyException> {
                session().open(secretCall(server.url)).use { it.transferTo(received) }
            }

            assertEquals("half", received.toString())
            assertSays(error, Phase.READ, "GET ${server.url}/path?***: the body ended after 4 of 9 bytes")
        }
    }

    private suspend fun assertCutOff(chunks: String) {
        val server = RawServer.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n$chunks")

        val error = failure<TruncatedBodyException> { session().send(secretCall(server.url)) }

        val message = "GET ${server.url}/path?***: the body ended after ${error.received()} of unknown bytes"
        assertSays(error, Phase.READ, message)
        assertEquals(-1, error.expected())
    }

    @ParameterizedTest
    @ValueSource(strings = ["4\r\nhalf\r\n5\r\nha", "4\r\nhalf\r\n5", "4\r\nhalf", "4\r\nhalf\r\n0\r\n"])
    fun `a chunked body is cut off`(chunks: String) = test { assertCutOff(chunks) }

    @ParameterizedTest
    @ValueSource(strings = ["", "4\r\nhalf\r\n"])
    fun `a chunked body is cut off between two chunks`(chunks: String) = unless(Gap.CHUNKED_TRUNCATION) {
        test { assertCutOff(chunks) }
    }

    @Test
    fun `the connection is reset amid the body`() = test {
        val server = RawServer({
            it.readHead()
            it.send(TRUNCATED)
            it.reset()
        })

        val error = runCatching { session().send(secretCall(server.url)) }.exceptionOrNull()

        // What was sent before a reset may be lost with it, the head included.
        assertInstanceOf(ClientException::class.java, error)
        assertKeepsSecret(error!!, "s3cret", "czNjcmV0")
    }

    private companion object {
        const val TRUNCATED = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    }
}
