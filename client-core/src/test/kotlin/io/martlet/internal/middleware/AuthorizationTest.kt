package io.martlet.internal.middleware

import io.martlet.ClientSession
import io.martlet.answered
import io.martlet.auth.Authentication
import io.martlet.auth.Basic
import io.martlet.auth.Bearer
import io.martlet.auth.BearerTokens
import io.martlet.auth.Digest
import io.martlet.auth.Netrc
import io.martlet.body.RequestBody
import io.martlet.body.SourceBody
import io.martlet.config.ClientTimeout
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException.AuthenticationException
import io.martlet.error.ClientException.RequestBodyException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.http.ClientRequest
import io.martlet.http.MediaType
import io.martlet.http.Method
import io.martlet.http.StreamingResponse
import io.martlet.memoryBody
import io.martlet.testing.Answer
import io.martlet.testing.ScriptedEngine
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds

class AuthorizationTest {
    private val welcoming = ScriptedEngine { Answer.text("welcome") }

    /** Without a limit of time: tokens and hashes are had on other threads, which virtual time does not wait for. */
    private fun session(engine: Engine, auth: Authentication) = ClientSession {
        engine(engine)
        baseUrl = "http://h/"
        timeout(ClientTimeout.NONE)
        this.auth = auth
    }

    private val ScriptedEngine.credentials get() = requests.map { it.request.headers["Authorization"] }

    @Test
    fun `a request may ask as nobody`() = runTest {
        session(welcoming, Bearer("t")).get("") { auth = null }

        assertEquals(listOf(null), welcoming.credentials)
    }

    @Test
    fun `a request knows what its session says`() {
        val bearer = Bearer("t")

        session(welcoming, bearer).newRequest(Method.GET, "") { assertEquals(bearer, auth) }
    }

    @Test
    fun `the caller's middlewares see what is sent`() = runTest {
        val seen = mutableListOf<ClientRequest>()
        val session = ClientSession {
            engine(welcoming)
            auth = Basic("me", "pass")
            use(
                Middleware { request, next ->
                    seen += request
                    next.execute(request.toBuilder().build())
                },
            )
        }

        session.get("http://h/")

        assertEquals("Basic bWU6cGFzcw==", seen.single().headers["Authorization"])
        assertNull(seen.single().options.auth)
    }

    @Test
    fun `a user in the URL beside auth is refused`() {
        val session = session(welcoming, Bearer("t"))

        assertThrows<IllegalArgumentException> { session.newRequest(Method.GET, "http://u:p@h/") }
    }

    @Test
    fun `a user in the URL goes before a netrc`() = runTest {
        session(welcoming, Netrc.parse("default login l password p")).get("http://me:pass@h/")

        assertEquals(listOf("Basic bWU6cGFzcw=="), welcoming.credentials)
    }

    @Test
    fun `a host that is in no netrc gets nothing`() = runTest {
        session(welcoming, Netrc.parse("machine other login l password p")).get("")

        assertEquals(listOf(null), welcoming.credentials)
    }

    @Test
    fun `a response that is not returned is closed`() = runTest {
        val bodies = mutableListOf(memoryBody("who?"), memoryBody("welcome"))
        val engine = Engine { it.answered(if (bodies.size == 2) 401 else 200, bodies.removeFirst()) }
        val refused = bodies.first()

        session(engine, BearerTokens("old") { "new" }).get("")

        assertTrue(refused.isClosed)
    }

    @Test
    fun `a body that can be sent only once is not repeated, and its token not used again`() = runTest {
        val engine = ScriptedEngine(Answer.status(401), Answer.text("welcome"))
        val session = session(engine, BearerTokens("old") { "new" })

        val first = session.post("") { body(RequestBody.source(-1, MediaType.TEXT) { memoryBody("once") }) }
        val second = session.post("")

        assertEquals(listOf(401, 200), listOf(first.status, second.status))
        assertEquals(listOf("Bearer old", "Bearer new"), engine.credentials)
    }

    @Test
    fun `many requests without a token wait for one`() = runTest {
        val asked = AtomicInteger()
        val token = CompletableFuture<String>()
        val tokens = BearerTokens.refreshedBy {
            asked.incrementAndGet()
            token
        }
        val session = session(welcoming, tokens)
        val waiting = List(3) { async { session.get("") } }
        testScheduler.runCurrent()

        token.complete("t")
        waiting.awaitAll()

        assertEquals(List(3) { "Bearer t" }, welcoming.credentials)
        assertEquals(1, asked.get())
    }

    @Test
    fun `whoever waits for a token can be cancelled, and the next gets it`() = runTest {
        val entered = CompletableFuture<Unit>()
        val token = CompletableFuture<String>()
        val tokens = BearerTokens.refreshedBy {
            entered.complete(Unit)
            token
        }
        val session = session(welcoming, tokens)
        val cancelled = launch { session.get("") }
        entered.await()

        cancelled.cancelAndJoin()
        token.complete("t")
        session.get("")

        assertEquals(listOf("Bearer t"), welcoming.credentials)
    }

    @Test
    fun `the total limit holds while a token is waited for, whatever keeps it below`() = runTest {
        val keeping = object : Engine {
            override val keepsDeadlines get() = true

            override suspend fun execute(request: ClientRequest): StreamingResponse = throw AssertionError()
        }
        val session = session(keeping, BearerTokens.refreshedBy { CompletableFuture() })

        assertThrows<TotalTimeoutException> { session.get("") { timeout { total = 1.milliseconds } } }
    }

    @Test
    fun `a refresh that cancels itself is an error and no cancellation`() = runTest {
        val session = session(welcoming, BearerTokens { throw CancellationException("mine") })

        val thrown = assertThrows<AuthenticationException> { session.get("") }

        assertInstanceOf(CancellationException::class.java, thrown.cause)
    }

    @Test
    fun `a body that cannot be read for its hash is an error of the body`() = runTest {
        val challenge = "Digest realm=r, nonce=n, qop=auth-int"
        val engine = ScriptedEngine(Answer.status(401).withHeader("WWW-Authenticate", challenge))
        var opened = 0
        val fragile = SourceBody(-1, MediaType.TEXT, true) {
            if (opened++ > 0) throw IllegalStateException("gone")
            memoryBody("once")
        }

        assertThrows<RequestBodyException> { session(engine, Digest("me", "pw")).post("") { body(fragile) } }
    }
}
