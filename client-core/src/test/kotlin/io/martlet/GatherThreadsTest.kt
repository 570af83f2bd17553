package io.martlet

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.IOException
import java.util.concurrent.atomic.AtomicInteger
import kotlin.random.Random

/** The same under real threads: many elements, and moments that no schedule of ours would choose. */
class GatherThreadsTest {
    @Test
    fun `never more than the window is taken or running, and every result is in its place`() = onThreads {
        val flight = Flight()
        val taken = AtomicInteger()
        val mostAhead = AtomicInteger()
        val source = (0 until ELEMENTS).asSequence().onEach {
            val endedBefore = flight.ended
            mostAhead.accumulateAndGet(taken.incrementAndGet() - endedBefore, ::maxOf)
        }

        val results = source.gather(concurrency = WINDOW) {
            flight.during {
                wander(it)
                it
            }
        }

        assertEquals((0 until ELEMENTS).toList(), results)
        assertEquals(ELEMENTS, flight.ended)
        assertTrue(flight.atMost <= WINDOW) { "$flight" }
        assertTrue(mostAhead.get() <= WINDOW) { "$mostAhead taken and not done" }
    }

    @Test
    fun `every outcome is in its place`() = onThreads {
        val outcomes = (0 until ELEMENTS).gatherOutcomes(concurrency = WINDOW) {
            wander(it)
            if (it % 3 == 0) throw IOException("$it") else it
        }

        val expected = (0 until ELEMENTS).map { if (it % 3 == 0) "$it: $it failed" else "$it: $it" }
        assertEquals(expected, outcomes.map { said(it) })
    }

    @Test
    fun `results that come about at the same moment are all in their places`() = onThreads {
        val arrivals = List(ELEMENTS / 2) { AtomicInteger() }

        val results = (0 until ELEMENTS).gather(concurrency = 2) {
            meet(arrivals[it / 2])
            it
        }

        assertEquals((0 until ELEMENTS).toList(), results)
    }

    /** Waits for the other one, though not for long: it may have no processor. */
    private fun meet(arrivals: AtomicInteger) {
        arrivals.incrementAndGet()
        var patience = 10_000
        while (arrivals.get() < 2 && --patience > 0) Thread.onSpinWait()
    }

    private fun said(outcome: Outcome<Int>) = when (outcome) {
        is Outcome.Success -> "${outcome.index}: ${outcome.value}"
        is Outcome.Failure -> "${outcome.index}: ${outcome.error.message} failed"
    }

    @Test
    fun `every outcome is collected once`() = onThreads {
        val flight = Flight()

        val collected = (0 until ELEMENTS).asFlow().asCompleted(concurrency = WINDOW) {
            flight.during {
                wander(it)
                it
            }
        }.map { assertEquals(it.index().toInt(), it.orElseThrow()) to it.index().toInt() }.toList()

        assertEquals((0 until ELEMENTS).toList(), collected.map { it.second }.sorted())
        assertTrue(flight.atMost <= WINDOW) { "$flight" }
    }

    @Test
    fun `nothing is under way any more when a failure is thrown`() = onThreads {
        repeat(SCHEDULES) { round ->
            val flight = Flight()
            val fatal = Random.nextInt(WINDOW * 3)

            val thrown = assertThrows<IOException> {
                withContext(Dispatchers.Default) {
                    (0 until WINDOW * 3).gather(concurrency = WINDOW) {
                        flight.during {
                            wander(it + round)
                            if (it == fatal) throw IOException("$it")
                        }
                    }
                }
            }

            assertEquals("$fatal", thrown.message)
            assertEquals(flight.begun, flight.ended)
        }
    }

    @Test
    fun `nothing is under way any more when a cancelled caller ends`() = onThreads {
        repeat(SCHEDULES) { round ->
            val flight = Flight()
            var result: String? = null
            val gathering = launch {
                try {
                    (0 until WINDOW * 3).gather(concurrency = WINDOW) { flight.during { wander(it + round) } }
                    result = "done"
                } catch (e: CancellationException) {
                    result = "cancelled"
                    throw e
                }
            }
            wander(round)
            gathering.cancel()
            gathering.join()

            assertEquals(flight.begun, flight.ended)
            if (result == "done") assertEquals(WINDOW * 3, flight.ended)
        }
    }

    private fun onThreads(test: suspend CoroutineScope.() -> Unit) = runBlocking(Dispatchers.Default, test)

    /** Goes on at once, later, or on another thread. */
    private suspend fun wander(seed: Int) {
        repeat(seed % 3) { yield() }
        if (seed % 5 == 0) withContext(Dispatchers.IO) { Thread.onSpinWait() }
    }

    private companion object {
        const val ELEMENTS = 20_000
        const val SCHEDULES = 500
        const val WINDOW = 7
    }
}
