package io.martlet.ktor

import io.martlet.config.ConnectorConfig
import io.martlet.http.Url
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

/**
 * Who may have a connection: so many to each host, so many in all, first come first served.
 *
 * The slot of the host is taken before the one of the total: requests that queue for a slow host then hold nothing that
 * others could use. Prints itself as `3 of 100 in use, 7 waiting`.
 */
internal class ConnectionSlots(private val config: ConnectorConfig) {
    private val total = semaphoreOf(config.limit)
    private val hosts = ConcurrentHashMap<String, Host>()
    private val inUse = AtomicInteger()
    private val asked = AtomicInteger()

    /** Runs [block] while holding a slot. */
    suspend fun use(url: Url, block: suspend () -> Unit) {
        asked.incrementAndGet()
        val origin = url.origin()
        val host = hosts.compute(origin) { _, known ->
            (known ?: Host(semaphoreOf(config.limitPerHost))).apply { users++ }
        }!!
        try {
            host.slots.withPermitIfAny {
                total.withPermitIfAny {
                    inUse.incrementAndGet()
                    try {
                        block()
                    } finally {
                        inUse.decrementAndGet()
                    }
                }
            }
        } finally {
            // The last one out removes the entry: a crawler meets any number of hosts.
            hosts.computeIfPresent(origin) { _, known -> known.takeIf { --it.users > 0 } }
            asked.decrementAndGet()
        }
    }

    override fun toString(): String {
        val using = inUse.get()
        val waiting = maxOf(0, asked.get() - using)
        return "$using of ${if (config.limit == 0) "unlimited" else config.limit} in use, $waiting waiting"
    }

    /** [users] is touched under the lock of the map's entry only. */
    private class Host(val slots: Semaphore?, var users: Int = 0)

    private fun semaphoreOf(limit: Int) = if (limit == 0) null else Semaphore(limit)

    private suspend inline fun Semaphore?.withPermitIfAny(block: () -> Unit) =
        if (this == null) block() else withPermit(block)
}
