package io.martlet

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.IOException
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class GatherOutcomesTest {
    private val boom = IOException("boom")
    private val oddFails: suspend (Int) -> Int = {
        delay(it.seconds)
        if (it % 2 == 1) throw boom else it * 10
    }
    private val expected = listOf(
        Outcome.Success(0, 40),
        Outcome.Failure<Int>(1, boom),
        Outcome.Success(2, 20),
        Outcome.Failure(3, boom),
    )

    @Test
    fun `each element has its outcome, in the order of the elements, and a failure stops nothing`() = runTest {
        assertEquals(expected, listOf(4, 3, 2, 1).gatherOutcomes(action = oddFails))
        assertEquals(expected, sequenceOf(4, 3, 2, 1).gatherOutcomes(action = oddFails))
        assertEquals(expected, listOf(4, 3, 2, 1).asFlow().gatherOutcomes(action = oddFails))
    }

    @Test
    fun `as many run at once as there may be, failures or not`() = runTest {
        val flight = Flight()

        (1..10).gatherOutcomes(concurrency = 4) {
            flight.during {
                delay(1.seconds)
                throw boom
            }
        }

        assertEquals("10 begun, 10 ended, at most 4 at once", flight.toString())
        assertEquals(3_000, currentTime)
    }

    @Test
    fun `the time limit that an action sets for itself is a failure`() = runTest {
        val outcomes = listOf(5, 1, 3).gatherOutcomes { withTimeout(2.seconds) { delay(it.seconds) } }

        assertEquals("[false, true, false]", outcomes.map { it.isSuccess }.toString())
        assertInstanceOf(TimeoutCancellationException::class.java, (outcomes[0] as Outcome.Failure).error)
        assertEquals(2_000, currentTime)
    }

    @Test
    fun `what an action cancels of its own is a failure`() = runTest {
        val outcomes = listOf(1, 2).gatherOutcomes { if (it == 1) throw CancellationException("mine") else it }

        assertEquals("mine", (outcomes[0] as Outcome.Failure).error.message)
        assertEquals(Outcome.Success(1, 2), outcomes[1])
    }

    @Test
    fun `an error that no program should catch is no outcome`() = runTest {
        val thrown = assertThrows<OutOfMemoryError> { listOf(1, 2).gatherOutcomes { throw OutOfMemoryError("heap") } }

        assertEquals("heap", thrown.message)
    }

    @Test
    fun `cancelling the caller cancels all, and is no outcome`() = runTest {
        val flight = Flight()
        var outcomes: List<Outcome<Unit>>? = null
        val gathering = launch {
            outcomes = (1..10).gatherOutcomes(concurrency = 3) { flight.during { awaitCancellation() } }
        }
        runCurrent()
        gathering.cancel()
        gathering.join()

        assertEquals("3 begun, 3 ended, at most 3 at once", flight.toString())
        assertEquals(null, outcomes)
    }

    @Test
    fun `an action that turns its cancellation into another error keeps nothing alive`() = runTest {
        val flight = Flight()
        val gathering = launch {
            (1..10).gatherOutcomes(concurrency = 3) {
                flight.during {
                    try {
                        awaitCancellation()
                    } finally {
                        throw boom
                    }
                }
            }
        }
        runCurrent()
        gathering.cancel()
        gathering.join()

        assertEquals("3 begun, 3 ended, at most 3 at once", flight.toString())
    }

    @Test
    fun `a time limit around it is no outcome`() = runTest {
        assertThrows<TimeoutCancellationException> {
            withTimeout(1.seconds) { (1..10).gatherOutcomes { delay(it.seconds) } }
        }
    }

    @Test
    fun `a source that fails is thrown`() = runTest {
        val source = flow {
            emit(1)
            throw IOException("source")
        }

        assertEquals("source", assertThrows<IOException> { source.gatherOutcomes { it } }.message)
    }

    @Test
    fun `nothing in, nothing out`() = runTest {
        assertEquals(emptyList<Outcome<Int>>(), emptyList<Int>().gatherOutcomes { it })
    }

    @Test
    fun `null is a success`() = runTest {
        assertEquals(listOf(Outcome.Success<Int?>(0, null)), listOf(1).gatherOutcomes<Int, Int?> { null })
    }

    @Test
    fun `no coroutine is left when it returns`() = runTest {
        (1..100).gatherOutcomes(concurrency = 7, oddFails)

        assertEquals(emptyList<Any>(), currentCoroutineContext().job.children.toList())
    }
}
