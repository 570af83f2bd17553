package io.martlet

import io.martlet.error.ClientException
import io.martlet.http.Headers
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.TimeSource

/** Real threads and a real clock: arrival, cancellation and time limit meet in moments that nobody would choose. */
class NoResponseIsLostTest {
    private val made = ConcurrentLinkedQueue<MemoryBody>()
    private val ends = ConcurrentLinkedQueue<String>()

    @Test
    fun `every response that was made is closed, whatever strikes when`() {
        runBlocking(Dispatchers.Default) { repeat(SCHEDULES) { round -> race(Random(round)) } }

        assertEquals(SCHEDULES, ends.size)
        assertEquals(
            emptyList<MemoryBody>(),
            made.filter {
                !it.isClosed
            },
            "left open, ${ends.groupingBy { it }.eachCount()}",
        )
    }

    /** One request against its arrival and, by chance, a cancellation or a limit of about the same time. */
    private suspend fun race(random: Random) = CoroutineScope(Dispatchers.Default).run {
        val arrival = CompletableDeferred<Unit>()
        val limited = random.nextInt(3) == 0
        val session = session(arrival, random)
        val sending = launch(start = CoroutineStart.UNDISPATCHED) { send(session, random.nextBoolean(), limited) }
        val arriving = launch {
            spin(random.nextInt(if (limited) 2_000 else 50))
            arrival.complete(Unit)
        }
        val cancelling = if (limited) {
            Job().apply { complete() }
        } else {
            launch {
                spin(random.nextInt(60))
                sending.cancel()
            }
        }
        joinAll(sending, arriving, cancelling)
    }

    private fun session(arrival: CompletableDeferred<Unit>, random: Random): ClientSession {
        val status = listOf(200, 302, 500)[random.nextInt(3)]
        val yields = random.nextInt(3)
        return ClientSession {
            engine({ request ->
                arrival.await()
                val isLast = request.url.path() == "/last"
                val body = memoryBody("body") { repeat(yields) { yield() } }.also { made += it }
                request.answered(if (isLast) 200 else status, body, Headers.of("Location", "/last"))
            })
        }
    }

    private suspend fun send(session: ClientSession, streaming: Boolean, limited: Boolean) {
        val build: RequestBuilder.() -> Unit = {
            raiseForStatus = true
            timeout { total = if (limited) 1.milliseconds else 1.minutes }
        }
        try {
            if (streaming) {
                session.open("GET", "http://h/", build).use {
                    it.body.readBytes()
                }
            } else {
                session.get("http://h/", build)
            }
            ends += "answered"
        } catch (e: ClientException) {
            ends += e.javaClass.simpleName
        } catch (e: CancellationException) {
            ends += "cancelled"
            throw e
        }
    }

    private fun spin(microseconds: Int) {
        val start = TimeSource.Monotonic.markNow()
        while (start.elapsedNow().inWholeMicroseconds < microseconds) Thread.onSpinWait()
    }

    private companion object {
        const val SCHEDULES = 3_000
    }
}
