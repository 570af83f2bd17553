package io.martlet.internal.wire

import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** Case K09 of the reliability catalogue: nothing of a session keeps the JVM from ending. */
@ExtendWith(LeakCheck::class)
class UnclosedSessionTest {
    @Test
    fun `K09 a program ends with its main, whatever its session is doing`() {
        val server = LocalServer().on("/", Reply.text("hello"))
        val silent = RawServer.stalling()
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val child = ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            UnclosedSession::class.java.name,
            server.url("/"),
            silent.url("/"),
        ).redirectErrorStream(true).start()
        try {
            val printed = child.inputStream.bufferedReader().lineSequence()
                .first { it.isNotEmpty() && !it.startsWith("WARNING: ") }
            val ended = TimeSource.Monotonic.markNow()

            assertEquals("main ends", printed)
            assertTrue(child.waitFor(30, TimeUnit.SECONDS))
            assertTrue(ended.elapsedNow() < LONGEST) { "it took ${ended.elapsedNow()}" }
            assertEquals(0, child.exitValue())
        } finally {
            child.destroyForcibly().waitFor(10, TimeUnit.SECONDS)
        }
    }

    private companion object {
        /** The case says two seconds; a busy machine needs some to end a process. */
        val LONGEST = 10.seconds
    }
}
