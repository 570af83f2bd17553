package io.martlet.contract

import io.martlet.error.ClientException.BodyTooLargeException
import io.martlet.error.ClientException.PayloadException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.deflate
import io.martlet.fixture.gzip
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.OutputStream

/** Bodies of responses that are sent compressed; reference/reliability.md E08 to E12. */
abstract class DecompressionContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer()
    private val text = "always in flight, ".repeat(1000).encodeToByteArray()

    private fun encoded(bytes: ByteArray, vararg codings: String) =
        codings.fold(Reply.bytes(bytes)) { reply, coding -> reply.header("Content-Encoding", coding) }

    @Test
    fun `compressed bodies are asked for`() = test {
        server.on("/", Reply.text("plain"))

        val response = session().send(Call("GET", server.url("/")))

        assertTrue(server.request.header("Accept-Encoding")!!.startsWith("gzip, deflate")) { "${server.request}" }
        assertEquals("plain", response.text())
    }

    @Test
    fun `the caller may ask for what it wants`() = test {
        server.on("/", Reply.text("plain"))

        session().send(Call("GET", server.url("/"), set = listOf("Accept-Encoding" to "identity")))

        assertEquals(listOf("identity"), server.request.headers("Accept-Encoding"))
    }

    @Test
    fun `gzip and deflate are decoded, and the fields say what was sent`() = test {
        server.on("/gzip", encoded(gzip(text), "gzip")).on("/deflate", encoded(deflate(text), "deflate"))
        val session = session()

        val responses = listOf("/gzip", "/deflate").map { session.send(Call("GET", server.url(it))) }

        responses.forEach { assertArrayEquals(text, it.bytes) }
        assertEquals(
            listOf("gzip", "${gzip(text).size}"),
            listOf("Content-Encoding", "Content-Length").map { responses.first().headers[it] },
        )
    }

    @Test
    fun `a body that comes in pieces is decoded while it comes`() = test {
        val pieces = gzip(text).asList().chunked(7).map { it.toByteArray() }
        val reply = Reply.streaming { body -> pieces.forEach { body.write(it) } }.header("Content-Encoding", "gzip")
        server.on("/", reply)

        session().open(Call("GET", server.url("/"))).use { assertArrayEquals(text, it.readBytes()) }
    }

    @Test
    fun `up to five codings are undone, in one field or several`() = test {
        server.on("/", encoded(gzip(deflate(gzip(gzip(deflate(text))))), "deflate, gzip", "gzip, deflate", "GZIP"))

        assertArrayEquals(text, session().send(Call("GET", server.url("/"))).bytes)
    }

    @Test
    fun `six codings are an error`() = test {
        server.on("/", encoded(gzip(text), *Array(6) { "gzip" }))

        failure<PayloadException> { session().send(Call("GET", server.url("/"))) }
    }

    @Test
    fun `a coding that is not known leaves the body as it is`() = test {
        server.on("/", encoded(gzip(text), "gzip, unheard-of"))

        assertArrayEquals(gzip(text), session().send(Call("GET", server.url("/"))).bytes)
    }

    @Test
    fun `where it is off, nothing is asked for and bytes are handed over as they came`() = unless(Gap.OWN_FIELDS) {
        test {
            server.on("/", encoded(gzip(text), "gzip"))
            val responses = listOf(
                session { copy(decompress = false) }.send(Call("GET", server.url("/"))),
                session().send(Call("GET", server.url("/"), decompress = false)),
            )

            responses.forEach { assertArrayEquals(gzip(text), it.bytes) }
            server.requests.forEach { assertEquals(null, it.header("Accept-Encoding")) }
        }
    }

    @Test
    fun `a request may switch it on`() = test {
        server.on("/", encoded(gzip(text), "gzip"))

        val response = session { copy(decompress = false) }.send(Call("GET", server.url("/"), decompress = true))

        assertArrayEquals(text, response.bytes)
    }

    @ParameterizedTest
    @ValueSource(ints = [204, 304])
    fun `a status without a body has none to decode`(status: Int) = test {
        server.on("/", Reply.empty().status(status, "Nothing").header("Content-Encoding", "gzip"))

        assertEquals(0, session().send(Call("GET", server.url("/"))).bytes.size)
    }

    @Test
    fun `HEAD has nothing to decode, and neither has an empty body`() = test {
        server.on("/", encoded(gzip(text), "gzip")).on("/empty", encoded(ByteArray(0), "gzip"))
        val session = session()

        assertEquals(0, session.send(Call("HEAD", server.url("/"))).bytes.size)
        assertEquals(0, session.send(Call("GET", server.url("/empty"))).bytes.size)
    }

    @Test
    fun `what is behind a redirect is decoded`() = test {
        server.on("/", Reply.redirect(302, "/gzip").header("Content-Encoding", "gzip"))
        server.on("/gzip", encoded(gzip(text), "gzip"))

        assertArrayEquals(text, session().send(Call("GET", server.url("/"))).bytes)
    }

    @Test
    fun `what is corrupt, cut off or too long is an error`() = test {
        val whole = gzip(text)
        val wrong = whole.clone().also { it[it.size - 5] = (it[it.size - 5] + 1).toByte() }
        server.on("/wrong", encoded(wrong, "gzip"))
        server.on("/cut", encoded(whole.copyOf(whole.size - 1), "gzip"))
        server.on("/more", encoded(whole + 0, "gzip"))
        val session = session()

        listOf("/wrong", "/cut", "/more").forEach { path ->
            failure<PayloadException> { session.send(Call("GET", server.url(path))) }
        }
    }

    @Test
    fun `maxBufferedBody holds for what is decoded`() = test {
        server.on("/", encoded(gzip(ByteArray(1001)), "gzip"))
        val session = session { copy(maxBufferedBody = 1000) }

        failure<BodyTooLargeException> { session.send(Call("GET", server.url("/"))) }
    }

    @Test
    fun `a bomb is an error where it would fill the memory, and is streamed where it does not`() = test {
        server.on("/", encoded(gzip(gzip(ByteArray(40 shl 20))), "gzip, gzip"))
        val session = session { copy(maxBufferedBody = 0) }

        failure<PayloadException> { session.send(Call("GET", server.url("/"))) }
        val length = session.open(Call("GET", server.url("/"))).use { it.transferTo(OutputStream.nullOutputStream()) }

        assertEquals(40L shl 20, length)
    }

    @Test
    fun `a server that goes on for ever is held back, and can be left`() = test {
        val bomb = gzip(ByteArray(1 shl 20))
        val endless = RawServer({
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\n\r\n")
            while (true) it.send(bomb)
        })

        session().open(Call("GET", endless.url("/"))).close()

        endless.awaitAllEnded()
    }
}
