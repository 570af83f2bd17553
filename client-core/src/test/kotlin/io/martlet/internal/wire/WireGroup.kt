package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.SessionBuilder
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.error.ClientException.TimeoutException
import io.martlet.error.Phase
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.fixture.eventually
import io.martlet.wire
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.extension.ExtendWith
import java.time.Duration
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.toJavaDuration

/** What tests of our engine over real sockets start from: sessions that are closed after the test, and ways to look at them. */
@ExtendWith(LeakCheck::class)
abstract class WireGroup {
    private val engines = ConcurrentHashMap<ClientSession, Engine>()

    /** Answers "hello" at `/`. */
    protected val healthy: LocalServer by lazy { LocalServer().on("/", Reply.text("hello")) }

    /** A session over our engine, closed after the test; every slot must be free then. */
    protected fun session(describe: SessionBuilder.() -> Unit = {}): ClientSession {
        lateinit var made: Engine
        val session = ClientSession {
            engine = EngineFactory { connector -> wire().create(connector).also { made = it } }
            describe()
        }
        engines[session] = made
        return session
    }

    @AfterEach
    fun closeSessions() {
        try {
            engines.keys.forEach { it.awaitIdle() }
        } finally {
            engines.keys.forEach { it.close() }
        }
        engines.keys.forEach { it.awaitIdle() }
    }

    /** Waits until the engine prints [usage], such as `1 of 2 in use, 0 waiting`. */
    protected fun ClientSession.awaitUsage(usage: String) =
        eventually({ "the engine is ${engines[this]}, not $usage" }) { usage in engines[this].toString() }

    /** Waits until nothing is in use and nothing waits. */
    protected fun ClientSession.awaitIdle() =
        eventually({ "the engine is ${engines[this]}, not idle" }) { IDLE in engines[this].toString() }

    /** All slots are free again, and the session serves. */
    protected suspend fun ClientSession.assertServes() {
        awaitIdle()
        assertEquals("hello", get(healthy.url("/")).text())
    }

    /** Runs a test: real time, real sockets. It may block, because [inFlight] has other threads. */
    protected fun test(block: suspend CoroutineScope.() -> Unit) = runBlocking { block() }

    /** Runs [action] beside the test; what it throws is a result too. */
    protected fun <T> CoroutineScope.inFlight(action: suspend () -> T): Deferred<Result<T>> =
        async(Dispatchers.Default) { runCatching { action() } }

    /** [error] says in which [phase] it struck, of which limit, and did not strike too early; it is no cancellation. */
    protected fun assertTimeout(error: TimeoutException, phase: Phase, name: String, limit: kotlin.time.Duration) {
        val printed = error.message.orEmpty()
        assertTrue(error.elapsed() >= limit.toJavaDuration()) { "after ${error.elapsed()}, too early: $printed" }
        assertEquals(phase to limit.toJavaDuration(), error.phase() to error.limit(), printed)
        assertTrue("(limit $name = " in printed || "; limit $name = " in printed) { "no limit $name in: $printed" }
        assertTrue(print(error.elapsed()) in printed) { "not ${print(error.elapsed())} in: $printed" }
        assertFalse((error as Throwable) is CancellationException)
    }

    private fun print(elapsed: Duration): String {
        val tenths = elapsed.toMillis() / 100
        if (tenths < 10) return "${elapsed.toMillis()} ms"
        return if (tenths % 10 == 0L) "${tenths / 10} s" else "${tenths / 10}.${tenths % 10} s"
    }

    private companion object {
        val IDLE = Regex("""\b0 of \w+ in use, 0 waiting\b""")
    }
}
