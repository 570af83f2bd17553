package io.martlet

import io.martlet.fixture.textWithoutWarnings
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.nio.file.Path
import java.util.concurrent.TimeUnit

class MillionRequestsTest {
    @Test
    @Timeout(180)
    fun `a million requests need no more than 64 MiB`() {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val child = ProcessBuilder(
            java,
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            MillionRequests::class.java.name,
        ).redirectErrorStream(true).start()
        try {
            val printed = child.textWithoutWarnings()

            assertEquals(0, child.waitFor(), printed)
            assertEquals(
                """
                gather: sum 499999500000, N ms
                gatherOutcomes: 1000000 in order true, 1000 failures, N ms
                heap: N of N MiB in use

                """.trimIndent(),
                printed.replace(Regex("\\d+ ms"), "N ms").replace(Regex("\\d+ of \\d+ MiB"), "N of N MiB"),
            )
        } finally {
            child.destroyForcibly().waitFor(10, TimeUnit.SECONDS)
        }
    }
}
