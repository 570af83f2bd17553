package io.martlet.body

import io.martlet.MemoryBody
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.memoryBody
import io.martlet.requestTo
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assumptions.assumeTrue
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
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/** Ways to read a body in parts; what holds for all of it is in [BodyStreamTest]. */
class BodyReadingTest {
    @TempDir
    lateinit var folder: Path

    private val request = requestTo("http://h/?k=v")

    private fun stream(source: BodySource) = BodyStream(request, source)

    private fun stream(vararg pieces: String) = stream(memoryBody(*pieces))

    private fun complete(text: String) = stream(CompleteBody(request, text.encodeToByteArray()))

    private fun truncated(): Nothing = throw TruncatedBodyException(request, 10, 3, null)

    @ParameterizedTest
    @CsvSource(
        "3, abcdefgh,        abc def gh",
        "3, a b c d e f g h, abc def gh",
        "3, abcd efgh,       abc def gh",
        "4, ab cdefg h,      abcd efgh",
        "8, abc defgh,       abcdefgh",
        "9, abc defgh,       abcdefgh",
        "1, abc,             a b c",
        "3, '',              ''",
    )
    fun `chunks have the size that is asked for, but for the last`(size: Int, pieces: String, chunks: String) =
        runTest {
            val body = stream(*pieces.split(" ").filter { it.isNotEmpty() }.toTypedArray())

            assertEquals(chunks, body.chunks(size).map { it.decodeToString() }.toList().joinToString(" "))
        }

    @Test
    fun `a chunk that is longer than the first room for it is whole`() = runTest {
        val bytes = ByteArray(100_000) { it.toByte() }
        val body = stream(MemoryBody(bytes.toList().chunked(999).map { it.toByteArray() }))

        assertEquals(
            listOf(bytes.take(70_000), bytes.drop(70_000)),
            body.chunks(70_000).map { it.toList() }.toList(),
        )
    }

    @ParameterizedTest
    @ValueSource(ints = [0, -1])
    fun `chunks without a byte are refused`(size: Int) {
        assertEquals(
            "size is $size; a chunk has at least one byte",
            assertThrows<IllegalArgumentException> { stream("a").chunks(size) }.message,
        )
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = [
            "a\\nb\\n       | a,b",
            "a\\nb          | a,b",
            "a\\r\\nb\\r\\n | a,b",
            "a\\r\\n\\nb    | a,,b",
            "a\\rb\\n       | a\\rb",
            "a,b\\nc,d\\n   | ab,cd",
            "a\\r,\\nb      | a,b",
            "ü\\n€          | ü,€",
            "\\n            | ''",
        ],
    )
    fun `lines come without their ends, in whatever pieces they arrive`(pieces: String, lines: String) = runTest {
        val body = stream(*pieces.controls().split(",").toTypedArray())

        assertEquals(lines.controls(), body.lines().toList().joinToString(","))
    }

    private fun String.controls() = replace("\\n", "\n").replace("\\r", "\r")

    @Test
    fun `a body without bytes has no lines`() = runTest {
        assertEquals(emptyList<String>(), stream().lines().toList())
    }

    @Test
    fun `lines are read in the charset that is asked for`() = runTest {
        val body = stream(MemoryBody(listOf("ü\né".toByteArray(Charsets.ISO_8859_1))))

        assertEquals(listOf("ü", "é"), body.lines(charset = Charsets.ISO_8859_1).toList())
    }

    @ParameterizedTest
    @CsvSource("abc\\nab, 'abc,ab'", "abc, abc", "ab\\r\\nc, 'ab,c'")
    fun `a line may be as long as the limit`(text: String, lines: String) = runTest {
        assertEquals(lines, stream(text.controls()).lines(maxLength = 3).toList().joinToString(","))
    }

    @ParameterizedTest
    @ValueSource(strings = ["abcd\\n", "abcd", "a,b,c,d,e", "ok\\nabc,d\\n"])
    fun `a line that is longer is an error, and the body is closed`(pieces: String) = runTest {
        val body = memoryBody(*pieces.controls().split(",").toTypedArray())

        val thrown = assertThrows<PayloadException> { stream(body).lines(maxLength = 3).toList() }

        assertEquals("GET http://h/?***: a line is longer than maxLength = 3 bytes", thrown.message)
        assertEquals(true, body.isClosed)
    }

    @Test
    fun `a line without a byte is no limit`() {
        assertEquals(
            "maxLength is 0; a line has at least one byte",
            assertThrows<IllegalArgumentException> { stream("a").lines(maxLength = 0) }.message,
        )
    }

    @Test
    fun `events come as they are sent, in whatever pieces they arrive`() = runTest {
        val body = stream(": hello\n\nevent: a", "dd\ndata: 1\n", "\ndata: 2\ndata: 3\n\ndata: cut off")

        val events = body.events().toList()

        assertEquals(listOf("add" to "1", "message" to "2\n3"), events.map { it.type() to it.data() })
    }

    @Test
    fun `an event that is too long is an error, and the body is closed`() = runTest {
        val body = memoryBody("data: 1\n\ndata: 23", "4\n\n")

        val thrown = assertThrows<PayloadException> { stream(body).events(maxLength = 8).toList() }

        assertEquals("GET http://h/?***: an event is longer than maxLength = 8 bytes", thrown.message)
        assertEquals(true, body.isClosed)
    }

    @Test
    fun `an event without a byte is no limit`() {
        assertEquals(
            "maxLength is 0; an event has at least one byte",
            assertThrows<IllegalArgumentException> { stream("a").events(maxLength = 0) }.message,
        )
    }

    @Test
    fun `exactly as many bytes are read as are asked for`() = runTest {
        val body = stream("ab", "cde", "f")

        val read = listOf(0, 1, 3, 2, 0).map { body.readExactly(it).decodeToString() }

        assertEquals(listOf("", "a", "bcd", "ef", ""), read)
        assertNull(body.read())
    }

    @Test
    fun `a body that ends before that is an error with both numbers`() = runTest {
        val thrown = assertThrows<PayloadException> { stream("ab", "c").readExactly(1 shl 30) }

        assertEquals("GET http://h/?***: the body ended after 3 of the 1073741824 bytes asked for", thrown.message)
    }

    @Test
    fun `fewer bytes than none are refused`() = runTest {
        assertEquals(
            "count is negative: -1",
            assertThrows<IllegalArgumentException> { stream("a").readExactly(-1) }.message,
        )
    }

    @Test
    fun `a body that breaks is never reported as complete`() = runTest {
        fun broken() = stream(memoryBody("abc") { truncated() })

        assertThrows<TruncatedBodyException> { broken().chunks(2).toList() }
        assertThrows<TruncatedBodyException> { broken().lines().toList() }
        assertThrows<TruncatedBodyException> { broken().readExactly(4) }
    }

    @Test
    fun `what one reader leaves of a piece the next one gets`() = runTest {
        val body = stream("head\nab", "cdefg", "h\nthe end")

        val read = listOf(
            body.lines().first(),
            body.readExactly(3).decodeToString(),
            body.chunks(2).first().decodeToString(),
            Charsets.UTF_8.decode(body.read()!!).toString(),
            body.lines().take(1).toList().single(),
            body.readBytes().decodeToString(),
        )

        assertEquals(listOf("head", "abc", "de", "fg", "h", "the end"), read)
    }

    @Test
    fun `what is left of a body that was complete at once is not lost`() = runTest {
        val body = complete("head\nrest")

        assertEquals(listOf("head", "rest", ""), listOf(body.lines().first(), body.text(), body.text()))
    }

    private suspend fun BodyStream.text() = readBytes().decodeToString()

    @Test
    fun `the bytes of a buffer outside the heap are read`() = runTest {
        val body = stream(
            object : BodySource {
                private var left = 2

                override suspend fun read(): ByteBuffer? =
                    ByteBuffer.allocateDirect(6).put("a\nbcd\n".encodeToByteArray()).flip().takeIf { left-- > 0 }

                override fun close() = Unit
            },
        )

        val read = listOf(body.lines().first(), body.readExactly(2).decodeToString(), body.chunks(3).first())

        assertEquals("[a, bc, [100, 10, 97]]", read.map { (it as? ByteArray)?.toList() ?: it }.toString())
        assertEquals("\nbcd\n", body.text())
    }

    @Test
    fun `a second reader at the same time is refused, and the first one goes on`() = runTest {
        val more = CompletableDeferred<Unit>()
        val body = stream(memoryBody("a") { more.await() })
        var first = ""
        val reading = launch(start = CoroutineStart.UNDISPATCHED) { first = body.text() }

        val refusals = listOf<suspend () -> Any?>(
            { body.read() },
            { body.readBytes() },
            { body.readExactly(1) },
            { body.chunks().first() },
            { body.chunks(1).first() },
            { body.lines().first() },
            { body.transferTo(OutputStream.nullOutputStream()) },
            { body.saveTo(folder.resolve("page")) },
        ).map { assertThrows<IllegalStateException> { it() }.message }
        more.complete(Unit)
        reading.join()

        assertEquals(setOf("GET http://h/?***: the body is being read by somebody else"), refusals.toSet())
        assertEquals("a", first)
        assertEquals(emptyList<Path>(), folder.listDirectoryEntries())
    }

    @Test
    fun `whoever collects reads until the end of the collection`() = runTest {
        val body = stream("a", "b")

        body.chunks().collect { assertThrows<IllegalStateException> { body.read() } }

        assertNull(body.read())
    }

    @Test
    fun `a reader that failed leaves the place to the next`() = runTest {
        val body = stream("abc")
        assertThrows<IOException> {
            body.transferTo(
                object : OutputStream() {
                    override fun write(byte: Int): Unit = throw IOException("full")
                },
            )
        }

        assertNull(body.read())
    }

    @ParameterizedTest
    @ValueSource(booleans = [true, false])
    fun `progress is told after each piece, with the total where it is known`(isKnown: Boolean) = runTest {
        val total = if (isKnown) 6L else -1L
        val pieces = memoryBody("ab", "c", "def")
        val source = object : BodySource by pieces {
            override val totalBytes get() = total
        }
        val told = mutableListOf<String>()
        val output = ByteArrayOutputStream()

        stream(source).transferTo(output) { bytes, all -> told += "$output $bytes/$all" }

        assertEquals(listOf("ab 2/$total", "abc 3/$total", "abcdef 6/$total"), told)
    }

    @Test
    fun `saving tells its progress too, and what that throws leaves nothing behind`() = runTest {
        val told = mutableListOf<Long>()
        complete("abc").saveTo(folder.resolve("page")) { bytes, total -> told += listOf(bytes, total) }

        assertThrows<IllegalStateException> {
            stream("abc").saveTo(folder.resolve("other")) { _, _ -> error("enough") }
        }

        assertEquals(listOf(3L, 3L), told)
        assertEquals(listOf("page"), folder.listDirectoryEntries().map { it.name })
    }

    @ParameterizedTest
    @CsvSource("x, 254", "é, 127", "€, 84", "🐦, 63")
    fun `a name as long as the file system allows can be saved`(character: String, times: Int) = runTest {
        val name = "x" + character.repeat(times)
        assumeTrue(runCatching { Path.of(name) }.isSuccess, "names of files have no $character in this locale")

        stream("abc").saveTo(folder.resolve(name))

        assertEquals(listOf(name), folder.listDirectoryEntries().map { it.name })
    }
}
