package io.martlet

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.IOException
import java.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Gathering with limits for each host, and with progress. */
@OptIn(ExperimentalCoroutinesApi::class)
class GatherOptionsGatherTest {
    private val perHost = GatherOptions.builder<String>().concurrency(10).perHost(2).host { it.substringBefore('/') }

    @Test
    fun `of one host no more run than may, whatever stands before the others`() = runTest {
        val flights = mapOf("a" to Flight(), "b" to Flight())
        val elements = (1..20).map { "a/$it" } + (1..4).map { "b/$it" }
        var endOfB = 0L

        val results = elements.gather(perHost.build()) { element ->
            flights.getValue(element.substringBefore('/')).during { delay(1.seconds) }
            if (element.startsWith("b")) endOfB = currentTime
            element
        }

        assertEquals(elements, results)
        assertEquals("20 begun, 20 ended, at most 2 at once", "${flights["a"]}")
        assertEquals("4 begun, 4 ended, at most 2 at once", "${flights["b"]}")
        assertEquals(2_000, endOfB)
        assertEquals(10_000, currentTime)
    }

    @Test
    fun `in all no more run than may`() = runTest {
        val flight = Flight()
        val elements = (1..100).map { "${it % 20}/$it" }

        elements.asFlow().gather(perHost.build()) { flight.during { delay(1.seconds) } }

        assertEquals("100 begun, 100 ended, at most 10 at once", "$flight")
        assertEquals(10_000, currentTime)
    }

    @Test
    fun `no more elements are taken than may be put aside`() = runTest {
        var taken = 0
        val endless = generateSequence(0) { it + 1 }.map { "a/$it" }.onEach { taken++ }
        val gates = List(10) { CompletableDeferred<Unit>() }
        var next = 0
        val gathering = launch { endless.gather(perHost.lookAhead(5).build()) { gates[next++].await() } }
        runCurrent()
        assertEquals(7, taken, "two run, five are aside")

        gates[1].complete(Unit)
        runCurrent()
        assertEquals(8, taken, "one done")

        gathering.cancel()
        runCurrent()
        assertEquals(8, taken, "cancelled")
    }

    @Test
    fun `the first failure ends what was put aside too`() = runTest {
        val flight = Flight()

        assertThrows<IOException> {
            (1..10).map { "a/$it" }.gather(perHost.build()) {
                flight.during {
                    delay(1.seconds)
                    throw IOException()
                }
            }
        }

        assertEquals(2, flight.begun)
    }

    @Test
    fun `failures are outcomes, and let the next one run`() = runTest {
        val elements = (0..9).map { "a/$it" }

        val outcomes = elements.gatherOutcomes(perHost.build()) { if (it.endsWith("3")) throw IOException() else it }
        val completed = elements.asSequence().asCompleted(perHost.build()) { it }.toList()

        assertEquals(listOf(3), outcomes.indices.filter { !outcomes[it].isSuccess })
        assertEquals((0L..9L).toList(), completed.map { it.index() }.sorted())
    }

    @Test
    fun `progress is told after each, and at the end`() = runTest {
        val told = mutableListOf<String>()
        val options = GatherOptions.builder<Int>().concurrency(1).progressInterval(Duration.ZERO)
            .nanoClock { currentTime * 1_000_000 }.progress { told += it.print() }

        listOf(1, 2, 3).gatherOutcomes(options.build()) {
            delay(1.seconds)
            if (it == 2) throw IOException()
            ByteArray(it)
        }

        assertEquals(
            listOf(
                "1 + 0 of 3, 0 in flight, 1 bytes, 1 s, PT2S left",
                "1 + 1 of 3, 0 in flight, 1 bytes, 2 s, PT1S left",
                "2 + 1 of 3, 0 in flight, 4 bytes, 3 s, PT0S left",
            ),
            told,
        )
    }

    @Test
    fun `progress is told no more often than is asked for`() = runTest {
        val told = mutableListOf<Long>()
        val options = GatherOptions.builder<Int>().concurrency(1).progressInterval(Duration.ofSeconds(4))
            .nanoClock { currentTime * 1_000_000 }.progress { told += it.ended() }

        (1..10).asSequence().gather(options.build()) { delay(1.seconds) }

        assertEquals(listOf(4L, 8L, 10L), told)
    }

    @Test
    fun `what the listener throws ends it all`() = runTest {
        val options = GatherOptions.builder<Int>().progressInterval(Duration.ZERO).progress { error("by a test") }

        assertThrows<IllegalStateException> { (1..10).gather(options.build()) { it } }
    }

    @Test
    fun `what the listener throws does not hide what failed`() = runTest {
        // One that coroutines cannot copy.
        class Refused(port: Int) : IOException("port $port")
        val options = GatherOptions.builder<Int>().progressInterval(Duration.ZERO).progress { error("the listener") }

        val thrown = assertThrows<Refused> { listOf(1).asSequence().gather(options.build()) { throw Refused(it) } }

        assertEquals(listOf("the listener"), thrown.suppressed.map { it.message })
    }

    @Test
    fun `an interval may be as long as a duration can be`() = runTest {
        val told = mutableListOf<Long>()
        val options = GatherOptions.builder<Int>().progressInterval(Duration.ofSeconds(Long.MAX_VALUE))
            .progress { told += it.ended() }

        listOf(1, 2).gather(options.build()) { it }

        assertEquals(listOf(2L), told)
    }

    private fun GatherProgress.print() = "$succeeded + $failed of $total, $inFlight in flight, $bytes bytes," +
        " ${elapsed.seconds} s, ${remaining()} left"
}
