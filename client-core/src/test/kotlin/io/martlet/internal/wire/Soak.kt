package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.config.ClientTimeout
import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException.ConnectionException
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.ProtocolException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.fixture.eventually
import io.martlet.http.ClientResponse
import io.martlet.internal.net.Descriptors
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicLong
import java.util.concurrent.atomic.AtomicLongArray
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource
import kotlin.time.toJavaDuration

/**
 * A session under load against a [FaultyServer] that spoils a fifth of its answers. Every request must end with the right
 * answer or the right error, and at the end everything must be given back.
 *
 * Run for long by its main function, whose argument is the time in seconds, and for a few thousand requests by [SoakTest].
 */
internal class Soak(private val callers: Int) : AutoCloseable {
    private val server = FaultyServer()
    private val wire = WireEngine(ConnectorConfig.builder().limit(callers / 2).build())
    private val session = ClientSession {
        engine(wire)
        timeout(ClientTimeout(60.seconds.toJavaDuration(), null, null, 50.seconds.toJavaDuration()))
    }
    private val next = AtomicLong()
    private val right = AtomicLongArray(Fault.entries.size)

    /** What came of requests that did not end as they had to; empty, if all is well. */
    val wrong = ConcurrentLinkedQueue<String>()

    /** How many requests ended as they had to, by what the server did. */
    val tally: Map<Fault, Long> get() = Fault.entries.associateWith { right[it.ordinal] }

    /** Sends requests as long as [goesOn] says of the number of the next, then waits for the last. */
    suspend fun run(goesOn: (Long) -> Boolean) = coroutineScope {
        repeat(callers) {
            launch(Dispatchers.Default) {
                var id = next.getAndIncrement()
                while (goesOn(id)) {
                    ask(id)
                    id = next.getAndIncrement()
                }
            }
        }
    }

    private suspend fun ask(id: Long) {
        val fault = faultOf(id)
        val body = "x".repeat((id * 7919 % 20_000).toInt())
        val url = "${server.url}/$fault/$id"
        val result = runCatching {
            session.request(if (id % 3 == 0L) "POST" else "GET", url) {
                if (id % 3 == 0L) text(body)
                if (fault == Fault.STALL) timeout { socketRead = PATIENCE }
            }
        }
        val expected = if (id % 3 == 0L) "$id $body" else "$id "
        if (isRight(fault, expected, result)) {
            right.incrementAndGet(fault.ordinal)
        } else {
            wrong += "request $id, $fault: ${result.exceptionOrNull() ?: result.getOrNull()}"
        }
    }

    /** Of 40 requests seven are spoiled, each in another way, one is answered with 500 and one slowly. */
    private fun faultOf(id: Long): Fault = Fault.entries.getOrElse((id % 40).toInt()) { Fault.NONE }

    private fun isRight(fault: Fault, expected: String, result: Result<ClientResponse>): Boolean {
        val error = result.exceptionOrNull()
        return when (fault) {
            Fault.NONE, Fault.SLOW -> {
                result.isSuccess &&
                    result.getOrThrow().let { it.status == 200 && it.text() == expected }
            }

            Fault.ERROR_500 -> {
                result.isSuccess && result.getOrThrow().let { it.status == 500 && it.text() == expected }
            }

            Fault.RESET, Fault.HANG_UP -> {
                error is ConnectionException && error !is ConnectorException
            }

            Fault.GARBAGE -> {
                error is ProtocolException
            }

            Fault.SHORT_LENGTH, Fault.SHORT_CHUNKS -> {
                error is TruncatedBodyException
            }

            // A reset may overtake what was sent before it.
            Fault.RESET_BODY -> {
                error is TruncatedBodyException || error is ConnectionException
            }

            Fault.STALL -> {
                error is ReadTimeoutException
            }
        }
    }

    /** Waits until no slot is in use any more. */
    fun awaitIdle() = eventually({ "not idle: $wire" }) { IDLE in "$wire" }

    /** Waits until the server has no more connections than the engine keeps. */
    fun awaitNoStrayConnection() = eventually({ "$wire, but ${server.connections} connections" }) {
        server.connections == "$wire".substringAfter("; ").substringBefore(" idle").toInt()
    }

    override fun close() {
        session.close()
        server.close()
    }

    companion object {
        private val IDLE = Regex("""\b0 of \d+ in use, 0 waiting""")

        /** With a server that says no more; that the others answer late is no fault. */
        private val PATIENCE = 300.milliseconds

        private fun usedKilobytes(): Long {
            repeat(3) { System.gc() }
            return Runtime.getRuntime().run { totalMemory() - freeMemory() } shr 10
        }

        private fun threads() = Thread.getAllStackTraces().keys.count { it.name.startsWith("martlet") }

        @JvmStatic
        fun main(args: Array<String>) = runBlocking {
            val time = (args.firstOrNull()?.toInt() ?: 180).seconds
            val descriptors = Descriptors.open()
            Soak(callers = 64).use { soak ->
                soak.run { it < 20_000 }
                soak.awaitIdle()
                val warm = "heap ${usedKilobytes()} KiB, ${threads()} threads, ${Descriptors.open()} descriptors"
                val start = TimeSource.Monotonic.markNow()
                soak.run { start.elapsedNow() < time }
                soak.awaitIdle()
                soak.awaitNoStrayConnection()
                println("ended as they had to: ${soak.tally.values.sum()} ${soak.tally}")
                println("did not: ${soak.wrong.size} ${soak.wrong.take(10)}")
                println("before: $warm")
                println("after:  heap ${usedKilobytes()} KiB, ${threads()} threads, ${Descriptors.open()} descriptors")
            }
            eventually({ "${threads()} threads are left" }) { threads() == 0 }
            Descriptors.awaitAtMost(descriptors)
            println("closed: no thread and no descriptor is left")
        }
    }
}
