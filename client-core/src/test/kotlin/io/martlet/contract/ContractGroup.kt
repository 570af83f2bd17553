package io.martlet.contract

import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.eventually
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Assumptions.abort
import org.junit.jupiter.api.extension.ExtendWith
import java.util.concurrent.CopyOnWriteArrayList

/** What every group of the contract starts from: sessions that are closed after the test, and ways to look at them. */
@ExtendWith(LeakCheck::class)
abstract class ContractGroup(protected val face: Face) {
    private val opened = CopyOnWriteArrayList<TestSession>()

    /** A session of the face, as it is by default or as [change] makes it. It is closed after the test. */
    protected fun session(change: Setup.() -> Setup = { this }): TestSession {
        lateinit var engine: Engine
        val remembering = EngineFactory { connector -> face.engine.create(connector).also { engine = it } }
        val session = face.open(Setup(engine = remembering).change())
        return TestSession(session, engine).also { opened += it }
    }

    /** Every slot must have been given back, by what the test did and by closing. */
    @AfterEach
    fun closeSessions() {
        try {
            opened.forEach { it.awaitIdle() }
        } finally {
            opened.forEach { it.close() }
        }
        opened.forEach { it.awaitIdle() }
    }

    /** Runs a test: real time, real sockets. It may block, because [inFlight] has other threads. */
    protected fun test(block: suspend CoroutineScope.() -> Unit) = runBlocking { block() }

    /** Runs [action] beside the test; what it throws is a result too. */
    protected fun <T> CoroutineScope.inFlight(action: suspend () -> T): Deferred<Result<T>> =
        async(Dispatchers.Default) { runCatching { action() } }

    /** Runs [test]; where one of [gaps] is known, it must fail, and counts as skipped. */
    protected fun unless(vararg gaps: Gap, test: () -> Unit) {
        val gap = gaps.firstOrNull { it in face.gaps } ?: return test()
        val isClosed = gap.isCertain && runCatching(test).isSuccess
        if (isClosed) fail<Unit>("$gap is a gap no longer: take it out of the face's gaps")
        abort<Unit>("Known gap: ${gap.reason}")
    }
}

/** A [session] of which the contract also sees the [engine]. */
class TestSession(private val session: Face.Session, private val engine: Engine) : Face.Session by session {
    /** Waits until the engine prints [usage], such as `1 of 2 in use, 0 waiting`, or [orElse] holds. */
    fun awaitUsage(usage: String, orElse: () -> Boolean = { false }) =
        eventually({ "the engine is $engine, not $usage" }) { usage in engine.toString() || orElse() }

    /** Waits until nothing is in use and nothing waits. */
    fun awaitIdle() = eventually({ "the engine is $engine, not idle" }) { IDLE in engine.toString() }

    override fun toString(): String = session.toString()

    private companion object {
        val IDLE = Regex("""\b0 of \w+ in use, 0 waiting\b""")
    }
}

/** What [action] throws, which must be exactly an [E]. */
suspend inline fun <reified E : Throwable> failure(action: suspend () -> Any?): E =
    assertFailed(runCatching { action() })

/** What ended [result], which must be exactly an [E]. */
inline fun <reified E : Throwable> assertFailed(result: Result<Any?>): E {
    val error = result.exceptionOrNull() ?: return fail("Expected ${E::class.simpleName}, got ${result.getOrNull()}")
    if (error.javaClass != E::class.java) fail<Unit>("Expected ${E::class.simpleName}, got $error", error)
    return error as E
}

/** None of [secrets] is in what [error] prints, causes included. */
fun assertKeepsSecret(error: Throwable, vararg secrets: String) {
    val printed = error.stackTraceToString()
    secrets.forEach { assertFalse(it in printed) { "$it is in: $printed" } }
}
