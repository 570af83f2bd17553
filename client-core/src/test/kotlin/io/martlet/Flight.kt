package io.martlet

import java.util.concurrent.atomic.AtomicInteger

/** Counts what is under way, from any thread, and prints it. */
internal class Flight {
    private val begins = AtomicInteger()
    private val ends = AtomicInteger()
    private val current = AtomicInteger()
    private val most = AtomicInteger()

    val begun: Int get() = begins.get()
    val ended: Int get() = ends.get()
    val atMost: Int get() = most.get()

    suspend fun <R> during(action: suspend () -> R): R {
        begins.incrementAndGet()
        most.accumulateAndGet(current.incrementAndGet(), ::maxOf)
        try {
            return action()
        } finally {
            current.decrementAndGet()
            ends.incrementAndGet()
        }
    }

    override fun toString(): String = "$begun begun, $ended ended, at most $atMost at once"
}
