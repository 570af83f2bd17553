package io.martlet.internal.wire

import io.martlet.fixture.LeakCheck
import io.martlet.fixture.PrintedLogs
import io.martlet.fixture.RawServer
import io.martlet.fixture.textWithoutWarnings
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** What is logged, seen from a process that prints all of it. */
@ExtendWith(LeakCheck::class)
class WarningsTest {
    private val endless = RawServer({
        it.readHead()
        it.send("HTTP/1.1 200 OK\r\nSet-Cookie: id=s3cret\r\n\r\nhello")
        it.hold()
    })
    private val plain = RawServer({
        it.awaitReceived(5)
        it.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        it.fin()
    })

    private fun logged(): List<String> {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val child = ProcessBuilder(
            java,
            "-Dslf4j.provider=${PrintedLogs::class.java.name}",
            "-cp",
            System.getProperty("java.class.path"),
            Warnings::class.java.name,
            endless.url,
            plain.url,
        ).redirectErrorStream(true).start()
        try {
            return child.textWithoutWarnings().lines().also {
                assertTrue("done" in it) { "$it" }
                assertTrue(child.waitFor(30, TimeUnit.SECONDS))
            }
        } finally {
            child.destroyForcibly().waitFor(10, TimeUnit.SECONDS)
        }
    }

    @Test
    fun `G08 a dropped response is warned of once, by its origin`() {
        val warned = logged().filter { it.startsWith("WARN A response from ") }

        assertEquals(1, warned.size) { "$warned" }
        assertTrue(warned.single().startsWith("WARN A response from ${endless.url} was dropped")) { "$warned" }
    }

    @Test
    fun `L06 no log holds a secret`() {
        val logged = logged()

        assertTrue(logged.any { it.startsWith("ERROR The trace listener failed on Failed") }) { "$logged" }
        assertTrue(logged.any { it.startsWith("WARN TLS certificates are not verified") }) { "$logged" }
        assertFalse(logged.any { "s3cret" in it }) { "$logged" }
    }
}
