package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.body.BodySource
import io.martlet.body.RequestBody
import io.martlet.config.ClientTimeout
import io.martlet.contract.assertFailed
import io.martlet.contract.failure
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.TlsException
import io.martlet.error.ClientException.WriteTimeoutException
import io.martlet.fixture.ClosedPort
import io.martlet.fixture.Connection
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.Script
import io.martlet.fixture.ServerTls
import io.martlet.fixture.TestServer
import io.martlet.fixture.awaitHeapAtMost
import io.martlet.fixture.eventually
import io.martlet.fixture.usedHeap
import io.martlet.http.MediaType
import io.martlet.http.StreamingResponse
import io.martlet.internal.net.Descriptors
import io.martlet.internal.tls.TestCertificate
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.lang.management.BufferPoolMXBean
import java.lang.management.ManagementFactory
import java.nio.ByteBuffer
import java.security.MessageDigest
import java.util.concurrent.atomic.AtomicInteger
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds

/** What a session takes of the machine: little while it works, nothing when it is closed. */
class ResourcesTest : TlsGroup() {
    private fun tls(scheme: String) = if (scheme == "https") ServerTls() else null

    private fun url(server: TestServer) = server.url.replace("127.0.0.1", "localhost") + "/"

    private fun threads() = Thread.getAllStackTraces().keys.count { it.name.startsWith("martlet") }

    @ParameterizedTest
    @CsvSource("http, 300", "https, 100")
    fun `sessions that are opened, used once and closed leave nothing`(scheme: String, count: Int) = test {
        val open = Descriptors.open()
        val sessions = List(count) { secure() }
        (tls(scheme)?.let { LocalServer(it) } ?: LocalServer()).on("/", Reply.text("hello")).use { server ->
            sessions.forEach {
                assertEquals("hello", it.get(url(server)).text())
                it.close()
            }
        }

        eventually({ "${threads()} threads are left" }) { threads() == 0 }
        Descriptors.awaitAtMost(open)
    }

    @Test
    fun `round after round of sessions leaves the heap as it was`() = test {
        val server = LocalServer().on("/", Reply.text("hello"))

        suspend fun round() = repeat(200) {
            ClientSession().use { session -> assertEquals("hello", session.get(server.url("/")).text()) }
        }
        round()
        server.awaitAllEnded()
        val before = usedHeap()

        repeat(4) { round() }

        // What the server remembers of 800 requests is there too, and whatever else this JVM does.
        awaitHeapAtMost(before + 16 * BLOCK)
        eventually({ "${threads()} threads are left" }) { threads() == 0 }
    }

    /** So many times ten requests for [url] fail. */
    private suspend inline fun <reified E : Throwable> CoroutineScope.fail(
        session: ClientSession,
        url: String,
        times: Int,
    ) = repeat(times) {
        List(10) { inFlight { session.get(url) } }.awaitAll().forEach { assertFailed<E>(it) }
    }

    /** What [failing] does so many times leaves nothing. */
    private suspend fun assertLeavesNothing(failing: suspend (session: ClientSession, times: Int) -> Unit) {
        val session = secure(slots = 10)
        failing(session, 50)
        session.assertServes()
        val open = Descriptors.open()
        val heap = usedHeap()

        failing(session, 50)

        Descriptors.awaitAtMost(open)
        awaitHeapAtMost(heap + 16 * BLOCK)
        session.assertServes()
    }

    @Test
    fun `connects that are refused leave nothing`() = test {
        assertLeavesNothing { session, times -> fail<ConnectorException>(session, ClosedPort().url, times) }
    }

    @Test
    fun `handshakes that fail leave nothing`() = test {
        val bad = Script {
            it.awaitReceived(5)
            if (it.number % 2 == 0) it.reset() else it.send("no TLS at all, no TLS at all")
        }

        assertLeavesNothing { session, times ->
            RawServer(bad).use { fail<TlsException>(session, "https://localhost:${it.port}/", times) }
        }
    }

    @Test
    fun `certificates that are refused leave nothing`() = test {
        val strange = TestCertificate.STRANGER.issue { it.dns("localhost") }

        assertLeavesNothing { session, times ->
            LocalServer(ServerTls(strange)).use { fail<TlsException>(session, "https://localhost:${it.port}/", times) }
        }
    }

    @ParameterizedTest
    @CsvSource("http, 256", "https, 64")
    fun `a download that nobody reads waits with the server, and goes on exactly`(scheme: String, blocks: Int) = test {
        val sent = AtomicInteger()
        val server = RawServer({ it.sendBlocks(blocks, sent) }, tls = tls(scheme))
        val session = secure(slots = 2)
        val response = session.open("GET", url(server))
        eventually({ "${response.source}" }) { response.held > 64 * 1024 }

        // The loop that would read on has other work meanwhile, and does it.
        repeat(200) { session.get(healthy.url("/")) }

        assertTrue(response.held in 64 * 1024..512 * 1024) { "${response.source}" }
        assertTrue(sent.get() < blocks)
        assertEquals(digest(blocks), response.use { it.digest() })
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["http", "https"])
    fun `an upload that the server does not take is copied in small pieces`(scheme: String) = test {
        // Its thread that reads is satisfied with the head.
        val server = RawServer({ it.take(1) }, appetite = 1, tls = tls(scheme))
        val session = secure()
        val buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean::class.java).first { it.name == "direct" }
        session.assertServes()
        val before = buffers.memoryUsed
        val body = ByteArray(64 * BLOCK)

        failure<WriteTimeoutException> {
            session.post(url(server)) {
                bytes(body)
                timeout(ClientTimeout.NONE)
                timeout { write = 400.milliseconds }
            }
        }

        assertTrue(buffers.memoryUsed - before <= BLOCK) { "${buffers.memoryUsed - before} bytes of buffers" }
        server.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["http", "https"])
    fun `no more is read of a source than the server takes`(scheme: String) = test {
        val server = RawServer({ it.take(1) }, appetite = 1, tls = tls(scheme))
        val session = secure()
        val read = AtomicInteger()
        val source = object : BodySource {
            override suspend fun read(): ByteBuffer? {
                return if (read.get() == 1024) null else block(read.getAndIncrement()).let(ByteBuffer::wrap)
            }

            override fun close() = Unit
        }

        failure<WriteTimeoutException> {
            session.post(url(server)) {
                body(RequestBody.source(1024L * BLOCK, MediaType.OCTET_STREAM) { source })
                timeout(ClientTimeout.NONE)
                timeout { write = 400.milliseconds }
            }
        }

        // Of a GiB; the most of this is in the buffers of the system.
        assertTrue(read.get() <= 16) { "$read MiB were read" }
        server.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @CsvSource("http, 100", "https, 20")
    fun `of thousands of answers each goes to its request`(scheme: String, each: Int) = test {
        val server = (tls(scheme)?.let { LocalServer(it) } ?: LocalServer())
            .on("/") { request -> Reply.text(request.text.let { it + " ".repeat(it.hashCode() and 0x3FFF) }) }
        val session = secure(slots = 20)

        val wrong = List(50) { caller ->
            inFlight {
                (1..each).map { "$caller asks $it" }.count { question ->
                    session.post(url(server)) { text(question) }.text().trim() != question
                }
            }
        }.awaitAll().sumOf { it.getOrThrow() }

        assertEquals(0, wrong)
        assertEquals(50 * each, server.requests.size)
        assertTrue(server.accepts <= 20)
    }

    private val StreamingResponse.held get() = source.toString().substringBefore(' ').toInt()

    private suspend fun StreamingResponse.digest(): String {
        val digest = MessageDigest.getInstance("SHA-256")
        while (true) digest.update(source.read() ?: break)
        return digest.print()
    }

    private fun digest(blocks: Int): String {
        val digest = MessageDigest.getInstance("SHA-256")
        repeat(blocks) { digest.update(block(it)) }
        return digest.print()
    }

    private fun MessageDigest.print() = digest().joinToString("") { "%02x".format(it) }

    private fun Connection.sendBlocks(blocks: Int, sent: AtomicInteger) {
        readHead()
        send("HTTP/1.1 200 OK\r\nContent-Length: ${blocks.toLong() * BLOCK}\r\n\r\n")
        repeat(blocks) {
            send(block(it))
            sent.incrementAndGet()
        }
    }

    /** No two are the same. */
    private fun block(number: Int): ByteArray = ByteBuffer.wrap(NOISE.clone()).putInt(0, number).array()

    private companion object {
        const val BLOCK = 1 shl 20
        val NOISE = Random(1).nextBytes(BLOCK)
    }
}
