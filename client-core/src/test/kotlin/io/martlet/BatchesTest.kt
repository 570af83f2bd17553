package io.martlet

import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.IOException
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class BatchesTest {
    @Test
    fun `a batch begins when all of the one before have ended`() = runTest {
        val begun = mutableListOf<Pair<Int, Long>>()

        val results = listOf(3, 1, 1, 1, 1).batches(2) {
            begun += it to currentTime / 1000
            delay(it.seconds)
            it * 10
        }

        assertEquals(listOf(30, 10, 10, 10, 10), results)
        assertEquals(listOf(0L, 0L, 3L, 3L, 4L), begun.map { it.second })
    }

    @Test
    fun `between two batches there is a pause`() = runTest {
        (1..5).asFlow().batches(2, pause = 10.seconds) { delay(1.seconds) }

        assertEquals(23_000, currentTime)
    }

    @Test
    fun `elements are taken when the batch before has ended`() = runTest {
        var taken = 0
        val endless = generateSequence(1) { it + 1 }.onEach { taken++ }

        assertThrows<IOException> { endless.batches(3) { if (it == 5) throw IOException() } }

        assertEquals(6, taken)
    }

    @Test
    fun `the first failure cancels its batch`() = runTest {
        val flight = Flight()

        assertThrows<IOException> {
            (1..9).batches(3) {
                flight.during {
                    delay(it.seconds)
                    if (it == 2) throw IOException()
                }
            }
        }

        assertEquals("3 begun, 3 ended, at most 3 at once", "$flight")
        assertEquals(2_000, currentTime)
    }

    @Test
    fun `nothing in, nothing out`() = runTest {
        assertEquals(emptyList<Int>(), emptyList<Int>().batches(3) { it })
    }

    @Test
    fun `what makes no sense is refused`() = runTest {
        assertThrows<IllegalArgumentException> { listOf(1).batches(0) { it } }
        assertThrows<IllegalArgumentException> { listOf(1).batches(1, (-1).seconds) { it } }
    }
}
