package io.martlet.async

import io.martlet.engine.EngineFactory
import io.martlet.engine.Middleware
import io.martlet.testing.Answer
import io.martlet.testing.ScriptedEngine
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertInstanceOf
import org.junit.jupiter.api.assertThrows
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.milliseconds

/** Middlewares that were written in Kotlin, in sessions of Java. */
internal class KotlinMiddlewareTest {
    private fun adding(name: String) = Middleware { request, next ->
        next.execute(request.withHeaders(request.headers.toBuilder().add("X-Way", name).build()))
    }

    @Test
    fun `they go along with those of Java`() {
        val engine = ScriptedEngine(Answer.status(204))
        val ofJava = AsyncMiddleware { request, next ->
            next.send(request.withHeaders(request.headers.toBuilder().add("X-Way", "java").build()))
        }
        AsyncSession.builder().engine(EngineFactory { engine }).use(adding("outer")).use(ofJava).build().use {
            it.get("http://h/") { request -> request.use(adding("own")) }.join()
        }

        assertEquals(listOf("outer", "java", "own"), engine.request.request.headers.getAll("X-Way"))
    }

    @Test
    fun `a time limit that gets out of one is an error and no cancellation`() {
        val impatient = Middleware { _, _ -> withTimeout(1.milliseconds) { awaitCancellation() } }
        AsyncSession.builder().engine(EngineFactory { ScriptedEngine() }).use(impatient).build().use {
            val call = it.get("http://h/")

            val error = assertThrows<ExecutionException> { call.get() }

            assertEquals("Timed out waiting for 1 ms", assertInstanceOf<TimeoutException>(error.cause).message)
            assertFalse(call.isCancelled)
        }
    }
}
