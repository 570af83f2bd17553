package io.martlet

import io.martlet.config.ClientTimeout
import io.martlet.config.ConnectorConfig
import io.martlet.config.RedirectFilter
import io.martlet.config.RequestOptions
import io.martlet.config.SessionConfig
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.engine.Middleware
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.StreamingResponse
import io.martlet.http.Url
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import java.time.Duration.ofMillis
import java.time.Duration.ofSeconds
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

class SessionBuilderTest {
    /** Answers everything, and counts how often it was closed. */
    private class CountingEngine : Engine {
        var closes = 0

        override suspend fun execute(request: ClientRequest): StreamingResponse = request.answered()

        override fun close() {
            closes++
        }
    }

    private val counting = CountingEngine()

    private fun config(describe: SessionBuilder.() -> Unit) = ClientSession {
        engine(counting)
        describe()
    }.config

    @Test
    fun `a session that is told nothing has the defaults`() {
        val config = config {}

        assertInstanceOf(KotlinxJson::class.java, config.options.jsonCodec)
        assertEquals(
            SessionConfig(
                null,
                Headers.EMPTY,
                RequestOptions.DEFAULT.toBuilder().jsonCodec(config.options.jsonCodec).build(),
                ConnectorConfig.DEFAULT,
            ),
            config,
        )
    }

    @Test
    fun `a session is what its builder was told`() {
        val codec = KotlinxJson(kotlinx.serialization.json.Json)
        val policy = RetryPolicy.of(2)
        val noRedirect = RedirectFilter { _, _ -> false }

        val config = config {
            baseUrl = "https://api.example/v1/"
            followDowngrades = false
            redirectFilter = noRedirect
            requireJsonType = true
            skipAutoHeaders("User-Agent")
            skipAutoHeaders("Accept")
            retry = policy
            headers["Authorization"] = "Bearer b"
            raiseForStatus = true
            followRedirects = false
            maxRedirects = 3
            maxBufferedBody = 1000
            decompress = false
            jsonCodec = codec
            timeout {
                total = 30.seconds
                connect = 1500.milliseconds
                socketConnect = null
                socketRead = Duration.ZERO
            }
            connector {
                limit = 7
                limitPerHost = 2
                keepAlive = 1.seconds
            }
        }

        assertEquals(
            SessionConfig(
                Url.of("https://api.example/v1/"),
                Headers.of("Authorization", "Bearer b"),
                RequestOptions(
                    ClientTimeout(ofSeconds(30), ofMillis(1500), null, null),
                    false,
                    3,
                    true,
                    1000,
                    codec,
                    false,
                    null,
                    false,
                    noRedirect,
                    true,
                    setOf("Accept", "User-Agent"),
                    policy,
                ),
                ConnectorConfig(7, 2, ofSeconds(1)),
            ),
            config,
        )
    }

    @Test
    fun `blocks change what is set so far`() {
        val config = config {
            timeout(ClientTimeout.NONE)
            timeout { total = 1.seconds }
            timeout { connect = 2.seconds }
            connector { limit = 7 }
            connector { limitPerHost = 2 }
        }

        assertEquals(ClientTimeout(ofSeconds(1), ofSeconds(2), null, null), config.options.timeout)
        assertEquals(ConnectorConfig(7, 2, ofSeconds(15)), config.connector)
    }

    @Test
    fun `a time block starts with the defaults`() {
        val config = config { timeout { connect = 2.seconds } }

        assertEquals(ClientTimeout(ofSeconds(300), ofSeconds(2), ofSeconds(30), null), config.options.timeout)
    }

    @Test
    fun `an infinite limit is none`() {
        val config = config {
            timeout {
                total = Duration.INFINITE
                socketConnect = Duration.INFINITE
            }
        }

        assertEquals(ClientTimeout.NONE, config.options.timeout)
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '`',
        value = [
            "total,         timeout total is negative: PT-1S",
            "keepAlive,     connector keepAlive is negative: PT-1S",
            "limit,         connector limit is negative: -1",
            "maxRedirects,  maxRedirects is negative: -1",
            "baseUrl,       baseUrl https://h/v1 must end in \"/\": its last segment would be dropped from each URL",
            "relative base, `Invalid URL \"v1/\": it has no scheme: an absolute URL starts with http:// or https://`",
        ],
    )
    fun `what makes no sense is refused before there is an engine`(what: String, message: String) {
        var engines = 0

        val thrown = assertThrows<IllegalArgumentException> {
            ClientSession {
                engine = EngineFactory { counting.also { engines++ } }
                when (what) {
                    "total" -> timeout { total = (-1).seconds }
                    "keepAlive" -> connector { keepAlive = (-1).seconds }
                    "limit" -> connector { limit = -1 }
                    "maxRedirects" -> maxRedirects = -1
                    "baseUrl" -> baseUrl = "https://h/v1"
                    "relative base" -> baseUrl = "v1/"
                }
            }
        }

        assertEquals(message, thrown.message)
        assertEquals(0, engines)
    }

    @Test
    fun `the engine is made with the connector's settings`() {
        var given: ConnectorConfig? = null
        ClientSession {
            engine = EngineFactory { counting.also { _ -> given = it } }
            connector { limit = 7 }
        }

        assertEquals(7, given?.limit)
    }

    @Test
    fun `a session can be made of its config`() {
        val config = SessionConfig.DEFAULT

        assertSame(config, ClientSession(config, { counting }).config)
    }

    @Test
    fun `a session that is closed closes its engine and refuses requests`() = runTest {
        val session = ClientSession { engine(counting) }
        assertEquals(200, session.get("http://h/").status)
        assertFalse(session.isClosed)

        session.close()

        assertTrue(session.isClosed)
        assertEquals(1, counting.closes)
        val thrown = assertThrows<SessionClosedException> { session.get("http://h/?k=v") }
        assertEquals("GET http://h/?*** failed: the session is closed", thrown.message)
    }

    @Test
    fun `a URL that cannot be requested is an error of the tree`() = runTest {
        val session = ClientSession { engine(counting) }

        assertThrows<InvalidUrlException> { session.get("posts") }
    }

    @Test
    fun `a session prints itself without secrets`() {
        val session = ClientSession {
            engine(counting)
            baseUrl = "https://me:pw@h/?k=v"
        }
        assertEquals("ClientSession(https://h/?***)", session.toString())

        session.close()

        assertEquals("ClientSession(https://h/?***, closed)", session.toString())
        assertEquals("ClientSession(no baseUrl)", ClientSession { engine(counting) }.toString())
    }

    @Test
    fun `middlewares run from the outside in, in the order in which they were added`() = runTest {
        val session = ClientSession {
            engine(counting)
            use(adding("a"))
            use(adding("b"))
        }

        val request = session.get("http://h/").request

        assertEquals(listOf("a", "b"), request.headers.getAll("X-Way"))
    }

    private fun adding(value: String) = Middleware { request, next ->
        val builder = request.toBuilder()
        builder.headers().add("X-Way", value)
        next.execute(builder.build())
    }
}
