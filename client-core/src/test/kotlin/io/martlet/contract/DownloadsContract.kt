package io.martlet.contract

import io.martlet.download.DownloadOptions
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.fixture.FileServer
import io.martlet.fixture.Gate
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.fixture.eventually
import io.martlet.retry.RetryBudget
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.cancelAndJoin
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.FileAlreadyExistsException
import java.nio.file.FileSystemException
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import java.time.Duration
import java.util.HexFormat
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.io.path.getPosixFilePermissions
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.random.Random

/** Files that are fetched whole or not at all, and go on where they broke off. */
abstract class DownloadsContract(face: Face) : ContractGroup(face) {
    @TempDir
    lateinit var folder: Path

    private val bytes = Random(6).nextBytes(300_000)
    private val server = FileServer(bytes)
    private val call = Call("GET", server.url("/file"))
    private val path get() = folder.resolve("file.bin")
    private val left get() = folder.listDirectoryEntries().map { "${it.fileName}" }.sorted()

    private fun options(set: DownloadOptions.Builder.() -> Unit) = DownloadOptions.builder().apply(set).build()

    private fun sha256(of: ByteArray) = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(of))

    @Test
    fun `a file is saved whole, in the place of the old one`() = test {
        path.writeText("old")

        val file = session().download(call, path)

        assertArrayEquals(bytes, path.readBytes())
        assertEquals(listOf("file.bin"), left)
        assertEquals(
            "$path 300000 null 0 1 ${server.url("/file")} 200 \"v1\"",
            file.run { "$path $bytes $digest $resumedFrom $segments $url $status ${headers["ETag"]}" },
        )
        assertTrue("Accept-Encoding: identity" in server.fields)
    }

    @Test
    fun `a download that breaks off leaves the old file, and goes on with the next call`() = unless(Gap.EARLY_BYTES) {
        test {
            path.writeText("old")
            server.cuts += 200_000
            val session = session()

            failure<TruncatedBodyException> { session.download(call, path) }
            assertEquals("old", path.readText())
            assertEquals(listOf("file.bin", "file.bin.martlet-part", "file.bin.martlet-part.state"), left)
            val file = session.download(call, path)

            assertArrayEquals(bytes, path.readBytes())
            assertEquals(listOf("all", "bytes=199999-299999"), server.asked)
            assertEquals("200000 206", "${file.resumedFrom} ${file.status}")
            assertEquals(listOf("file.bin"), left)
        }
    }

    @Test
    fun `only their owner can read what is kept of it`() = unless(Gap.EARLY_BYTES) {
        test {
            server.cuts += 1000

            failure<TruncatedBodyException> { session().download(call, path) }

            val state = folder.resolve("file.bin.martlet-part.state")
            assertEquals("rw-------", PosixFilePermissions.toString(state.getPosixFilePermissions()))
        }
    }

    @Test
    fun `a file that has changed meanwhile is fetched anew`() = test {
        server.cuts += 200_000
        val session = session()
        failure<TruncatedBodyException> { session.download(call, path) }
        server.content = Random(7).nextBytes(250_000)
        server.etag = "\"v2\""

        val file = session.download(call, path)

        assertArrayEquals(server.content, path.readBytes())
        assertEquals(0, file.resumedFrom)
    }

    @Test
    fun `a file may be told by the time of its last change`() = unless(Gap.EARLY_BYTES) {
        server.etag = null
        server.modified = "Wed, 21 Oct 2015 07:28:00 GMT"
        server.cuts += 200_000
        test {
            val session = session()
            failure<TruncatedBodyException> { session.download(call, path) }

            val file = session.download(call, path)

            assertArrayEquals(bytes, path.readBytes())
            assertTrue(file.resumedFrom > 0) { "${server.asked}" }
        }
    }

    @Test
    fun `without a strong validator nothing is kept`() = test {
        server.etag = "W/\"v1\""
        server.cuts += 200_000
        val session = session()

        failure<TruncatedBodyException> { session.download(call, path) }
        assertEquals(emptyList<String>(), left)
        session.download(call, path)

        assertArrayEquals(bytes, path.readBytes())
        assertEquals(listOf("all", "all"), server.asked)
    }

    @Test
    fun `a session that retries goes on at once`() = unless(Gap.EARLY_BYTES) {
        test {
            server.cuts += listOf(100_000, 50_000)
            val atOnce = RetryPolicy.builder().firstDelay(Duration.ZERO).budget(RetryBudget.UNLIMITED).build()

            session().download(call.copy(options = { retry(atOnce) }), path)

            assertArrayEquals(bytes, path.readBytes())
            assertEquals(listOf("all", "bytes=99999-299999", "bytes=149998-299999"), server.asked)
        }
    }

    @Test
    fun `a policy bounds how often a body may break off`() = test {
        server.cuts += List(10) { 10_000 }
        val atOnce = RetryPolicy.builder().firstDelay(Duration.ZERO).budget(RetryBudget.UNLIMITED).build()

        val last = failure<TruncatedBodyException> {
            session().download(call.copy(options = { retry(atOnce) }), path)
        }

        assertEquals(3, server.asked.size)
        assertEquals(2, last.suppressed.count { it is TruncatedBodyException })
    }

    @Test
    fun `segments are fetched side by side`() = test {
        val parts = options { segments(3).minSegmentBytes(100_000) }

        val file = session().download(call, path, parts)

        assertArrayEquals(bytes, path.readBytes())
        assertEquals(listOf("all", "bytes=100000-199999", "bytes=200000-299999"), server.asked.sorted())
        assertEquals(3, file.segments)
    }

    @Test
    fun `the digest is calculated, and compared`() = test {
        val session = session()

        assertEquals(sha256(bytes), session.download(call, path, options { digest("SHA-256") }).digest)
        assertEquals(sha256(bytes), session.download(call, path, options { sha256(sha256(bytes)) }).digest)
    }

    @Test
    fun `a file with another digest or size is not taken, and nothing of it kept`() = test {
        path.writeText("old")
        val session = session()

        failure<PayloadException> { session.download(call, path, options { sha256("0".repeat(64)) }) }
        failure<PayloadException> { session.download(call, path, options { size(299_999) }) }
        failure<PayloadException> { session.download(call, path, options { maxBytes(299_999) }) }

        assertEquals("old", path.readText())
        assertEquals(listOf("file.bin"), left)
    }

    @Test
    fun `what is no file is an error by its status`() = test {
        val other = LocalServer().on("/204", Reply.empty().status(204))

        val errors = listOf("/404", "/204").map { target ->
            failure<StatusException> { session().download(Call("GET", other.url(target)), path) }.status()
        }

        assertEquals(listOf(404, 204) to emptyList<String>(), errors to left)
    }

    @Test
    fun `a second download to the same file is refused`() = test {
        server.gate = Gate()
        val session = session()
        val first = inFlight { session.download(call, path) }
        eventually({ "nobody asked" }) { server.asked.size == 1 }

        val error = failure<FileSystemException> { session.download(call, path) }
        server.gate?.open()

        assertEquals("$path: another download to it is under way", error.message)
        first.await().getOrThrow()
        assertArrayEquals(bytes, path.readBytes())
    }

    @Test
    fun `a download that is cancelled goes on with the next call`() = test {
        val session = session()
        val told = CopyOnWriteArrayList<Long>()
        val gate = Gate().also { server.gate = it }
        val first = inFlight { session.download(call, path, options { progress { bytes, _ -> told += bytes } }) }
        eventually({ "nothing came" }) { told.isNotEmpty() }

        first.cancelAndJoin()
        server.gate = null
        val file = session.download(call, path)

        assertEquals(1, file.resumedFrom)
        assertArrayEquals(bytes, path.readBytes())
        gate.open()
    }

    @Test
    fun `a file that must not be overwritten is an error before anything is sent`() = test {
        path.writeText("old")

        failure<FileAlreadyExistsException> { session().download(call, path, options { overwrite(false) }) }

        assertEquals("old" to emptyList<String>(), path.readText() to server.asked.toList())
    }

    @Test
    fun `progress tells how far it has come, and of how much`() = test {
        val told = CopyOnWriteArrayList<Pair<Long, Long>>()

        session().download(call, path, options { progress { bytes, total -> told += bytes to total } })

        assertEquals(300_000L to 300_000L, told.last())
        assertEquals(told.sortedBy { it.first }, told)
    }

    @Test
    fun `a folder that is not there is an error that names the file`() = test {
        val missing = folder.resolve("missing/file.bin")

        val error = failure<NoSuchFileException> { session().download(call, missing) }

        assertEquals("$missing: it, or its folder, is not there", error.message)
    }

    @Test
    fun `a folder is no file`() = test {
        val error = failure<FileSystemException> { session().download(call, folder) }

        assertEquals("$folder: it is a folder", error.message)
    }

    @Test
    fun `who asks for a range, or does not get, is refused`() = test {
        val session = session()

        failure<IllegalArgumentException> { session.download(call.copy(set = listOf("Range" to "bytes=1-")), path) }
        failure<IllegalArgumentException> { session.download(call.copy(set = listOf("If-Range" to "\"v\"")), path) }

        assertEquals(emptyList<String>(), server.asked.toList())
    }
}
