package io.martlet.internal.wire

import io.martlet.fixture.ClosedPort
import io.martlet.fixture.LeakCheck
import io.martlet.fixture.RawServer
import io.martlet.fixture.textWithoutWarnings
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Case K06 of the reliability catalogue: a process that may not have as many descriptors as it wants. */
@ExtendWith(LeakCheck::class)
class FewDescriptorsTest {
    @Test
    fun `K06 without descriptors requests fail as such, and then go on`() {
        val shell = Path.of("/bin/sh")
        assumeTrue(Files.isExecutable(shell), "there is no /bin/sh to set a limit with")
        // Unread, these bodies hold their connections.
        val server = RawServer({
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello")
            it.hold()
        })
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val child = ProcessBuilder(
            shell.toString(),
            "-c",
            "ulimit -n 128 && exec \"\$@\"",
            "sh",
            java,
            "-cp",
            System.getProperty("java.class.path"),
            FewDescriptors::class.java.name,
            server.url,
            ClosedPort().url,
        ).redirectErrorStream(true).start()
        try {
            val printed = child.textWithoutWarnings()

            assertEquals(
                """
                at first: answered, cannot connect
                at the limit: answered, too many open files
                then: answered

                """.trimIndent(),
                printed,
            )
            assertEquals(0, child.waitFor())
        } finally {
            child.destroyForcibly().waitFor(10, TimeUnit.SECONDS)
        }
    }
}
