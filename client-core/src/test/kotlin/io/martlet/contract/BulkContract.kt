package io.martlet.contract

import io.martlet.Checkpoint
import io.martlet.GatherOptions
import io.martlet.GatherProgress
import io.martlet.error.ClientException.StatusException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger

/** Many requests: limits for each host, progress, batches, and runs that go on where they were killed. */
abstract class BulkContract(face: Face) : ContractGroup(face) {
    @TempDir
    lateinit var folder: Path

    private val busy = LocalServer()
    private val other = LocalServer()

    private fun urls(server: LocalServer, count: Int) = List(count) { number ->
        server.on("/$number", Reply.text("$number"))
        server.url("/$number")
    }

    private suspend fun TestSession.get(url: String): String = send(Call("GET", url, raiseForStatus = true)).text()

    private fun options() = GatherOptions.builder<String>()

    @Test
    fun `a host has no more at once than it may, and holds up no other`() = test {
        val session = session()
        val gate = busy.holding("/held")
        val elements = List(5) { busy.url("/held") } + urls(other, 5)

        val all = inFlight { session.gather(elements, options().perHost(2).build()) { session.get(it) } }
        other.awaitRequests(5)
        busy.awaitInFlight(2)
        gate.open()

        assertEquals(List(5) { "released" } + List(5) { "$it" }, all.await().getOrThrow())
        assertEquals(2, busy.maxInFlight)
    }

    @Test
    fun `progress is told, the last time at the end`() = test {
        val session = session()
        val told = CopyOnWriteArrayList<GatherProgress>()
        val options = options().concurrency(3).progressInterval(Duration.ZERO).progress { told += it }

        session.gather(urls(other, 10), options.build()) { session.get(it) }

        assertEquals(10, told.size)
        assertEquals("10 0 0 10", told.last().run { "$succeeded $failed $inFlight $total" })
    }

    @Test
    fun `a batch begins when the one before has ended`() = test {
        val session = session()

        val results = session.batches(urls(other, 10), 4) { session.get(it) }

        assertEquals(List(10) { "$it" }, results)
        assertTrue(other.maxInFlight <= 4)
        val batches = other.requests.map { it.path.drop(1).toInt() / 4 }
        assertEquals(batches.sorted(), batches)
    }

    @Test
    fun `a run goes on where it was killed, and asks for nothing twice`() = test {
        val session = session()
        val failing = AtomicInteger(5)
        val urls = urls(other, 10)
        other.on("/6") { if (failing.getAndDecrement() > 0) Reply.text("no").status(500) else Reply.text("6") }
        val path = folder.resolve("run.done")
        var runs = 0
        while (true) {
            val run = runCatching {
                Checkpoint.open(path).use { done ->
                    session.gather(done.remaining(urls), options().concurrency(1).build()) { url ->
                        session.get(url).also { done.add(url) }
                    }
                }
            }
            runs++
            if (run.isSuccess) break
            assertFailed<StatusException>(run)
        }

        assertEquals(6, runs)
        assertEquals((0..5) + List(6) { 6 } + (7..9), other.requests.map { it.path.drop(1).toInt() })
    }
}
