package io.martlet.body

import io.martlet.MemoryBody
import io.martlet.error.ClientException.BodyTooLargeException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.http.Headers
import io.martlet.memoryBody
import io.martlet.requestTo
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.OutputStream
import java.nio.ByteBuffer
import java.nio.channels.WritableByteChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText

class BodyStreamTest {
    @TempDir
    lateinit var folder: Path

    private val request = requestTo("http://h/?k=v") { maxBufferedBody(5) }

    private fun stream(source: BodySource) = BodyStream(request, source)

    private fun truncated(): Nothing = throw TruncatedBodyException(request, 10, 3, null)

    @ParameterizedTest
    @ValueSource(strings = ["", "a", "a b", "a b c", "abc d e fgh i"])
    fun `all bytes are read, in however many pieces they come`(text: String) = runTest {
        val pieces = if (text.isEmpty()) emptyArray() else text.split(" ").toTypedArray()

        assertEquals(text.replace(" ", ""), stream(memoryBody(*pieces)).readBytes(limit = 0).decodeToString())
    }

    @Test
    fun `nothing is left after all bytes were read`() = runTest {
        val stream = stream(memoryBody("ab"))
        stream.readBytes()

        assertEquals(0, stream.readBytes().size)
        assertNull(stream.read())
    }

    @ParameterizedTest
    @CsvSource("5, 2 of 2 read", "6, 2 of 2 read", "0, 2 of 2 read", "9223372036854775807, 2 of 2 read")
    fun `a body as long as the limit is read, and stays open`(limit: Long, printed: String) = runTest {
        val body = memoryBody("abc", "de")

        assertEquals("abcde", stream(body).readBytes(limit).decodeToString())
        assertEquals(printed, body.toString())
    }

    @ParameterizedTest
    @CsvSource("4, 2 of 3 read", "3, 2 of 3 read", "2, 1 of 3 read", "1, 1 of 3 read")
    fun `a body that is longer than the limit is closed as soon as it is`(limit: Long, printed: String) = runTest {
        val body = memoryBody("abc", "de", "f")

        val thrown = assertThrows<BodyTooLargeException> { stream(body).readBytes(limit) }

        assertEquals(limit, thrown.limit())
        assertEquals(
            "GET http://h/?***: the body is longer than maxBufferedBody = $limit bytes;" +
                " raise the limit or stream the body with open()",
            thrown.message,
        )
        assertEquals("$printed, closed", body.toString())
    }

    @Test
    fun `the limit is the request's unless another is given`() = runTest {
        assertEquals(5, assertThrows<BodyTooLargeException> { stream(memoryBody("abcdef")).readBytes() }.limit())
        assertEquals("abcde", stream(memoryBody("abcde")).readBytes().decodeToString())
    }

    @Test
    fun `a body that breaks is never reported as complete`() = runTest {
        val body = memoryBody("abc") { truncated() }
        val output = ByteArrayOutputStream()

        assertThrows<TruncatedBodyException> { stream(memoryBody("abc") { truncated() }).readBytes() }
        assertThrows<TruncatedBodyException> { stream(memoryBody("abc") { truncated() }).chunks().toList() }
        assertThrows<TruncatedBodyException> { stream(body).transferTo(output) }
        assertEquals("abc", output.toString())
    }

    @Test
    fun `chunks are arrays of the collector's own`() = runTest {
        val chunks = stream(memoryBody("ab", "c", "def")).chunks().toList()

        assertEquals(listOf("ab", "c", "def"), chunks.map { it.decodeToString() })
    }

    @Test
    fun `what one collector leaves the next reader gets`() = runTest {
        val stream = stream(memoryBody("a", "b", "c", "d"))

        assertEquals(listOf("a", "b"), stream.chunks().take(2).map { it.decodeToString() }.toList())
        assertEquals("cd", stream.readBytes().decodeToString())
        assertEquals(emptyList<ByteArray>(), stream.chunks().toList())
    }

    @Test
    fun `transferring writes all bytes and leaves the output open`() = runTest {
        val output = object : ByteArrayOutputStream() {
            var closes = 0

            override fun close() {
                closes++
            }
        }
        val body = memoryBody("ab", "c", "def")

        assertEquals(6, stream(body).transferTo(output))

        assertEquals("abcdef", output.toString())
        assertEquals(0, output.closes)
        assertEquals("3 of 3 read", body.toString())
    }

    @Test
    fun `a channel that takes one byte at a time gets all`() = runTest {
        val written = StringBuilder()
        val channel = object : WritableByteChannel {
            override fun write(bytes: ByteBuffer): Int {
                written.append(bytes.get().toInt().toChar())
                return 1
            }

            override fun isOpen() = true

            override fun close(): Unit = throw AssertionError("it stays open")
        }

        assertEquals(6, stream(memoryBody("abc", "def")).transferTo(channel))
        assertEquals("abcdef", written.toString())
    }

    @Test
    fun `what an output throws is thrown`() = runTest {
        val full = object : OutputStream() {
            override fun write(byte: Int): Unit = throw IOException("No space left on device")
        }

        assertEquals(
            "No space left on device",
            assertThrows<IOException> { stream(memoryBody("a")).transferTo(full) }.message,
        )
    }

    @Test
    fun `a body is saved under its name, and nothing beside it`() = runTest {
        val written = stream(memoryBody("ab", "c", "def")).saveTo(folder.resolve("page"))

        assertEquals(6, written)
        assertEquals("page: abcdef", files())
    }

    @Test
    fun `a body without bytes makes an empty file`() = runTest {
        assertEquals(0, stream(memoryBody()).saveTo(folder.resolve("page")))
        assertEquals("page: ", files())
    }

    @Test
    fun `a body that is saved takes the place of what is there, only once it is complete`() = runTest {
        val page = folder.resolve("page").apply { writeText("old") }
        var meanwhile = ""
        val body = memoryBody("new", " page") { meanwhile = page.readText() }

        stream(body).saveTo(page)

        assertEquals("old", meanwhile)
        assertEquals("page: new page", files())
    }

    @ParameterizedTest
    @ValueSource(strings = ["page: old", ""])
    fun `a body that breaks leaves everything as it was`(before: String) = runTest {
        val page = folder.resolve("page")
        if (before.isNotEmpty()) page.writeText("old")
        var meanwhile = 0

        assertThrows<TruncatedBodyException> {
            stream(
                memoryBody("new") {
                    meanwhile =
                        folder.listDirectoryEntries().count { it.name.startsWith(".page.") && it.readText() == "new" }
                    truncated()
                },
            ).saveTo(page)
        }

        assertEquals(1, meanwhile, "half-written files beside it while it arrived")
        assertEquals(before, files())
    }

    @Test
    fun `saving that is cancelled leaves everything as it was`() = runBlocking {
        val page = folder.resolve("page").apply { writeText("old") }
        val stuck = CompletableDeferred<Unit>()
        val body = memoryBody("new") {
            stuck.complete(Unit)
            awaitCancellation()
        }
        val saving = launch { stream(body).saveTo(page) }
        stuck.await()
        saving.cancel()
        saving.join()

        assertEquals("page: old", files())
    }

    @Test
    fun `a target that cannot be replaced leaves everything as it was`() = runTest {
        val page = folder.resolve("page").createDirectory()
        Files.createFile(page.resolve("in it"))

        assertThrows<IOException> { stream(memoryBody("new")).saveTo(page) }

        assertEquals(listOf("page"), folder.listDirectoryEntries().map { it.name })
        assertEquals(listOf("in it"), page.listDirectoryEntries().map { it.name })
    }

    @Test
    fun `a folder that is not there is an error before anything is read`() = runTest {
        val body = memoryBody("new")

        assertThrows<NoSuchFileException> { stream(body).saveTo(folder.resolve("none").resolve("page")) }

        assertEquals("0 of 1 read", body.toString())
    }

    @Test
    fun `a file that is saved can be read by those who may read other new files`() = runTest {
        val other = folder.resolve("other").apply { writeText("") }
        val page = folder.resolve("page")

        stream(memoryBody("new")).saveTo(page)

        assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(page))
    }

    @Test
    fun `trailers and closing are the source's`() = runTest {
        val body = MemoryBody(trailers = Headers.of("X-Sum", "1"))
        val stream = stream(body)
        stream.close()

        assertEquals("{X-Sum: 1}", stream.trailers.toString())
        assertTrue(body.isClosed)
    }

    private fun files() = folder.listDirectoryEntries().sorted().joinToString { "${it.name}: ${it.readText()}" }
}
