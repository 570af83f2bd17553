package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.SessionBuilder
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.fixture.eventually
import io.martlet.wire
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.extension.ExtendWith

/** Tests with real sessions over our own engine and real sockets. Every slot must have come back when they are closed. */
@ExtendWith(LeakCheck::class)
abstract class OverWire {
    private val opened = mutableListOf<WireSession>()
    private val healthy by lazy { LocalServer().on("/", Reply.text("healthy")) }

    /** A session that is closed after the test. */
    protected fun session(describe: SessionBuilder.() -> Unit = {}): WireSession {
        lateinit var engine: Engine
        val session = ClientSession {
            this.engine = EngineFactory { connector -> wire().create(connector).also { engine = it } }
            describe()
        }
        return WireSession(session, engine).also { opened += it }
    }

    @AfterEach
    fun closeSessions() {
        try {
            opened.forEach { it.awaitIdle() }
        } finally {
            opened.forEach { it.session.close() }
        }
    }

    /** Whatever happened before: all slots are free, and another server is answered as ever. */
    protected suspend fun assertHealthy(wired: WireSession) {
        wired.awaitIdle()
        assertEquals("healthy", wired.session.get(healthy.url("/")).text())
    }

    /** Runs a test. It may block, because [inFlight] has other threads. */
    protected fun test(block: suspend CoroutineScope.() -> Unit) = runBlocking { block() }

    /** Runs [action] beside the test; what it throws is a result too. */
    protected fun <T> CoroutineScope.inFlight(action: suspend () -> T): Deferred<Result<T>> =
        async(Dispatchers.Default) { runCatching { action() } }
}

/** A [session], and the [engine] below it, which prints how it uses its connections. */
class WireSession(val session: ClientSession, private val engine: Engine) {
    /** As `1 of 2 in use, 0 waiting; 0 idle`. */
    val usage: String get() = engine.toString().removePrefix("WireEngine(").removeSuffix(")")

    /** Waits until the usage is [usage], or starts with it. */
    fun awaitUsage(usage: String) = eventually({ "it is ${this.usage}, not $usage" }) { this.usage.startsWith(usage) }

    /** Waits until nothing is in use and nothing waits. */
    fun awaitIdle() = eventually({ "it is $usage, not idle" }) { IDLE in usage }

    private companion object {
        val IDLE = Regex("""^0 of \w+ in use, 0 waiting\b""")
    }
}
