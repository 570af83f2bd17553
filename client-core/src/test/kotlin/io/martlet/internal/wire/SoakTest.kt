package io.martlet.internal.wire

import io.martlet.fixture.LeakCheck
import io.martlet.internal.net.Descriptors
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

@ExtendWith(LeakCheck::class)
class SoakTest {
    @Test
    fun `where a fifth of the answers is spoiled, every request ends as it must, and nothing is left`() = runBlocking {
        val open = Descriptors.open()

        val soak = Soak(callers = 64)
        soak.use {
            it.run { id -> id < 4000 }
            it.awaitIdle()
            it.awaitNoStrayConnection()
        }

        assertEquals(emptyList<String>(), soak.wrong.toList())
        assertEquals(Fault.entries.associateWith { if (it == Fault.NONE) 3100L else 100L }, soak.tally)
        Descriptors.awaitAtMost(open)
    }
}
