package io.martlet.internal.download

import io.martlet.ClientSession
import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.body.BodySource
import io.martlet.download.DownloadOptions
import io.martlet.engine.Engine
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.fixture.eventually
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.StreamingResponse
import io.martlet.internal.middleware.Pauses
import io.martlet.requestTo
import io.martlet.retry.RetryBudget
import io.martlet.retry.RetryPolicy
import io.martlet.retry.RetryPolicy.FAILED_TRIES
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.nio.ByteBuffer
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigestSpi
import java.security.Provider
import java.security.Security
import java.time.Duration
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicReference
import java.util.random.RandomGenerator
import kotlin.coroutines.ContinuationInterceptor
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes

/** What a download has to do with its caller: where requests are sent, what it knows of failures, and its end. */
internal class DownloadCallsTest {
    @TempDir
    lateinit var folder: Path

    private val path get() = folder.resolve("file")

    private val atOnce = RetryPolicy.builder().firstDelay(Duration.ZERO).budget(RetryBudget.UNLIMITED).build()

    private fun downloading(
        engine: Engine,
        options: DownloadOptions = DownloadOptions.DEFAULT,
        path: Path = this.path,
    ) = Downloading(engine, requestTo("http://h/"), path, options)

    private fun ClientRequest.file(bytes: ByteArray, length: Int = bytes.size): StreamingResponse {
        val body = MemoryBody(listOf(bytes)) {
            if (bytes.size < length) throw TruncatedBodyException(this, length.toLong(), bytes.size.toLong(), null)
        }
        return answered(body = body, headers = Headers.of("Content-Length", "$length", "ETag", "\"1\""))
    }

    @Test
    fun `requests are sent on the dispatcher of the caller`() = runBlocking {
        val server = CapriciousServer.honest()
        val places = ConcurrentHashMap.newKeySet<Any>()
        val engine = Engine {
            places += checkNotNull(currentCoroutineContext()[ContinuationInterceptor])
            server.execute(it)
        }
        val caller = Executors.newSingleThreadExecutor().asCoroutineDispatcher()
        val parts = DownloadOptions.builder().segments(3).minSegmentBytes(10).build()

        val file = caller.use { withContext(it) { downloading(engine, parts).run() } }

        assertEquals(3, file.segments)
        assertEquals(setOf<Any>(caller), places)
    }

    @Test
    fun `a response that arrives as its caller is cancelled is closed`() = runBlocking {
        val body = MemoryBody(listOf(ByteArray(3)))
        val call = launch {
            downloading(
                Engine { request ->
                    request.answered(body = body).also { currentCoroutineContext().job.cancel() }
                },
            ).run()
        }

        call.join()

        assertTrue(body.isClosed)
        assertEquals(emptyList<Path>(), folder.listDirectoryEntries())
    }

    @Test
    @Timeout(20)
    fun `who was cancelled may take its time to end, the next one waits for it`() = runBlocking {
        val server = CapriciousServer.honest()
        val isWriting = CompletableDeferred<Unit>()
        val mayEnd = CountDownLatch(1)
        val slow = DownloadOptions.builder().progress { bytes, _ ->
            if (bytes > 0) {
                isWriting.complete(Unit)
                mayEnd.await()
            }
        }
        val first = launch { downloading(server, slow.build()).run() }
        isWriting.await()
        first.cancel()
        val second = async(start = CoroutineStart.UNDISPATCHED) { downloading(server).run() }

        mayEnd.countDown()

        assertTrue(second.await().resumedFrom > 0)
        assertArrayEquals(server.file, path.readBytes())
    }

    /** The file has [pieces] of the size in which it is read. */
    @ParameterizedTest
    @ValueSource(ints = [1, 3])
    fun `who cancels while the digest is made gets no file`(pieces: Int) = runBlocking {
        val bytes = ByteArray(pieces * 128 * 1024)
        Security.addProvider(Cancelling)
        try {
            val options = DownloadOptions.builder().digest(Cancelling.NAME).build()
            val call = launch(start = CoroutineStart.LAZY) {
                downloading(Engine { it.file(bytes) }, options).run()
            }
            Cancelling.caller.set(call)

            call.join()

            assertTrue(call.isCancelled)
            assertEquals(1, Cancelling.updates.getAndSet(0))
        } finally {
            Security.removeProvider(Cancelling.name)
        }
        assertTrue(!path.exists())
        assertArrayEquals(bytes, folder.resolve("file.martlet-part").readBytes())
    }

    @Test
    fun `a server that lets in only one is asked by one`() = runBlocking {
        val server = CapriciousServer.honest()
        val refused = AtomicInteger()
        val first = CompletableDeferred<Unit>()
        val engine = Engine { request ->
            val isSegment = request.headers["Range"] != null
            if (isSegment && !first.isCompleted) {
                if (refused.incrementAndGet() == 2) first.complete(Unit)
                request.answered(status = 503)
            } else {
                val whole = server.execute(request)
                if (isSegment) whole else whole.with(source = Held(whole, first))
            }
        }
        val parts = DownloadOptions.builder().segments(3).minSegmentBytes(10).build()

        downloading(engine, parts).run()

        assertEquals(2, refused.get())
        assertArrayEquals(server.file, path.readBytes())
    }

    /** A body that begins once [until] is complete. */
    private class Held(private val whole: StreamingResponse, private val until: Job) :
        BodySource by whole.source {
        override suspend fun read(): ByteBuffer? {
            until.join()
            return whole.source.read()
        }
    }

    @Test
    @Timeout(20)
    fun `closing the session ends the wait for the rest of a body`() = runBlocking {
        val hours = RetryPolicy.builder().firstDelay(Duration.ofHours(1)).random(RandomGenerator { -1 }).build()
        val body = ByteArray(10)
        val pauses = Pauses()
        val request = requestTo("http://h/") { retry(hours) }
        val engine = Engine { it.file(body, length = 20) }
        val call = async(Dispatchers.Default) {
            runCatching { Downloading(engine, request, path, DownloadOptions.DEFAULT, pauses = pauses).run() }
        }
        eventually({ "nothing is kept" }) { folder.resolve("file.martlet-part").exists() }

        pauses.close()

        val thrown = call.await().exceptionOrNull()
        assertEquals(SessionClosedException::class, thrown?.let { it::class })
        assertEquals(listOf(TruncatedBodyException::class), thrown?.suppressed?.map { it::class })
    }

    @Test
    fun `requests and the last error know all tries before, of heads and of bodies`() = runBlocking {
        val known = mutableListOf<List<String>>()
        val session = ClientSession {
            retry = atOnce
            engine(
                Engine { request ->
                    known += request.attribute(FAILED_TRIES).orEmpty().map { it.javaClass.simpleName }
                    if (request.attempt ==
                        1
                    ) {
                        request.file(ByteArray(9), length = 12)
                    } else {
                        request.answered(status = 503)
                    }
                },
            )
        }

        val thrown = assertThrows<StatusException> { session.download("http://h/", path) }

        val cut = TruncatedBodyException::class.java.simpleName
        val refused = StatusException::class.java.simpleName
        assertEquals(listOf(listOf(), listOf(cut), listOf(cut, refused)), known)
        assertEquals(listOf(cut, refused), thrown.suppressed.map { it.javaClass.simpleName })
    }

    @Test
    fun `a path that goes through a link and back is what the system takes it for`() = runBlocking {
        val elsewhere = folder.resolve("elsewhere/inner").createDirectories()
        val link = Files.createSymbolicLink(folder.resolve("link"), elsewhere)
        val server = CapriciousServer.honest()

        val file = downloading(server, path = link.resolve("../file")).run()

        assertEquals(link.resolve("../file"), file.path)
        assertArrayEquals(server.file, folder.resolve("elsewhere/file").readBytes())
        assertTrue(!path.exists())
    }

    /** Has a digest that cancels [caller] when it gets its first bytes. */
    internal object Cancelling : Provider("MartletTest", "1", "of a test") {
        const val NAME = "CANCELLING"
        val caller = AtomicReference<Job>()
        val updates = AtomicInteger()

        init {
            put("MessageDigest.$NAME", Spi::class.java.name)
        }

        private fun readResolve(): Any = Cancelling

        class Spi : MessageDigestSpi() {
            override fun engineUpdate(input: Byte) = error("not used")

            override fun engineUpdate(input: ByteArray, offset: Int, length: Int) {
                updates.incrementAndGet()
                caller.get().cancel(CancellationException("by a test"))
            }

            override fun engineDigest() = ByteArray(4)

            override fun engineGetDigestLength() = 4

            override fun engineReset() = Unit
        }
    }
}
