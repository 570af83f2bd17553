package io.martlet.ktor

import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.client.network.sockets.SocketTimeoutException
import io.ktor.client.plugins.HttpRequestTimeoutException
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.plugins.timeout
import io.ktor.client.request.get
import io.ktor.client.request.prepareGet
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.utils.io.discard
import io.martlet.contract.failure
import io.martlet.error.ClientException
import io.martlet.error.ClientException.QueueTimeoutException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.fixture.BlackHole
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

@ExtendWith(LeakCheck::class)
class MartletTimeoutsTest {
    @Test
    fun `HttpTimeout limits the request`() = withKtor({
        install(HttpTimeout) { requestTimeoutMillis = 100 }
    }) { client ->
        val silent = RawServer.stalling()

        failure<HttpRequestTimeoutException> { client.get(silent.url) }

        silent.awaitAllEnded()
    }

    @Test
    fun `HttpTimeout limits the reading of the body`() =
        withKtor({ install(HttpTimeout) { requestTimeoutMillis = 100 } }) { client ->
            val silent = RawServer.stalling("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")

            failure<HttpRequestTimeoutException> { client.get(silent.url) }
            failure<HttpRequestTimeoutException> {
                client.prepareGet(silent.url).execute { it.bodyAsChannel().discard() }
            }

            silent.awaitAllEnded()
        }

    @Test
    fun `a request timeout holds without the plugin, and tells no secret`() = withKtor { client ->
        val silent = RawServer.stalling()

        val error = failure<HttpRequestTimeoutException> {
            client.get("${silent.url}/?token=s3cret") { timeout { requestTimeoutMillis = 50 } }
        }

        assertInstanceOf(TotalTimeoutException::class.java, error.root())
        assertTrue("s3cret" !in error.stackTraceToString())
    }

    @Test
    fun `the engine's own limits hold`() = withKtor({ engine { timeout { total = 50.milliseconds } } }) { client ->
        val silent = RawServer.stalling("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")

        val error = failure<HttpRequestTimeoutException> { client.get(silent.url) }

        assertInstanceOf(TotalTimeoutException::class.java, error.root())
    }

    @Test
    fun `an infinite timeout lifts the engine's own`() = withKtor(
        {
            engine { timeout { total = 50.milliseconds } }
            install(HttpTimeout)
        },
    ) { client ->
        val server = LocalServer()
        val gate = server.holding("/a")
        val impatient = RawServer.stalling()

        val patient = beside {
            client.get(server.url("/a")) { timeout { requestTimeoutMillis = HttpTimeoutConfig.INFINITE_TIMEOUT_MS } }
        }
        server.awaitInFlight(1)
        failure<HttpRequestTimeoutException> { client.get(impatient.url) }
        gate.open()

        assertEquals("released", patient.await().getOrThrow().bodyAsText())
    }

    @Test
    fun `a socket timeout ends the silence before the head and within the body`() =
        withKtor({ install(HttpTimeout) { socketTimeoutMillis = 100 } }) { client ->
            val silent = RawServer.stalling()
            val stopping = RawServer.stalling("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")

            val errors = listOf(silent, stopping).map { failure<SocketTimeoutException> { client.get(it.url) } }

            errors.forEach { assertInstanceOf(ReadTimeoutException::class.java, it.root()) }
            silent.awaitAllEnded()
            stopping.awaitAllEnded()
        }

    @Test
    fun `a connect timeout ends the connecting`() =
        withKtor({ install(HttpTimeout) { connectTimeoutMillis = 100 } }) { client ->
            assumeTrue(BlackHole.isPossible)
            val nowhere = BlackHole()

            val error = failure<ConnectTimeoutException> { client.get(nowhere.url) }

            assertInstanceOf(ClientException.ConnectTimeoutException::class.java, error.root())
            nowhere.awaitNoClient()
        }

    @Test
    fun `waiting for a slot is no connecting`() = withKtor(
        {
            engine {
                connector { limit = 1 }
                timeout { queue = 50.milliseconds }
            }
            install(HttpTimeout) { connectTimeoutMillis = 20 }
        },
    ) { client ->
        val server = LocalServer()
        val gate = server.holding("/a")
        val first = beside {
            client.get(server.url("/a")) { timeout { connectTimeoutMillis = 30.seconds.inWholeMilliseconds } }
        }
        server.awaitInFlight(1)

        failure<QueueTimeoutException> { client.get(server.url("/b")) }

        gate.open()
        assertEquals(200, first.await().getOrThrow().status.value)
    }

    /** What is below the copies that coroutines make of exceptions on their way. */
    private fun Throwable.root(): Throwable = generateSequence(this) { it.cause }.last()
}
