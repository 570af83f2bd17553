package io.martlet.internal.download

import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.body.BodySource
import io.martlet.download.DownloadOptions
import io.martlet.download.DownloadedFile
import io.martlet.engine.Engine
import io.martlet.error.ClientException.StatusException
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.StreamingResponse
import io.martlet.requestTo
import io.martlet.retry.RetryBudget
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Semaphore
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.FileAlreadyExistsException
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.WRITE
import java.time.Duration
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import java.util.function.LongSupplier
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.moveTo
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.random.Random

/** Whatever the server answers, and whenever the process dies, a file is whole or not there. */
internal class DownloadingTest {
    @TempDir
    lateinit var root: Path

    /** The process dies; what is on disk stays as it is at this moment. */
    private class Killed : IOException("killed")

    private val disk = FaultyDisk()
    private val folders = AtomicInteger()
    private val old = "the old file".encodeToByteArray()

    private fun newFolder() = root.resolve("${folders.incrementAndGet()}").createDirectories()

    private suspend fun download(
        server: CapriciousServer,
        folder: Path,
        random: Random,
        options: DownloadOptions,
    ): DownloadedFile {
        val retry = RetryPolicy.builder().firstDelay(Duration.ZERO).budget(RetryBudget.UNLIMITED).build()
        val request: ClientRequest = requestTo("http://h/file") { if (random.nextBoolean()) retry(retry) }
        val step = listOf(1L, 100L, 1000L, PartFile.STEP)[random.nextInt(4)]
        return Downloading(server, request, folder.resolve("file"), options, disk, step).run()
    }

    private fun options(random: Random) = DownloadOptions.builder()
        .segments(1 + random.nextInt(4))
        .minSegmentBytes(1L + random.nextInt(500))
        .resume(random.nextInt(5) > 0)

    private fun assertWholeOrOld(file: ByteArray, server: CapriciousServer, seed: Int) {
        val isWhole = (server.files + old).any { it.contentEquals(file) }
        assertTrue(isWhole) { "seed $seed: a file of ${file.size} bytes that never was" }
    }

    @ParameterizedTest
    @ValueSource(ints = [0, 100, 200, 300, 400])
    fun `whatever the server answers, a file is whole or the old one`(first: Int) = runBlocking {
        var resumed = 0
        for (seed in first..<first + 100) {
            val random = Random(seed)
            val server = CapriciousServer(random)
            val folder = newFolder()
            val file = folder.resolve("file").apply { writeBytes(old) }
            repeat(1 + random.nextInt(6)) {
                runCatching {
                    download(server, folder, random, options(random).build())
                }.onFailure { assertExpected(it) }
                assertWholeOrOld(file.readBytes(), server, seed)
            }
            server.isHonest = true

            val last = download(server, folder, random, options(random).build())

            assertArrayEquals(server.file, file.readBytes()) { "seed $seed" }
            assertEquals(listOf(file), folder.listDirectoryEntries())
            if (last.resumedFrom > 0) resumed++
        }
        assertTrue(resumed > 0)
    }

    private fun assertExpected(failure: Throwable) = assertTrue(failure is IOException) { failure.stackTraceToString() }

    @ParameterizedTest
    @ValueSource(ints = [1000, 1100, 1200, 1300, 1400])
    fun `whenever the process dies, the next one goes on with what is right`(first: Int) = runBlocking {
        var resumed = 0
        for (seed in first..<first + 100) {
            val random = Random(seed)
            val server = CapriciousServer(random)
            var folder = newFolder().apply { resolve("file").writeBytes(old) }
            repeat(1 + random.nextInt(5)) {
                val survivors = newFolder()
                val dying = options(random).progress { _, _ -> if (random.nextInt(8) == 0) die(folder, survivors) }
                val end = runCatching { download(server, folder, random, dying.build()) }
                end.onFailure { assertExpected(it) }
                if (end.exceptionOrNull() is Killed) folder = survivors
                assertWholeOrOld(folder.resolve("file").readBytes(), server, seed)
            }
            server.isHonest = true

            val last = download(server, folder, random, options(random).resume(true).build())

            assertArrayEquals(server.file, folder.resolve("file").readBytes()) { "seed $seed" }
            if (last.resumedFrom > 0) resumed++
        }
        assertTrue(resumed > 0)
    }

    private fun die(folder: Path, survivors: Path) {
        // In this order, as other segments go on meanwhile: a part may have more than its state says, and never less.
        for (name in listOf("file", "file.martlet-part.state", "file.martlet-part")) {
            val file = folder.resolve(name)
            if (file.exists()) file.copyTo(survivors.resolve(name), overwrite = true)
        }
        throw Killed()
    }

    @Test
    fun `a process that dies in a slow file leaves what came a second before`() = runBlocking {
        val bytes = Random(9).nextBytes(1000)
        val server = Engine { request ->
            val start = request.headers["Range"]?.substringAfter('=')?.substringBefore('-')?.toInt()
            val pieces = (start ?: 0).rangeUntil(1000).step(50).map { bytes.copyOfRange(it, minOf(it + 50, 1000)) }
            val headers = Headers.builder().set("ETag", "\"1\"").set("Content-Length", "${1000 - (start ?: 0)}")
            if (start != null) headers.set("Content-Range", "bytes $start-999/1000")
            request.answered(if (start == null) 200 else 206, MemoryBody(pieces), headers.build())
        }
        val folder = newFolder()
        val survivors = newFolder()
        val now = AtomicLong()
        val clock = LongSupplier { now.get() }
        val slow = DownloadOptions.builder().progress { there, _ ->
            now.addAndGet(400_000_000)
            if (there == 500L) die(folder, survivors)
        }
        val request = requestTo("http://h/file")
        assertThrows<Killed> {
            Downloading(server, request, folder.resolve("file"), slow.build(), disk, nanoClock = clock).run()
        }

        val file = Downloading(server, request, survivors.resolve("file"), DownloadOptions.DEFAULT, disk).run()

        assertEquals(500, file.resumedFrom)
        assertArrayEquals(bytes, survivors.resolve("file").readBytes())
    }

    @Test
    fun `a state that is damaged anywhere is not trusted`() = runBlocking {
        val server = CapriciousServer.honest()
        val folder = newFolder()
        val options = DownloadOptions.builder().segments(3).minSegmentBytes(10)
        val killed = options.progress { bytes, _ -> if (bytes > server.file.size / 2) die(folder, newFolder()) }.build()
        val request = requestTo("http://h/file")
        assertThrows<Killed> { Downloading(server, request, folder.resolve("file"), killed, disk, 1).run() }
        val state = folder.resolve("file.martlet-part.state").readBytes()
        val part = folder.resolve("file.martlet-part").readBytes()

        assertTrue(
            Downloading(server, request, folder.resolve("file"), DownloadOptions.DEFAULT, disk).run().resumedFrom > 0,
        )

        for (cut in state.indices) {
            val damaged = newFolder()
            damaged.resolve("file.martlet-part").writeBytes(part)
            val flipped = state.clone().also { it[cut] = (it[cut] + 1).toByte() }
            damaged.resolve("file.martlet-part.state").writeBytes(if (cut % 2 == 0) state.copyOf(cut) else flipped)
            val file =
                Downloading(server, request, damaged.resolve("file"), DownloadOptions.DEFAULT, disk).run()

            assertArrayEquals(server.file, damaged.resolve("file").readBytes())
            assertEquals(0, file.resumedFrom) { "cut or changed at $cut" }
        }
    }

    @Test
    fun `nothing is left of a state that was being written when the process died`() = runBlocking {
        val server = CapriciousServer.honest()
        val folder = newFolder()
        folder.resolve("file.martlet-part.state.new").writeText("martlet down")

        Downloading(server, requestTo("http://h/file"), folder.resolve("file"), DownloadOptions.DEFAULT, disk).run()

        assertEquals(listOf(folder.resolve("file")), folder.listDirectoryEntries())
    }

    @Test
    fun `a part that is shorter than its state says is not trusted`() = runBlocking {
        val server = CapriciousServer.honest()
        val folder = newFolder()
        val dying = DownloadOptions.builder().progress { bytes, _ -> if (bytes > 0) throw Killed() }.build()
        val request = requestTo("http://h/file")
        assertThrows<Killed> { Downloading(server, request, folder.resolve("file"), dying, disk).run() }
        folder.resolve("file.martlet-part").writeText("")

        val file = Downloading(server, request, folder.resolve("file"), DownloadOptions.DEFAULT, disk).run()

        assertEquals(0, file.resumedFrom)
    }

    @Test
    fun `a full disk is an error that names the file, and the next call goes on`() = runBlocking {
        val server = CapriciousServer.honest()
        val path = newFolder().resolve("file")
        val request = requestTo("http://h/file")
        disk.room = server.file.size / 2L

        val error = assertThrows<FileSystemException> {
            Downloading(server, request, path, DownloadOptions.DEFAULT, disk, 100).run()
        }
        disk.room = Long.MAX_VALUE
        val file = Downloading(server, request, path, DownloadOptions.DEFAULT, disk).run()

        assertTrue(file.resumedFrom > 0)
        assertTrue("No space left on device" in error.message.orEmpty(), error.message)
        assertTrue(error.message.orEmpty().startsWith("$path.martlet-part"), error.message)
        assertArrayEquals(server.file, path.readBytes())
    }

    @Test
    fun `a part that another process has locked is refused`() = runBlocking {
        val path = newFolder().resolve("file")
        val others = FileChannel.open(path.resolveSibling("file.martlet-part"), WRITE, CREATE).apply { lock() }

        val error = assertThrows<FileSystemException> {
            Downloading(CapriciousServer.honest(), requestTo("http://h/"), path, DownloadOptions.DEFAULT).run()
        }
        others.close()
        Downloading(CapriciousServer.honest(), requestTo("http://h/"), path, DownloadOptions.DEFAULT).run()

        assertEquals("$path: another download to it is under way", error.message)
    }

    @Test
    fun `a part that gets its final name from another process meanwhile is not written to`() = runBlocking {
        val path = newFolder().resolve("file")
        val part = path.resolveSibling("file.martlet-part").apply { writeBytes(old) }
        val finished = path.resolveSibling("finished")
        val opens = AtomicInteger()
        val racing = Disk { file, options, attributes ->
            FileChannel.open(file, options, *attributes).also {
                if (opens.incrementAndGet() ==
                    2
                ) {
                    part.moveTo(finished)
                }
            }
        }
        val server = CapriciousServer.honest()

        Downloading(server, requestTo("http://h/"), path, DownloadOptions.DEFAULT, racing).run()

        assertArrayEquals(old, finished.readBytes())
        assertArrayEquals(server.file, path.readBytes())
    }

    @Test
    fun `another file that takes the place of the part is not given its name`() = runBlocking {
        val path = newFolder().resolve("file")
        val part = path.resolveSibling("file.martlet-part")
        val swapping = DownloadOptions.builder().progress { _, _ ->
            val other = path.resolveSibling("other").apply { writeBytes(old) }
            Files.move(other, part, StandardCopyOption.REPLACE_EXISTING)
        }

        val error = assertThrows<FileSystemException> {
            Downloading(CapriciousServer.honest(), requestTo("http://h/"), path, swapping.build()).run()
        }

        assertEquals("$part: another file has taken its place", error.message)
        assertEquals(listOf(part), path.parent.listDirectoryEntries())
        assertArrayEquals(old, part.readBytes())
    }

    @Test
    fun `a part that is the file itself, as its maker died in between, is not written to`() = runBlocking {
        val path = newFolder().resolve("file").apply { writeBytes(old) }
        Files.createLink(path.resolveSibling("file.martlet-part"), path)
        val dying = DownloadOptions.builder().progress { _, _ -> throw Killed() }.build()

        assertThrows<Killed> { Downloading(CapriciousServer.honest(), requestTo("http://h/"), path, dying).run() }

        assertArrayEquals(old, path.readBytes())
    }

    private class Lent(private val body: BodySource, private val connection: Semaphore) : BodySource by body {
        private val isClosed = AtomicBoolean()

        override fun close() {
            body.close()
            if (isClosed.compareAndSet(false, true)) connection.release()
        }
    }

    @Test
    @Timeout(20)
    fun `one connection is enough for many segments`() = runBlocking {
        val server = CapriciousServer.honest()
        val connection = Semaphore(1)
        val narrow = Engine { request ->
            connection.acquire()
            server.execute(request).run {
                StreamingResponse(request, version, status, reason, headers, Lent(body, connection))
            }
        }
        val path = newFolder().resolve("file")
        val options = DownloadOptions.builder().segments(3).minSegmentBytes(10).build()

        val file = Downloading(narrow, requestTo("http://h/"), path, options).run()

        assertEquals(3, file.segments)
        assertArrayEquals(server.file, path.readBytes())
    }

    @Test
    fun `a link in the place of the part is not followed`() = runBlocking {
        val folder = newFolder()
        val precious = folder.resolve("precious").apply { writeText("precious") }
        Files.createSymbolicLink(folder.resolve("file.martlet-part"), precious)
        val server = CapriciousServer.honest()

        assertThrows<FileSystemException> {
            Downloading(server, requestTo("http://h/"), folder.resolve("file"), DownloadOptions.DEFAULT).run()
        }

        assertEquals("precious", Files.readString(precious))
    }

    @Test
    fun `what is left of another URL is not used, nor removed before there is something better`() = runBlocking {
        val server = CapriciousServer.honest()
        val path = newFolder().resolve("file")
        val dying = DownloadOptions.builder().progress { bytes, _ -> if (bytes > 0) throw Killed() }.build()
        assertThrows<Killed> { Downloading(server, requestTo("http://h/a"), path, dying, disk).run() }
        val nothing = Engine { it.answered(status = 404) }
        assertThrows<StatusException> {
            Downloading(nothing, requestTo("http://h/b"), path, DownloadOptions.DEFAULT).run()
        }
        val kept = path.resolveSibling("file.martlet-part.state").exists()

        val file = Downloading(server, requestTo("http://h/b"), path, DownloadOptions.DEFAULT, disk).run()

        assertEquals(true to 0L, kept to file.resumedFrom)
    }

    @Test
    fun `a name may be as long as the file system allows`() = runBlocking {
        val server = CapriciousServer.honest()
        val path = newFolder().resolve("x".repeat(251) + ".txt")

        Downloading(server, requestTo("http://h/"), path, DownloadOptions.DEFAULT, disk, 1).run()

        assertEquals(listOf(path), path.parent.listDirectoryEntries())
    }

    @Test
    fun `without overwriting, what was made meanwhile stays`() = runBlocking {
        val server = CapriciousServer.honest()
        val path = newFolder().resolve("file")
        val options = DownloadOptions.builder().overwrite(false).progress { _, _ -> path.writeBytes(old) }.build()

        assertThrows<FileAlreadyExistsException> {
            Downloading(server, requestTo("http://h/"), path, options, disk).run()
        }

        assertArrayEquals(old, path.readBytes())
    }
}
