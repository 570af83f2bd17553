package io.martlet.internal.wire

import io.martlet.body.BodySource
import io.martlet.body.RequestBody
import io.martlet.config.ConnectorConfig
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.fixture.eventually
import io.martlet.http.ClientRequest
import io.martlet.http.MediaType
import io.martlet.http.Method
import io.martlet.http.Url
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.EventLoopGroup
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.lang.ref.WeakReference
import java.nio.ByteBuffer
import java.time.Duration

/** Connections that wait for their next request. */
@ExtendWith(LeakCheck::class)
internal class IdleConnectionTest {
    private fun fault(fault: Throwable): Nothing = throw AssertionError(fault)

    @ParameterizedTest
    @ValueSource(ints = [3, 1_000_000])
    fun `they keep nothing of the request before`(size: Int) {
        EventLoop { _, fault -> fault(fault) }.use { loop ->
            val played = PlayedConnection(loop)

            val body = exchange(played, size)

            assertEquals(listOf("release"), played.transport.told)
            eventually({ "$played keeps the body" }) { System.gc().let { body.get() == null } }
        }
    }

    /** Sends a body of [size] bytes, which nobody else keeps. */
    private fun exchange(played: PlayedConnection, size: Int): WeakReference<ByteArray> {
        val bytes = ByteArray(size)
        played.send(request(RequestBody.bytes(bytes, null)))
        played.play("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        return WeakReference(bytes)
    }

    @Test
    fun `they keep nothing of a body that was read while it was sent`() {
        EventLoop { _, fault -> fault(fault) }.use { loop ->
            val played = PlayedConnection(loop)

            val writer = upload(played)

            assertEquals(listOf("release"), played.transport.told)
            eventually({ "$played keeps the writer" }) { System.gc().let { writer.get() == null } }
        }
    }

    private fun upload(played: PlayedConnection): WeakReference<BodyWriter> {
        val writer = NamedWriter()
        val exchange = played.send(request(RequestBody.source(3, MediaType.TEXT) { Unread }), writer)
        played.connection.write(ByteBuffer.wrap("abc".encodeToByteArray()))
        exchange.unparked()
        exchange.sent(3)
        played.play("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        return WeakReference(writer)
    }

    private fun request(body: RequestBody) =
        ClientRequest.builder(Method.POST, Url.of("http://played.test/")).body(body).build()

    private class NamedWriter : BodyWriter {
        override fun writable() = Unit
    }

    private object Unread : BodySource {
        override suspend fun read() = throw AssertionError("The writer is played")

        override fun close() = Unit
    }

    @Test
    fun `those of all loops are closed when their time has come`() = runBlocking<Unit> {
        val server = LocalServer().on("/", Reply.text("hello"))
        val config = ConnectorConfig.builder().keepAlive(Duration.ofMillis(300)).build()
        val request = ClientRequest.builder(Method.GET, Url.of(server.url("/"))).build()
        val waits = Waits()
        EventLoopGroup(3) { _, fault -> fault(fault) }.use { loops ->
            ConnectionOpener(config, loops, waits).use { opener ->
                ConnectionPool(config, opener, waits).use { pool ->
                    val connections = List(6) { pool.acquire(request, null, fresh = false) }
                    val forgotten = ForgottenBodies(loops.next())
                    connections.forEach { Sending(request, Tally(), null, forgotten).over(it).close() }
                    assertEquals(3, connections.map { it.loop() }.distinct().size)

                    server.awaitAllEnded()

                    eventually({ "$pool" }) { "$pool" == "0 of 100 in use, 0 waiting; 0 idle" }
                }
            }
        }
    }
}
