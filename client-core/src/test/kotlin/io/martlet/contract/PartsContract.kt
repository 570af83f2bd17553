package io.martlet.contract

import io.martlet.body.Multipart
import io.martlet.body.RequestBody
import io.martlet.error.ClientException.PayloadException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.http.Headers
import io.martlet.http.MediaType
import io.martlet.http.Part
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import kotlin.random.Random

/** Multipart bodies of responses. */
abstract class PartsContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer().on("/echo") { Reply.bytes(it.body, it.header("Content-Type")!!) }

    private fun serve(vararg pieces: String) = server.on(
        "/",
        Reply.streaming { sink -> pieces.forEach { sink.write(it.encodeToByteArray()) } }
            .header("Content-Type", "multipart/byteranges; boundary=b"),
    )

    /** As values, and read while they arrive. */
    private suspend fun bothWays(call: Call): List<List<Part>> {
        val session = session()
        return listOf(session.send(call).parts(), session.open(call).use { it.parts() })
    }

    private fun printed(part: Part) = "${part.headers} ${part.text()}"

    @Test
    fun `ranges are read one by one`() = test {
        val head = "Content-Range: bytes 0-1/9\r\n"
        serve("before\r\n--b\r\n$head", "\r\nab\r\n-", "-b\r\n\r", "\ncd\r\n--b--\r\nbehind")

        val read = bothWays(Call("GET", server.url("/"))).map { it.map(::printed) }

        assertEquals(listOf(listOf("{Content-Range: bytes 0-1/9} ab", "{} cd")), read.distinct())
    }

    @Test
    fun `what is sent as a form is read as its parts`() = test {
        val bytes = Random(6).nextBytes(3 shl 20)
        val inner = Multipart.mixed(RequestBody.text("Möwe"))
        val form = Multipart.formData().field("a", "1\r\n--")
            .part(
                "photo",
                "p.png",
                RequestBody.bytes(bytes, MediaType.parse("image/png")),
            ).part("inner", inner.toBody())

        bothWays(Call("POST", server.url("/echo"), multipart = form.build())).forEach { (field, file, mixed) ->
            assertEquals(listOf("a", "1\r\n--"), listOf(field.name().get(), field.text()))
            assertEquals(listOf("photo", "p.png"), listOf(file.name().get(), file.fileName().get()))
            assertArrayEquals(bytes, file.bytes)
            assertEquals("Möwe", Multipart.parse(mixed.mediaType(), mixed.bytes).single().text())
        }
    }

    @Test
    fun `bodies of any multipart type are sent with their own fields`() = test {
        val related = Multipart.of("related").parameter("type", "text/html").boundary("b")
            .part(RequestBody.text("<img>", MediaType.parse("text/html")))
            .part(RequestBody.bytes(byteArrayOf(65), null), Headers.of("Content-ID", "<1>")).build()

        val response = session().send(Call("POST", server.url("/echo"), multipart = related))

        assertEquals("multipart/related; type=\"text/html\"; boundary=b", response.headers["Content-Type"])
        assertEquals(
            listOf("{Content-Type: text/html} <img>", "{Content-ID: <1>, Content-Type: application/octet-stream} A"),
            response.parts().map(::printed),
        )
    }

    @ParameterizedTest
    @ValueSource(
        strings = ["--b\r\n\r\nab", "--b\r\n\r\nab\r\n--b", "--b\r\n\r\nab\r\n--b\r\nA: 1\u0000\r\n\r\n--b--", "ab"],
    )
    fun `a multipart body that breaks its own rules is an error`(body: String) = test {
        serve(body)
        val call = Call("GET", server.url("/"))

        val asValue = failure<PayloadException> { session().send(call).parts() }
        val streamed = failure<PayloadException> { session().open(call).use { it.parts() } }

        assertEquals(asValue.message, streamed.message)
    }

    @Test
    fun `a body that is not multipart has no parts`() = test {
        server.on("/", Reply.text("text"))

        val error = failure<PayloadException> { session().open(Call("GET", server.url("/"))).use { it.parts() } }

        assertEquals("GET ${server.url}/: the body is text/plain, not multipart", error.message)
    }
}
