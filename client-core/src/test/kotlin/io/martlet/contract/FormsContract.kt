package io.martlet.contract

import io.martlet.body.BodySource
import io.martlet.body.Multipart
import io.martlet.body.RequestBody
import io.martlet.error.ClientException.RequestBodyException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.http.MediaType
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.nio.ByteBuffer
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import java.util.zip.GZIPInputStream
import java.util.zip.InflaterInputStream
import kotlin.io.path.writeBytes
import kotlin.random.Random

/** Bodies that are put together on the way: forms, compressed ones, those that tell how far they are. */
abstract class FormsContract(face: Face) : ContractGroup(face) {
    @TempDir
    lateinit var folder: Path

    private val server = LocalServer().on("/", Reply.empty())

    private fun sent(vararg names: String) = names.map { server.request.header(it) }

    private fun source(vararg pieces: String, length: Long = -1) = RequestBody.source(length, MediaType.TEXT) {
        object : BodySource {
            private val left = pieces.iterator()

            override suspend fun read() = if (left.hasNext()) ByteBuffer.wrap(left.next().encodeToByteArray()) else null

            override fun close() = Unit
        }
    }

    @Test
    fun `a form is sent in order, repeated names among it`() = test {
        session().send(Call("POST", server.url("/"), form = listOf("b" to "x y&", "a" to "ü", "b" to "")))

        assertEquals("b=x+y%26&a=%C3%BC&b=", server.request.text)
        assertEquals(
            listOf("20", "application/x-www-form-urlencoded", null),
            sent("Content-Length", "Content-Type", "Transfer-Encoding"),
        )
    }

    @Test
    fun `a form with a file is sent whole and measured`() = test {
        val bytes = Random(5).nextBytes(3 shl 20)
        val path = folder.resolve("photo.png").apply { writeBytes(bytes) }
        val parts = Multipart.formData().boundary("b").field("title", "Möwe").file("photo", path).build()

        session().send(Call("POST", server.url("/"), multipart = parts))

        val before = "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nMöwe\r\n" +
            "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo.png\"\r\n" +
            "Content-Type: image/png\r\n\r\n"
        val whole = before.encodeToByteArray() + bytes + "\r\n--b--\r\n".encodeToByteArray()
        assertArrayEquals(whole, server.request.body)
        assertEquals(
            listOf("${whole.size}", "multipart/form-data; boundary=b", null),
            sent("Content-Length", "Content-Type", "Transfer-Encoding"),
        )
    }

    @Test
    fun `a form with a stream is sent in chunks`() = test {
        val parts = Multipart.formData().boundary("b").part("log", "log.txt", source("one,", "two")).build()

        session().send(Call("POST", server.url("/"), multipart = parts))

        assertTrue("\r\n\r\none,two\r\n--b--\r\n" in server.request.text)
        assertEquals(listOf(null, "chunked"), sent("Content-Length", "Transfer-Encoding"))
    }

    @Test
    fun `a form follows a redirect that keeps its method`() = test {
        server.on("/", Reply.redirect(307, "/new")).on("/new", Reply.empty())
        val parts = Multipart.formData().field("a", "1").build()

        session().send(Call("POST", server.url("/"), multipart = parts))

        assertEquals(1, server.requests.map { it.text }.distinct().size)
        assertEquals(listOf("POST /", "POST /new"), server.requests.map { "${it.method} ${it.path}" })
    }

    @Test
    fun `a part that is shorter than it says is an error`() = test {
        val parts = Multipart.formData().part("a", source("ab", length = 3)).build()

        failure<RequestBodyException> { session().send(Call("POST", server.url("/"), multipart = parts)) }
    }

    @Test
    fun `a form beside another body is refused`() = test {
        val call = Call("POST", server.url("/"), form = listOf("a" to "1"), body = RequestBody.text("b"))

        failure<IllegalArgumentException> { session().send(call) }
        assertEquals(0, server.accepts)
    }

    @ParameterizedTest
    @CsvSource("gzip, POST", "deflate, POST", "gzip, PUT")
    fun `a body is compressed while it is sent`(coding: String, method: String) = test {
        val text = "always in flight, ".repeat(10_000)

        session().send(Call(method, server.url("/"), body = RequestBody.text(text), compress = coding))

        val received = server.request.body.inputStream()
        val plain = if (coding == "gzip") GZIPInputStream(received) else InflaterInputStream(received)
        assertEquals(text, plain.readBytes().decodeToString())
        assertEquals(
            listOf(coding, "text/plain; charset=utf-8", "chunked", null),
            sent("Content-Encoding", "Content-Type", "Transfer-Encoding", "Content-Length"),
        )
    }

    @Test
    fun `an empty body is not compressed`() = test {
        session().send(Call("POST", server.url("/"), compress = "gzip"))

        assertEquals(listOf(null, "0"), sent("Content-Encoding", "Content-Length"))
    }

    @Test
    fun `a compressed body is sent again compressed, and left with its fields where it is dropped`() = test {
        server.on("/", Reply.redirect(307, "/same")).on("/same", Reply.redirect(303, "/get")).on("/get", Reply.empty())

        session().send(Call("POST", server.url("/"), body = RequestBody.text("text"), compress = "gzip"))

        val (first, second, third) = server.requests
        assertArrayEquals(first.body, second.body)
        assertEquals("gzip", second.header("Content-Encoding"))
        assertNull(third.header("Content-Encoding"))
    }

    @ParameterizedTest
    @ValueSource(strings = ["Content-Encoding: br", "Content-Length: 4"])
    fun `a body that is compressed already, or measured, is refused`(field: String) = test {
        val (name, value) = field.split(": ")
        val call = Call(
            "POST",
            server.url("/"),
            body = RequestBody.text("text"),
            compress = "gzip",
            set = listOf(name to value),
        )

        val error = failure<IllegalArgumentException> { session().send(call) }

        assertEquals("compress is gzip, and there is a $name header too", error.message)
        assertEquals(0, server.accepts)
    }

    @Test
    fun `another coding is refused`() = test {
        val call = Call("POST", server.url("/"), body = RequestBody.text("text"), compress = "br")

        failure<IllegalArgumentException> { session().send(call) }
        assertEquals(0, server.accepts)
    }

    @Test
    fun `a body tells how much of it was sent`() = test {
        val heard = CopyOnWriteArrayList<String>()
        val body = RequestBody.bytes(ByteArray(200_000), null)
            .withProgress { sent, total -> heard += "$sent of $total" }

        session().send(Call("POST", server.url("/"), body = body))

        assertEquals(200_000, server.request.body.size)
        assertEquals(listOf(65_536, 131_072, 196_608, 200_000).map { "$it of 200000" }, heard)
    }

    @Test
    fun `what hears of the progress may end the request`() = test {
        val body = RequestBody.bytes(ByteArray(200_000), null).withProgress { _, _ -> error("enough") }

        val error = failure<RequestBodyException> { session().send(Call("POST", server.url("/"), body = body)) }

        assertTrue(error.message!!.endsWith("the request's body cannot be sent: enough")) { error.message }
    }

    @Test
    fun `text that its charset cannot write is refused before anything is sent`() = test {
        failure<IllegalArgumentException> {
            val type = MediaType.parse("text/plain; charset=iso-8859-1")
            session().send(Call("POST", server.url("/"), body = RequestBody.text("€", type)))
        }

        assertEquals(0, server.accepts)
    }
}
