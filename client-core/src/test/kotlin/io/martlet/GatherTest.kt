package io.martlet

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.IOException
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class GatherTest {
    @Test
    fun `results come in the order of the elements, whatever the order in which they come about`() = runTest {
        val action: suspend (Int) -> String = { seconds ->
            delay(seconds.seconds)
            "after $seconds"
        }
        val expected = listOf("after 30", "after 10", "after 20")

        assertEquals(expected, listOf(30, 10, 20).gather(action = action))
        assertEquals(expected, sequenceOf(30, 10, 20).gather(action = action))
        assertEquals(expected, listOf(30, 10, 20).asFlow().gather(action = action))
    }

    @Test
    fun `actions run side by side, as many as there may be`() = runTest {
        val flight = Flight()

        (1..10).gather(concurrency = 4) { flight.during { delay(1.seconds) } }

        assertEquals("10 begun, 10 ended, at most 4 at once", flight.toString())
        assertEquals(3_000, currentTime)
    }

    @Test
    fun `a hundred run at once by default`() = runTest {
        val flight = Flight()

        (1..250).gather { flight.during { delay(1.seconds) } }

        assertEquals("250 begun, 250 ended, at most 100 at once", flight.toString())
    }

    @Test
    fun `a slow action holds only its own place`() = runTest {
        val results = listOf(100, 1, 1, 1, 1, 1).gather(concurrency = 2) { delay(it.seconds) }

        assertEquals(6, results.size)
        assertEquals(100_000, currentTime)
    }

    @Test
    fun `an element is taken from an endless sequence only when there is room to run it`() = runTest {
        var taken = 0
        val endless = generateSequence(0) { it + 1 }.onEach { taken++ }

        assertTakenByWindows({ taken }) { action -> endless.gather(concurrency = 3, action) }
    }

    @Test
    fun `an element is taken from an endless flow only when there is room to run it`() = runTest {
        var taken = 0
        val endless = flow {
            while (true) emit(taken++)
        }

        assertTakenByWindows({ taken }) { action -> endless.gather(concurrency = 3, action) }
    }

    private suspend fun TestScope.assertTakenByWindows(
        taken: () -> Int,
        gather: suspend (suspend (Int) -> Unit) -> Unit,
    ) {
        val gates = List(10) { CompletableDeferred<Unit>() }
        val gathering = launch { gather { gates[it].await() } }
        runCurrent()
        assertEquals(3, taken(), "window full")

        gates[1].complete(Unit)
        runCurrent()
        assertEquals(4, taken(), "one done")

        gates[0].complete(Unit)
        gates[3].complete(Unit)
        runCurrent()
        assertEquals(6, taken(), "three done")

        gathering.cancel()
        runCurrent()
        assertEquals(6, taken(), "cancelled")
    }

    @Test
    fun `the first failure is thrown and cancels the rest`() = runTest {
        val flight = Flight()

        val thrown = assertThrows<IOException> {
            (1..10).gather(concurrency = 3) {
                flight.during {
                    delay(it.seconds)
                    if (it == 2) throw IOException("second")
                }
            }
        }

        assertEquals("second", thrown.message)
        assertEquals("4 begun, 4 ended, at most 3 at once", flight.toString())
        assertEquals(2_000, currentTime)
    }

    @Test
    fun `of two failures the earlier one is thrown, whatever the order of the elements`() = runTest {
        val thrown = assertThrows<IOException> {
            listOf(2, 1).gather {
                delay(it.seconds)
                throw IOException("after $it")
            }
        }

        assertEquals("after 1", thrown.message)
    }

    @Test
    fun `the time limit that an action sets for itself is a failure like others`() = runTest {
        val flight = Flight()

        assertThrows<TimeoutCancellationException> {
            (1..10).gather(concurrency = 3) {
                flight.during { withTimeout(it.seconds) { awaitCancellation() } }
            }
        }

        assertEquals("3 begun, 3 ended, at most 3 at once", flight.toString())
        assertEquals(1_000, currentTime)
    }

    @Test
    fun `an error of any kind is thrown`() = runTest {
        assertThrows<NotImplementedError> { listOf(1).gather { TODO() } }
    }

    @Test
    fun `cancelling the caller cancels all actions and waits for their ends`() = runTest {
        val flight = Flight()
        val gathering = launch {
            (1..10).gather(concurrency = 3) { flight.during { awaitCancellation() } }
        }
        runCurrent()
        assertEquals("3 begun, 0 ended, at most 3 at once", flight.toString())

        gathering.cancel()
        gathering.join()

        assertEquals("3 begun, 3 ended, at most 3 at once", flight.toString())
    }

    @Test
    fun `a time limit around it cancels all actions`() = runTest {
        val flight = Flight()

        assertThrows<TimeoutCancellationException> {
            withTimeout(1.seconds) { (1..10).gather(concurrency = 3) { flight.during { awaitCancellation() } } }
        }

        assertEquals("3 begun, 3 ended, at most 3 at once", flight.toString())
    }

    @Test
    fun `a source that fails ends what is running and is thrown`() = runTest {
        val flight = Flight()
        val source = flow {
            emit(1)
            emit(2)
            delay(1.seconds)
            throw IOException("source")
        }

        val thrown = assertThrows<IOException> { source.gather { flight.during { awaitCancellation() } } }

        assertEquals("source", thrown.message)
        assertEquals("2 begun, 2 ended, at most 2 at once", flight.toString())
    }

    @Test
    fun `a source that waits does not keep a failure waiting`() = runTest {
        val source = flow {
            emit(1)
            awaitCancellation()
        }

        assertThrows<IOException> { source.gather { throw IOException() } }
    }

    @Test
    fun `nothing in, nothing out`() = runTest {
        assertEquals(emptyList<Int>(), emptyList<Int>().gather { it })
        assertEquals(emptyList<Int>(), emptySequence<Int>().gather { it })
        assertEquals(emptyList<Int>(), flow<Int> {}.gather { it })
    }

    @Test
    fun `null is a result like others`() = runTest {
        assertEquals(listOf(null, 2, null), listOf(1, 2, 3).gather { if (it == 2) 2 else null })
    }

    @ParameterizedTest
    @ValueSource(ints = [0, -1, Int.MIN_VALUE])
    fun `a concurrency that is not positive is refused`(concurrency: Int) = runTest {
        val untouched = sequence<Int> { error("taken") }
        val refusals = listOf(
            assertThrows<IllegalArgumentException> { untouched.gather(concurrency) { it } },
            assertThrows<IllegalArgumentException> { untouched.gatherOutcomes(concurrency) { it } },
            assertThrows<IllegalArgumentException> { untouched.asCompleted(concurrency) { it } },
        )

        assertEquals(List(3) { "concurrency must be positive, and is $concurrency" }, refusals.map { it.message })
    }

    @Test
    fun `the largest concurrency is no burden`() = runTest {
        assertEquals(listOf(2, 4), listOf(1, 2).gather(Int.MAX_VALUE) { it * 2 })
    }

    @Test
    fun `actions run in the context of the caller`() = runTest {
        val names = withContext(CoroutineName("caller")) {
            listOf(1, 2).gather { currentCoroutineContext()[CoroutineName]?.name }
        }

        assertEquals(listOf("caller", "caller"), names)
    }

    @Test
    fun `one within another has a window of its own`() = runTest {
        val flight = Flight()

        val table = (1..4).gather(concurrency = 2) { row ->
            (1..5).gather(concurrency = 3) { column ->
                flight.during { delay(1.seconds) }
                row * column
            }
        }

        assertEquals((1..4).map { row -> (1..5).map { row * it } }, table)
        assertEquals("20 begun, 20 ended, at most 6 at once", flight.toString())
    }

    @Test
    fun `one that fails within another ends both`() = runTest {
        val flight = Flight()

        assertThrows<IOException> {
            (1..4).gather { row ->
                (1..4).gather { column ->
                    flight.during {
                        if (row * column == 9) throw IOException()
                        awaitCancellation()
                    }
                }
            }
        }

        assertEquals(flight.begun, flight.ended)
    }

    @Test
    fun `an action that does not suspend lets the others go on`() = runTest {
        val order = mutableListOf<String>()

        supervisorScope {
            val other = async {
                yield()
                order += "other"
            }
            (1..3).gather(concurrency = 1) { order += "action $it" }
            other.await()
        }

        assertEquals("action 1, other, action 2, action 3", order.joinToString())
    }
}
