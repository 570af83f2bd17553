package io.martlet.internal.wire

import io.martlet.body.RequestBody
import io.martlet.fixture.Connection
import io.martlet.fixture.RawServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource

/** D20: the server answers before it has read the request. */
internal class EarlyAnswerTest : OverWire() {
    /** What the server does when it has answered. */
    enum class Then(val connection: String, val act: Connection.() -> Unit) {
        STAYS("keep-alive", {}),
        CLOSES("close", { fin() }),
    }

    @ParameterizedTest
    @EnumSource
    fun `the answer is told, and the upload stops`(then: Then) = test {
        val read = 64 * 1024
        val server = RawServer(
            {
                it.awaitReceived(read)
                it.send("HTTP/1.1 413 No\r\nConnection: ${then.connection}\r\nContent-Length: 5\r\n\r\nlarge")
                then.act(it)
            },
            appetite = read.toLong(),
        )
        val wired = session()

        val response = wired.session.post(server.url("/")) { body(RequestBody.bytes(ByteArray(UPLOAD), null)) }

        assertEquals("413 large", "${response.status} ${response.text()}")
        assertHealthy(wired)
        server.awaitAllEnded()
        assertTrue(server.connections.single().received.size < UPLOAD)
    }

    private companion object {
        /** More than the system takes for a server that does not read. */
        const val UPLOAD = 32 * 1024 * 1024
    }
}
