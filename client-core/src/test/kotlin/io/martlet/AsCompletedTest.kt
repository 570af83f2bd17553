package io.martlet

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
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
class AsCompletedTest {
    private val boom = IOException("boom")

    @Test
    fun `outcomes come in the order in which they come about, and know their elements`() = runTest {
        val action: suspend (Int) -> String = {
            delay(it.seconds)
            if (it == 2) throw boom else "after $it"
        }
        val expected = listOf(Outcome.Success(1, "after 1"), Outcome.Failure(2, boom), Outcome.Success(0, "after 3"))

        assertEquals(expected, listOf(3, 1, 2).asCompleted(action = action).toList())
        assertEquals(expected, sequenceOf(3, 1, 2).asCompleted(action = action).toList())
        assertEquals(expected, listOf(3, 1, 2).asFlow().asCompleted(action = action).toList())
    }

    @Test
    fun `nothing runs before the flow is collected, and everything each time it is`() = runTest {
        val flight = Flight()
        val flow = listOf(1, 2).asCompleted { flight.during { it } }
        runCurrent()
        assertEquals("0 begun, 0 ended, at most 0 at once", flight.toString())

        flow.toList()
        flow.toList()

        assertEquals(4, flight.begun)
    }

    @Test
    fun `a collector that falls behind holds the work and the source back`() = runTest {
        val flight = Flight()
        var taken = 0
        val endless = generateSequence(0) { it + 1 }.onEach { taken++ }
        val gates = List(3) { CompletableDeferred<Unit>() }
        var collected = 0
        val collecting = launch {
            endless.asCompleted(concurrency = 3) { flight.during { it } }.collect { gates[collected++].await() }
        }

        runCurrent()
        assertEquals("collected 1, taken 4, 4 begun", "collected $collected, taken $taken, ${flight.begun} begun")
        gates[0].complete(Unit)
        runCurrent()
        assertEquals("collected 2, taken 5, 5 begun", "collected $collected, taken $taken, ${flight.begun} begun")

        collecting.cancel()
    }

    @Test
    fun `slow actions run side by side, as many as there may be`() = runTest {
        val flight = Flight()

        val outcomes = (1..10).asCompleted(concurrency = 4) { flight.during { delay(1.seconds) } }.toList()

        assertEquals(10, outcomes.size)
        assertEquals("10 begun, 10 ended, at most 4 at once", flight.toString())
        assertEquals(3_000, currentTime)
    }

    @Test
    fun `a collector that has enough cancels the rest`() = runTest {
        val flight = Flight()

        val first = (1..10).asCompleted(concurrency = 3) {
            flight.during {
                delay(it.seconds)
                it
            }
        }.first()

        assertEquals(Outcome.Success(0, 1), first)
        assertEquals(1_000, currentTime)
        assertEquals(flight.begun, flight.ended)
    }

    @Test
    fun `an endless source ends with its collector`() = runTest {
        val outcomes = generateSequence(1) { it + 1 }.asCompleted(concurrency = 3) {
            delay(it.seconds)
            it
        }.take(5).map { it.orElseThrow() }.toList()

        assertEquals(listOf(1, 2, 3, 4, 5), outcomes)
    }

    @Test
    fun `a collector that fails cancels all`() = runTest {
        val flight = Flight()

        assertThrows<IOException> {
            (1..10).asCompleted(concurrency = 3) { flight.during { delay(it.seconds) } }.collect { throw boom }
        }

        assertEquals(flight.begun, flight.ended)
        assertEquals(1_000, currentTime)
    }

    @Test
    fun `cancelling the collector cancels all`() = runTest {
        val flight = Flight()
        val collecting = launch {
            (1..10).asCompleted(concurrency = 3) { flight.during { awaitCancellation() } }.toList()
        }
        runCurrent()
        collecting.cancel()
        collecting.join()

        assertEquals("3 begun, 3 ended, at most 3 at once", flight.toString())
    }

    @Test
    fun `the time limit that an action sets for itself is a failure`() = runTest {
        val outcomes = listOf(3, 1).asCompleted { withTimeout(2.seconds) { delay(it.seconds) } }.toList()

        assertEquals(Outcome.Success(1, Unit), outcomes[0])
        assertInstanceOf(TimeoutCancellationException::class.java, (outcomes[1] as Outcome.Failure).error)
    }

    @Test
    fun `a source that fails does so after the outcomes that there are`() = runTest {
        val source = flow {
            emit(1)
            delay(1.seconds)
            throw boom
        }

        val seen = source.asCompleted { it }.map { it.toString() }.catch { emit(it.message!!) }.toList()

        assertEquals(listOf("Success[index=0, value=1]", "boom"), seen)
    }

    @Test
    fun `nothing in, nothing out`() = runTest {
        assertEquals(emptyList<Outcome<Int>>(), emptyList<Int>().asCompleted { it }.toList())
    }
}
