package io.martlet.internal.middleware

import io.martlet.ClientSession
import io.martlet.SessionBuilder
import io.martlet.answered
import io.martlet.auth.Digest
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.engine.then
import io.martlet.error.ClientException.RateTimeoutException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import io.martlet.http.Deadline
import io.martlet.http.Headers
import io.martlet.http.StreamingResponse
import io.martlet.rate.RateLimit
import io.martlet.requestTo
import io.martlet.retry.RetryBudget
import io.martlet.retry.RetryPolicy
import io.martlet.trace.SessionStatistics
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.time.Clock
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executor
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import java.util.random.RandomGenerator
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.startCoroutine
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class RateLimitingTest {
    /** Paths, with the milliseconds at which they were sent. */
    private val sent = mutableListOf<Pair<String, Long>>()

    private fun TestScope.session(
        limit: RateLimit,
        more: SessionBuilder.() -> Unit = {},
        answer: suspend (ClientRequest) -> StreamingResponse = { it.answered() },
    ) = ClientSession {
        rateLimit = limit.clocks(Clock.systemUTC()) { currentTime * 1_000_000 }
        engine(
            Engine {
                sent += it.url.host() + it.url.path() to currentTime
                answer(it)
            },
        )
        more()
    }

    @Test
    fun `1,000 requests at 50 a second and a burst of 10 keep the rate within 2 percent`() = runTest {
        val session = session(RateLimit.perSecond(50.0).burst(10))

        (0 until 1000).map { launch { session.get("http://h/$it") } }.forEach { it.join() }

        assertEquals((0 until 1000).map { "h/$it" }, sent.map { it.first })
        val seconds = sent.last().second / 1000.0
        val rate = sent.size / seconds
        val most = (0..20_000L step 10).maxOf { from -> sent.count { it.second in from until from + 1000 } }
        println("1,000 requests in $seconds s: $rate a second, limit 50; at most $most in one second, limit 50 and 10")
        assertEquals(50.0, rate, 1.0)
        assertTrue(most <= 60) { "$most in one second" }
        assertEquals(10, sent.count { it.second == 0L })
    }

    @Test
    fun `a host at its limit does not delay others`() = runTest {
        val session = session(RateLimit.UNLIMITED.perHost(1.0))

        listOf("a/1", "a/2", "b/1", "a/3", "b/2").map { async { session.get("http://$it") } }.awaitAll()

        val expected = listOf("a/1" to 0L, "b/1" to 0L, "a/2" to 1000L, "b/2" to 1000L, "a/3" to 2000L)
        assertEquals(expected, sent.sortedWith(compareBy({ it.second }, { it.first })))
    }

    @Test
    fun `who is cancelled gives its place to the next`() = runTest {
        val session = session(RateLimit.perSecond(1.0))
        val calls = List(5) { launch { session.get("http://h/$it") } }
        runCurrent()

        calls[1].cancel()
        calls[3].cancel()
        advanceTimeBy(10_000)

        assertEquals(listOf("h/0" to 0L, "h/2" to 1000L, "h/4" to 2000L), sent)
    }

    @Test
    fun `each hop, each retry and each answer to a challenge takes its turn`() = runTest {
        val retries = RetryPolicy.builder().budget(RetryBudget.UNLIMITED).random(RandomGenerator { 0 }).build()
        val challenge = Headers.of("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"")
        val session = session(RateLimit.perSecond(1.0), { retry = retries }) {
            when (it.url.path()) {
                "/a" -> it.answered(302, headers = Headers.of("Location", "/b"))

                "/b" -> it.answered(if (it.attempt == 1) 503 else 200)

                else -> if (it.headers.contains(
                        "Authorization",
                    )
                ) {
                    it.answered()
                } else {
                    it.answered(401, headers = challenge)
                }
            }
        }

        session.get("http://h/a")
        session.get("http://h/c") { auth = Digest("user", "password") }

        assertEquals(listOf("h/a", "h/b", "h/b", "h/c", "h/c").mapIndexed { i, path -> path to 1000L * i }, sent)
    }

    @Test
    fun `each call of a middleware takes its turn, and one that it answers itself takes none`() = runTest {
        val twice = object : Middleware {
            override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
                if (request.url.path() == "/cached") return StreamingResponse(request, 200)
                next.execute(request).close()
                return next.execute(request)
            }
        }
        val session = session(RateLimit.perSecond(1.0), { use(twice) })

        session.get("http://h/cached")
        session.get("http://h/a")

        assertEquals(listOf("h/a" to 0L, "h/a" to 1000L), sent)
    }

    @Test
    fun `whose turn would come after the total limit hears at once`() = runTest {
        val session = session(
            RateLimit.perSecond(0.1).burst(2),
            {
                timeout { total = 60.seconds }
                retry = RetryPolicy.of(3)
            },
        )
        val before = List(7) { launch { session.get("http://h/$it") } }
        runCurrent()

        val thrown = assertThrows<RateTimeoutException> { session.get("http://h/late") }

        assertEquals(0, currentTime)
        assertEquals(Phase.RATE to 60L, thrown.phase() to thrown.turnIn().toSeconds())
        assertTrue(
            Regex(
                "GET http://h/late would have its turn in 60 s " +
                    "\\(RateLimit\\[0.1 a second \\(burst 2\\)], 6 waiting; " +
                    "limit total = 60 s, of which \\d+ ms are over\\)",
            ).matches(thrown.message!!),
        ) { thrown.message }
        before.forEach { it.join() }
        assertEquals(7, sent.size)
    }

    @Test
    fun `whose wait becomes longer than the total limit hears as soon as that is known`() = runTest {
        val session = session(RateLimit.perSecond(1.0).learning(), { timeout { total = 10.seconds } }) {
            delay(500)
            it.answered(429, headers = Headers.of("Retry-After", "30"))
        }
        val first = launch { session.get("http://h/1") }
        runCurrent()

        assertThrows<RateTimeoutException> { session.get("http://h/2") }

        assertEquals(500, currentTime)
        first.join()
        assertEquals(listOf("h/1" to 0L), sent)
    }

    @Test
    fun `a wait beyond the deadline ends at it where nothing else sees to it`() = runTest {
        val limiting = RateLimiting(RateLimit.perSecond(1.0).clocks(Clock.systemUTC()) { 0 })
        val engine = limiting.then(Engine { it.answered() })
        val request = requestTo("http://h/")
        engine.execute(request)
        val deadline = Deadline.startingNow(Duration.ofSeconds(5))

        assertThrows<TotalTimeoutException> { engine.execute(request.withDeadline(deadline)) }
    }

    @Test
    fun `a host that says when to come back is left alone until then`() = runTest {
        val session = session(RateLimit.UNLIMITED.learning()) {
            if (sent.size == 1) it.answered(429, headers = Headers.of("Retry-After", "7")) else it.answered()
        }

        session.get("http://a/1")
        session.get("http://b/1")
        session.get("http://a/2")

        assertEquals(listOf("a/1" to 0L, "b/1" to 0L, "a/2" to 7000L), sent)
    }

    @Test
    fun `no more is sent than a host says is left`() = runTest {
        val session = session(RateLimit.UNLIMITED.learning()) {
            it.answered(headers = Headers.of("RateLimit", "\"a\";r=${3 - sent.size};t=10"))
        }

        repeat(4) { session.get("http://a/$it") }

        assertEquals(listOf(0L, 0L, 0L, 10_000L), sent.map { it.second })
    }

    @Test
    fun `closing the session ends all that waits`() = runTest {
        val session = session(RateLimit.perSecond(0.1))
        val calls = List(5) { async { runCatching { session.get("http://h/$it") } } }
        runCurrent()
        assertEquals(4 to 4L, session.statistics.run { throttled to delayed })

        session.close()

        val failures = calls.awaitAll().mapNotNull { it.exceptionOrNull()?.javaClass }
        assertEquals(List(4) { SessionClosedException::class.java }, failures)
        assertEquals(0L, currentTime)
        assertEquals(0 to 4L, session.statistics.run { throttled to delayed })
    }

    @Test
    fun `a request knows how long it has waited`() = runTest {
        val session = session(RateLimit.perSecond(4.0))

        val first = session.get("http://h/")
        val second = session.get("http://h/")

        assertNull(first.request.attribute(RateLimit.WAITED))
        assertEquals(250, second.request.attribute(RateLimit.WAITED)?.toMillis())
    }

    /** An engine behind a limit by the clock of the system, all of whose requests to h wait for a second from now on. */
    private suspend fun pausedForASecond(): Pair<RateLimiting, Engine> {
        val limiting = RateLimiting(RateLimit.UNLIMITED.learning())
        val isFirst = AtomicBoolean(true)
        val engine = limiting.then(
            Engine {
                val isPausing = isFirst.getAndSet(false)
                if (isPausing) it.answered(429, headers = Headers.of("Retry-After", "1")) else it.answered()
            },
        )
        engine.execute(requestTo("http://h/"))
        return limiting to engine
    }

    /** Each of them wakes the next: on one stack they would not fit. */
    @ParameterizedTest
    @ValueSource(booleans = [false, true])
    fun `a long queue goes on without a dispatcher, and on an executor that runs in place`(isInPlace: Boolean) {
        val context = if (isInPlace) Executor(Runnable::run).asCoroutineDispatcher() else EmptyCoroutineContext
        val (limiting, engine) = runBlocking { pausedForASecond() }
        val request = requestTo("http://h/")
        val done = CountDownLatch(20_000)
        val send: suspend () -> StreamingResponse = { engine.execute(request) }
        repeat(20_000) {
            send.startCoroutine(Continuation(context) { if (it.isSuccess) done.countDown() })
        }

        assertTrue(done.await(30, TimeUnit.SECONDS)) { "${done.count} are left: $limiting" }
    }

    @Test
    fun `who is first and keeps its thread busy holds up nobody`() =
        Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { assertHoldsUpNobody(it, threads = 1) }

    @Test
    fun `work that keeps all threads busy holds up nobody who has one`() =
        assertHoldsUpNobody(Dispatchers.Default, maxOf(2, Runtime.getRuntime().availableProcessors()))

    private fun assertHoldsUpNobody(busy: CoroutineDispatcher, threads: Int) = runBlocking {
        val (limiting, engine) = pausedForASecond()
        val request = requestTo("http://h/")
        val areBusy = CountDownLatch(threads)
        val release = CountDownLatch(1)
        val first = async(busy) { engine.execute(request) }
        while (limiting.counted(SessionStatistics.NONE).throttled == 0 && first.isActive) yield()
        repeat(threads) {
            launch(busy) {
                areBusy.countDown()
                release.await()
            }
        }
        areBusy.await()

        val second = try {
            withTimeout(30.seconds) { engine.execute(request) }
        } finally {
            release.countDown()
        }

        assertEquals(listOf(200, 200), listOf(second.status, first.await().status))
    }
}
