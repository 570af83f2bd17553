package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.config.ClientTimeout
import io.martlet.config.Resolver
import io.martlet.config.TimeoutBuilder
import io.martlet.contract.failure
import io.martlet.error.ClientException.ConnectTimeoutException
import io.martlet.error.ClientException.QueueTimeoutException
import io.martlet.error.ClientException.TimeoutException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.Phase
import io.martlet.fixture.BlackHole
import io.martlet.fixture.RawServer
import io.martlet.fixture.eventually
import io.martlet.fixture.withLongEnoughLimit
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.toKotlinDuration

/** Each limit ends the way to a connection where it holds, under its own name, and leaves nothing behind. */
class ConnectingTimeoutsTest : WireGroup() {
    private val session by lazy { session { connector { limit = 1 } } }

    private suspend inline fun <reified E : TimeoutException> ends(
        session: ClientSession,
        url: String,
        name: String,
        limit: Duration = SHORT,
    ): E = failure<E> {
        session.get(url) {
            timeout(ClientTimeout.NONE)
            timeout { only(name, limit) }
        }
    }

    private fun TimeoutBuilder.only(name: String, limit: Duration) = when (name) {
        "total" -> total = limit
        "connect" -> connect = limit
        "socketConnect" -> socketConnect = limit
        "queue" -> queue = limit
        "dns" -> dns = limit
        else -> tls = limit
    }

    @ParameterizedTest
    @ValueSource(strings = ["connect", "socketConnect"])
    fun `a host that does not answer at all`(name: String) = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()

        val error = ends<ConnectTimeoutException>(session, hole.url, name)

        assertTimeout(error, Phase.CONNECT, name, SHORT)
        hole.awaitNoClient()
        session.assertServes()
    }

    @Test
    fun `a host that does not answer at all, in total`() = test {
        assumeTrue(BlackHole.isPossible)
        val hole = BlackHole()

        val error = ends<TotalTimeoutException>(session, hole.url, "total")

        assertTimeout(error, Phase.TOTAL, "total", SHORT)
        hole.awaitNoClient()
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["tls", "connect", "socketConnect"])
    fun `silence in the TLS handshake`(name: String) = test {
        // The trusted certificates are read within the limit, too.
        val error = withLongEnoughLimit { limit ->
            val silent = RawServer({ it.hold() })
            val error = ends<ConnectTimeoutException>(session, secure(silent), name, limit)
            silent.awaitAllEnded()
            error.takeIf { it.phase() == Phase.TLS }?.also { assertEquals(1, silent.accepts) }
        }

        assertTimeout(error, Phase.TLS, name, error.limit().toKotlinDuration())
        session.assertServes()
    }

    @Test
    fun `silence in the TLS handshake, in total`() = test {
        val silent = RawServer({ it.hold() })

        val error = ends<TotalTimeoutException>(session, secure(silent), "total", LONG)

        assertTimeout(error, Phase.TOTAL, "total", LONG)
        silent.awaitAllEnded()
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["dns", "connect"])
    fun `a resolver that never answers`(name: String) = test {
        val session = session { connector { resolver = NEVER } }

        val error = ends<ConnectTimeoutException>(session, "http://nowhere.example/", name)

        assertTimeout(error, Phase.DNS, name, SHORT)
        session.assertServes()
    }

    @Test
    fun `a resolver that never answers, in total`() = test {
        val session = session { connector { resolver = NEVER } }

        val error = ends<TotalTimeoutException>(session, "http://nowhere.example/", "total")

        assertTimeout(error, Phase.TOTAL, "total", SHORT)
        session.assertServes()
    }

    @ParameterizedTest
    @ValueSource(strings = ["queue", "connect"])
    fun `no free slot`(name: String) = test {
        val gate = healthy.holding("/held")
        val first = inFlight { session.get(healthy.url("/held")) }
        healthy.awaitInFlight(1)

        val error = ends<QueueTimeoutException>(session, healthy.url("/"), name)

        assertTimeout(error, Phase.QUEUE, name, SHORT)
        gate.open()
        assertEquals("released", first.await().getOrThrow().text())
        session.assertServes()
    }

    @Test
    fun `of several limits the nearest ends the wait`() = test {
        val silent = RawServer({ it.hold() })

        val error = failure<ConnectTimeoutException> {
            session.get(secure(silent)) {
                timeout {
                    total = 3.hours
                    connect = 2.hours
                    socketConnect = 1.hours
                    tls = LONG
                }
            }
        }

        assertTimeout(error, Phase.TLS, "tls", LONG)
    }

    @Test
    fun `limits of other phases do not end a wait`() = test {
        val answer = withLongEnoughLimit { limit ->
            val gate = healthy.holding("/held")
            val call = inFlight {
                session.get(healthy.url("/held")) {
                    timeout {
                        connect = limit
                        socketConnect = limit
                        queue = limit
                        dns = limit
                        tls = limit
                        write = limit
                    }
                }
            }
            eventually({ "nothing is asked of $healthy" }) { healthy.inFlight == 1 || call.isCompleted }
            // As long as all of those, and begun later.
            val silent = RawServer({ it.hold() })
            ends<TotalTimeoutException>(session(), silent.url("/"), "total", limit)
            gate.open()
            val result = call.await()
            if (result.exceptionOrNull() is TimeoutException) null else result.getOrThrow().text()
        }

        assertEquals("released", answer)
    }

    private fun secure(server: RawServer) = "https://127.0.0.1:${server.port}/"

    private companion object {
        val SHORT = 60.milliseconds

        /** For what is to get somewhere first. */
        val LONG = 300.milliseconds

        val NEVER = Resolver { host ->
            if (host == "nowhere.example") CompletableFuture() else Resolver.system().resolve(host)
        }
    }
}
