package io.martlet.ktor

import io.martlet.config.ConnectorConfig
import io.martlet.http.Url
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

class ConnectionSlotsTest {
    private val finish = CompletableDeferred<Unit>()
    private val admitted = mutableListOf<String>()

    private fun slots(limit: Int, limitPerHost: Int = 0) =
        ConnectionSlots(ConnectorConfig.builder().limit(limit).limitPerHost(limitPerHost).build())

    /** Asks for a slot for [url], keeps it until [finish], and lets everything that can run do so. */
    private suspend fun CoroutineScope.ask(slots: ConnectionSlots, url: String): Job {
        val job = launch {
            slots.use(Url.of(url)) {
                admitted += url
                finish.await()
            }
        }
        yield()
        return job
    }

    private fun test(block: suspend CoroutineScope.() -> Unit) = runBlocking { block() }

    /** The hosts that are remembered. */
    private fun ConnectionSlots.hosts(): Set<*> =
        (javaClass.getDeclaredField("hosts").apply { isAccessible = true }.get(this) as ConcurrentHashMap<*, *>).keys

    @Test
    fun `it prints how many are in use and how many wait`() = test {
        val slots = slots(limit = 2)
        val prints = mutableListOf("$slots")

        repeat(3) {
            ask(slots, "http://a/")
            prints += "$slots"
        }

        assertEquals(
            listOf(
                "0 of 2 in use, 0 waiting",
                "1 of 2 in use, 0 waiting",
                "2 of 2 in use, 0 waiting",
                "2 of 2 in use, 1 waiting",
            ),
            prints,
        )
        finish.complete(Unit)
    }

    @Test
    fun `limit 0 is no limit`() = test {
        val slots = slots(limit = 0)

        repeat(1000) { ask(slots, "http://a/") }

        assertEquals("1000 of unlimited in use, 0 waiting", "$slots")
        finish.complete(Unit)
    }

    @Test
    fun `first come first served, whatever the host`() = test {
        val slots = slots(limit = 1)
        val urls = listOf("http://a/1", "http://b/2", "http://a/3", "http://c/4", "http://b/5")
        val jobs = urls.map { ask(slots, it) }

        finish.complete(Unit)
        jobs.joinAll()

        assertEquals(urls, admitted)
    }

    @Test
    fun `those who wait for a host hold nothing that others could use`() = test {
        val slots = slots(limit = 2, limitPerHost = 1)
        repeat(5) { ask(slots, "http://slow/") }

        ask(slots, "http://other/")

        assertEquals(listOf("http://slow/", "http://other/"), admitted)
        assertEquals("2 of 2 in use, 4 waiting", "$slots")
        finish.complete(Unit)
    }

    @Test
    fun `a host is a scheme, a name and a port`() = test {
        val slots = slots(limit = 10, limitPerHost = 1)
        val different = listOf("http://a/", "https://a/", "http://a:81/", "http://b/")

        (different + listOf("http://a:80/x", "HTTP://A/", "https://a:443/")).forEach { ask(slots, it) }

        assertEquals(different, admitted)
        assertEquals("4 of 10 in use, 3 waiting", "$slots")
        finish.complete(Unit)
    }

    @Test
    fun `whoever is cancelled while waiting leaves the queue`() = test {
        val slots = slots(limit = 1, limitPerHost = 1)
        ask(slots, "http://a/1")
        val impatient = listOf(ask(slots, "http://a/2"), ask(slots, "http://b/3"))
        val patient = ask(slots, "http://a/4")

        impatient.forEach { it.cancelAndJoin() }

        assertEquals("1 of 1 in use, 1 waiting", "$slots")
        finish.complete(Unit)
        patient.join()
        assertEquals(listOf("http://a/1", "http://a/4"), admitted)
    }

    @Test
    fun `whoever is cancelled while using it makes room`() = test {
        val slots = slots(limit = 1, limitPerHost = 1)
        val first = ask(slots, "http://a/1")
        ask(slots, "http://a/2")

        first.cancelAndJoin()
        yield()

        assertEquals(listOf("http://a/1", "http://a/2"), admitted)
        assertEquals("1 of 1 in use, 0 waiting", "$slots")
        finish.complete(Unit)
    }

    @Test
    fun `a failure makes room`() = test {
        val slots = slots(limit = 1, limitPerHost = 1)

        val results = List(3) { runCatching { slots.use(Url.of("http://a/")) { error("no") } } }

        assertEquals(listOf("no", "no", "no"), results.map { it.exceptionOrNull()?.message })
        assertEquals("0 of 1 in use, 0 waiting", "$slots")
    }

    @Test
    fun `a host is forgotten when the last one has left`() = test {
        val slots = slots(limit = 1, limitPerHost = 1)
        val jobs = List(3) { ask(slots, "http://a/") } + ask(slots, "http://b/")
        val during = slots.hosts().toSet()
        jobs[1].cancelAndJoin()

        finish.complete(Unit)
        jobs.joinAll()

        assertEquals(listOf(setOf("http://a", "http://b"), emptySet<Any>()), listOf(during, slots.hosts()))
    }

    @Test
    fun `under load the limits hold, and nothing is left over`() = runBlocking(Dispatchers.Default) {
        val slots = slots(limit = 5, limitPerHost = 2)
        val running = AtomicInteger()
        val most = AtomicInteger()
        val mostOfHost = List(4) { AtomicInteger() to AtomicInteger() }

        List(4000) { number ->
            val job = launch {
                val (runningThere, mostThere) = mostOfHost[number % 4]
                slots.use(Url.of("http://host${number % 4}/")) {
                    most.accumulateAndGet(running.incrementAndGet(), ::maxOf)
                    mostThere.accumulateAndGet(runningThere.incrementAndGet(), ::maxOf)
                    try {
                        yield()
                        assertTrue("-" !in "$slots") { "$slots" }
                    } finally {
                        runningThere.decrementAndGet()
                        running.decrementAndGet()
                    }
                }
            }
            if (number % 7 == 0) job.cancel()
            job
        }.joinAll()

        assertTrue(most.get() <= 5) { "$most in all" }
        assertTrue(mostOfHost.all { it.second.get() <= 2 }) { "$mostOfHost of each host" }
        assertEquals(listOf("0 of 5 in use, 0 waiting", emptySet<Any>()), listOf("$slots", slots.hosts()))
    }
}
