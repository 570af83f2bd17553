package io.martlet.body

import io.ktor.http.cio.CIOMultipartDataBase
import io.ktor.http.content.PartData
import io.ktor.http.content.forEachPart
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.InternalAPI
import io.martlet.http.Headers
import io.martlet.http.MediaType
import io.martlet.memoryBody
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.io.IOException
import java.nio.file.Path
import kotlin.coroutines.coroutineContext
import kotlin.io.path.writeText

class MultipartTest {
    @TempDir
    lateinit var folder: Path

    private val png = MediaType.parse("image/png")

    private fun form(describe: Multipart.Builder.() -> Unit) =
        Multipart.formData().boundary("b").apply(describe).build().toBody()

    private fun stream(length: Long, vararg pieces: String) = RequestBody.source(length, png) { memoryBody(*pieces) }

    @Test
    fun `parts are sent in order, each with what it says of itself`() = runTest {
        val path = folder.resolve("notes.txt").apply { writeText("file") }

        val body = form {
            field("a", "x y ü")
            field("a", 7)
            part("b", RequestBody.text("text"))
            part("c", "c.png", RequestBody.bytes(byteArrayOf(65), png))
            file("d", path)
            file("e", path, "other.bin", png)
        }

        assertEquals(
            """
            --b
            Content-Disposition: form-data; name="a"

            x y ü
            --b
            Content-Disposition: form-data; name="a"

            7
            --b
            Content-Disposition: form-data; name="b"
            Content-Type: text/plain; charset=utf-8

            text
            --b
            Content-Disposition: form-data; name="c"; filename="c.png"
            Content-Type: image/png

            A
            --b
            Content-Disposition: form-data; name="d"; filename="notes.txt"
            Content-Type: text/plain

            file
            --b
            Content-Disposition: form-data; name="e"; filename="other.bin"
            Content-Type: image/png

            file
            --b--

            """.trimIndent().replace("\n", "\r\n"),
            body.sentText(),
        )
        assertEquals("multipart/form-data; boundary=b", body.contentType().toString())
    }

    @Test
    fun `the length is exact where all parts know theirs, and all is replayable where they are`() = runTest {
        val body = form {
            field("a", "ü")
            part("b", RequestBody.text("text"))
        }

        assertEquals(body.sent().size.toLong(), body.contentLength())
        assertTrue(body.isReplayable)
        assertEquals(body.sentText(), body.sentText())
    }

    @Test
    fun `one part of unknown length makes the length unknown, and one part for once makes all for once`() = runTest {
        val known = form { part("a", stream(3, "a", "bc")) }
        val unknown = form { part("a", stream(-1, "a", "bc")) }

        assertEquals(listOf(known.sent().size.toLong(), -1L), listOf(known, unknown).map { it.contentLength() })
        assertFalse(known.isReplayable)
        assertTrue("\r\n\r\nabc\r\n" in unknown.sentText())
    }

    @Test
    fun `a part is opened when its turn comes, and closed when it is over`() = runTest {
        val first = memoryBody("a")
        var isOpened = false
        val second = RequestBody.source(1, png) { memoryBody("b").also { isOpened = true } }
        val source = form {
            part("a", RequestBody.source(1, png) { first })
            part("b", second)
        }.open()

        repeat(2) { source.read() }
        assertEquals("1 of 1 read" to false, first.toString() to isOpened)
        source.read()
        assertEquals("1 of 1 read, closed" to false, first.toString() to isOpened)
        source.read()
        assertTrue(isOpened)
    }

    @Test
    fun `a part that is not read to its end is closed with the whole`() = runTest {
        val part = memoryBody("a", "b")
        val source = form { part("a", RequestBody.source(2, png) { part }) }.open()
        repeat(2) { source.read() }

        source.close()

        assertTrue(part.isClosed)
    }

    @ParameterizedTest
    @CsvSource("1, 3", "3, 1")
    fun `lengths that are wrong are an error, though their sum is right`(first: Long, second: Long) = runTest {
        val body = form {
            part("a", stream(first, "ab"))
            part("b", stream(second, "ab"))
        }

        val thrown = assertThrows<IOException> { body.sent() }

        assertEquals("a part has 2 bytes, announced were $first", thrown.message)
    }

    @ParameterizedTest
    @CsvSource(
        ignoreLeadingAndTrailingWhitespace = false,
        value = [
            "a\"b,a%22b",
            "'a\r\nX: 1','a%0D%0AX: 1'",
            "a\\b\\,a\\b\\",
            "ü🐦,ü🐦",
            "%22,%22",
            "'','',",
            "a;b=c,a;b=c",
        ],
    )
    fun `a name is quoted as browsers do`(name: String, written: String) = runTest {
        val sent = form { part(name, name, RequestBody.EMPTY) }.sentText()

        assertEquals(
            "--b\r\nContent-Disposition: form-data; name=\"$written\"; filename=\"$written\"\r\n\r\n\r\n--b--\r\n",
            sent,
        )
    }

    /** To browsers and servers that read what they send it is a character like others; to Ktor it is an escape. */
    @OptIn(InternalAPI::class)
    @ParameterizedTest
    @ValueSource(strings = ["a\\b", "a\\\"b", "\\\\", "a\\\r\nX: 1"])
    fun `a backslash makes no other part and no other field, whoever takes it for an escape`(name: String) = runTest {
        val body = form { part(name, name, RequestBody.text("value")) }
        val sent = body.sent()
        val found = mutableListOf<String>()

        CIOMultipartDataBase(coroutineContext, ByteReadChannel(sent), "${body.contentType()}", sent.size.toLong())
            .forEachPart { part ->
                found += part.headers.names().sorted().toString()
                part.release()
            }

        assertEquals(listOf("[Content-Disposition, Content-Type]"), found)
    }

    /** reference/reliability.md A09 */
    @OptIn(InternalAPI::class)
    @ParameterizedTest
    @ValueSource(strings = ["plain", "a\r\nX: 1", "a\"; filename=\"b", "ü🐦", "a;b", "--b", "a\r\n\r\n--b--\r\n"])
    fun `another's parser finds one part and no other field, whatever the name`(name: String) = runTest {
        val body = form { part(name, name, RequestBody.text("value")) }
        val sent = body.sent()
        val found = mutableListOf<String>()

        CIOMultipartDataBase(coroutineContext, ByteReadChannel(sent), "${body.contentType()}", sent.size.toLong())
            .forEachPart { part ->
                val escaped = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A")
                assertEquals(escaped, part.name)
                assertEquals(escaped, (part as PartData.FileItem).originalFileName)
                found += part.headers.names().sorted().toString()
                part.release()
            }

        assertEquals(listOf("[Content-Disposition, Content-Type]"), found)
    }

    @ParameterizedTest
    @CsvSource("0", "1", "27", "127", "133")
    fun `another control character in a name is refused`(code: Int) {
        val text = "ab${code.toChar()}"
        val thrown = listOf(
            assertThrows<IllegalArgumentException> { form { field(text, "") } },
            assertThrows<IllegalArgumentException> { form { part("a", text, RequestBody.EMPTY) } },
        )

        val reason = "has a control character \\u%04x at index 2".format(code)
        assertEquals(listOf("name of a form field $reason", "fileName $reason"), thrown.map { it.message })
    }

    @Test
    fun `half a character is refused`() {
        assertThrows<IllegalArgumentException> { form { field("a", "\ud83d") } }
        assertThrows<IllegalArgumentException> { form { field("\ud83d", "a") } }
    }

    @Test
    fun `a part may say more of itself`() = runTest {
        val more = Headers.of("X-Part", "1", "Content-Type", "text/csv")

        val sent = form { part("a", null, RequestBody.text("text"), more) }.sentText()

        assertEquals(
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nX-Part: 1\r\nContent-Type: text/csv\r\n\r\ntext\r\n--b--\r\n",
            sent,
        )
    }

    @ParameterizedTest
    @ValueSource(strings = ["Content-Disposition", "content-length", "Transfer-Encoding"])
    fun `a part does not say what is not its own`(name: String) {
        val thrown = assertThrows<IllegalArgumentException> {
            form { part("a", null, RequestBody.EMPTY, Headers.of(name, "1")) }
        }

        assertTrue(thrown.message!!.startsWith("header ${name.split("-").joinToString("-") { it.cap() }} is not for"))
    }

    private fun String.cap() = replaceFirstChar { it.uppercase() }

    @Test
    fun `several bodies may be a part of a form`() = runTest {
        val files = Multipart.mixed(RequestBody.text("one"), RequestBody.bytes(byteArrayOf(50), null))
        val inner = files.contentType().parameters["boundary"]

        val sent = form { part("files", files.toBody()) }.sentText()

        assertEquals(
            """
            --b
            Content-Disposition: form-data; name="files"
            Content-Type: multipart/mixed; boundary=$inner

            --$inner
            Content-Type: text/plain; charset=utf-8

            one
            --$inner
            Content-Type: application/octet-stream

            2
            --$inner--

            --b--

            """.trimIndent().replace("\n", "\r\n"),
            sent,
        )
    }

    @Test
    fun `bodies of another type than a form say of themselves what they like`() = runTest {
        val related = Multipart.of("related").parameter("type", "image/png").boundary("b")
            .part(RequestBody.bytes(byteArrayOf(65), png))
            .part(RequestBody.text("text"), Headers.of("Content-Disposition", "inline", "Content-Type", "text/csv"))
            .build()

        assertEquals("multipart/related; type=\"image/png\"; boundary=b", "${related.contentType()}")
        assertEquals(
            """
            --b
            Content-Type: image/png

            A
            --b
            Content-Disposition: inline
            Content-Type: text/csv

            text
            --b--

            """.trimIndent().replace("\n", "\r\n"),
            related.toBody().sentText(),
        )
    }

    @Test
    fun `a boundary among the parameters is held to the same rules`() {
        assertThrows<IllegalArgumentException> { Multipart.of("mixed").parameter("Boundary", "a b") }

        assertEquals(
            "multipart/mixed; boundary=b",
            "${Multipart.of("mixed").parameter("boundary", "b").build().contentType()}",
        )
    }

    @ParameterizedTest
    @CsvSource("Content-Length", "Transfer-Encoding")
    fun `no part of anything frames itself`(name: String) {
        val thrown = assertThrows<IllegalArgumentException> {
            Multipart.of("mixed").part(RequestBody.EMPTY, Headers.of(name, "1"))
        }

        assertEquals("header $name is not for a part to set (the boundary frames it)", thrown.message)
    }

    @ParameterizedTest
    @ValueSource(strings = ["form-data", "Form-Data", "", "a b", "a\r\n"])
    fun `a subtype that is none, or has parts with names, is refused`(subtype: String) {
        assertThrows<IllegalArgumentException> { Multipart.of(subtype) }
    }

    @Test
    fun `a form without parts is closed`() = runTest {
        assertEquals("--b--\r\n", form {}.sentText())
    }

    @Test
    fun `every form has a boundary of its own, of 128 bits`() {
        val boundaries = List(2) { Multipart.formData().build().contentType().parameters.getValue("boundary") }

        boundaries.forEach { assertTrue(Regex("[0-9a-f]{32}").matches(it)) }
        assertNotEquals(boundaries[0], boundaries[1])
    }

    @ParameterizedTest
    @ValueSource(strings = ["", "a b", "ü", "a\r\nb", "\""])
    fun `a boundary that is none is refused`(boundary: String) {
        val thrown = assertThrows<IllegalArgumentException> { Multipart.formData().boundary(boundary) }

        assertEquals("boundary of ${boundary.length} characters is not one of RFC 2046 §5.1.1", thrown.message)
    }

    @Test
    fun `a boundary has at most 70 characters, and is quoted where it must be`() {
        assertThrows<IllegalArgumentException> { Multipart.formData().boundary("a".repeat(71)) }

        val type = Multipart.formData().boundary("a".repeat(69) + ":").build().contentType()

        assertEquals("multipart/form-data; boundary=\"${"a".repeat(69)}:\"", type.toString())
    }

    @Test
    fun `a form prints its type and size and nothing of what is in it`() {
        val form = Multipart.formData().field("secret", "secret").build()

        assertEquals("multipart/form-data of 1 parts", form.toString())
        assertFalse("secret" in form.toBody().toString())
    }
}
