package io.martlet.contract

import io.martlet.body.RequestBody
import io.martlet.config.ClientTimeout
import io.martlet.error.ClientException.BodyTooLargeException
import io.martlet.error.ClientException.RequestBodyException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Published
import io.martlet.fixture.RawServer
import io.martlet.fixture.Reply
import io.martlet.fixture.Script
import io.martlet.http.MediaType
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.future.await
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.IOException
import java.security.MessageDigest
import java.time.Duration
import kotlin.random.Random

/** Bodies of requests and responses. */
abstract class BodiesContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer().on("/", Reply.empty())

    private fun sentFraming() =
        listOf("Content-Length", "Content-Type", "Transfer-Encoding").map { server.request.header(it) }

    @Test
    fun `bytes are sent as they are`() = test {
        val bytes = ByteArray(256) { it.toByte() }

        session().send(Call("POST", server.url("/"), body = RequestBody.bytes(bytes, null)))

        assertArrayEquals(bytes, server.request.body)
        assertEquals(listOf("256", "application/octet-stream", null), sentFraming())
    }

    @Test
    fun `a stream is sent in chunks, and once`() = test {
        val session = session()
        val body = RequestBody.stream("streamed".byteInputStream(), MediaType.TEXT)

        session.send(Call("POST", server.url("/"), body = body))

        assertEquals("streamed", server.request.text)
        assertEquals(listOf(null, "text/plain; charset=utf-8", "chunked"), sentFraming())
        val thrown = failure<RequestBodyException> { session.send(Call("POST", server.url("/"), body = body)) }
        assertTrue("it can be sent only once, and was" in thrown.message.orEmpty()) { "$thrown" }
    }

    @Test
    fun `what a publisher gives is sent in chunks`() = test {
        val publisher = Published(sequenceOf("one,", "", "two").map { it.encodeToByteArray() })

        session().send(Call("POST", server.url("/"), body = RequestBody.publisher(publisher, MediaType.TEXT)))

        assertEquals("one,two", server.request.text)
        assertEquals(listOf(null, "text/plain; charset=utf-8", "chunked"), sentFraming())
    }

    @Test
    fun `what a publisher fails with is the cause of the error`() = test {
        val failure = IOException("by a test")
        val publisher = Published(sequenceOf(ByteArray(10)), failure)

        val thrown = failure<RequestBodyException> {
            session().send(Call("POST", server.url("/"), body = RequestBody.publisher(publisher, MediaType.TEXT)))
        }

        assertSame(failure, thrown.cause)
    }

    @Test
    fun `a publisher is cancelled with its request`() = test {
        val asked = CompletableDeferred<Unit>()
        val publisher = Published(generateSequence { ByteArray(10_000).also { asked.complete(Unit) } })
        val stalling = RawServer(Script { it.readHead() }, appetite = 100_000)
        val body = RequestBody.publisher(publisher, MediaType.TEXT)
        val request = inFlight { session().send(Call("POST", stalling.url("/"), body = body)) }
        asked.await()

        request.cancelAndJoin()

        publisher.cancelled.await()
    }

    @Test
    fun `text is sent in UTF-8`() = test {
        session().send(Call("POST", server.url("/"), body = RequestBody.text("grüß 🐦")))

        assertEquals("grüß 🐦", server.request.text)
        assertEquals(listOf("11", "text/plain; charset=utf-8", null), sentFraming())
    }

    @Test
    fun `text is sent in the charset that its media type names`() = test {
        val type = MediaType.parse("text/html; charset=iso-8859-1")

        session().send(Call("PUT", server.url("/"), body = RequestBody.text("grüß", type)))

        assertArrayEquals("grüß".toByteArray(Charsets.ISO_8859_1), server.request.body)
        assertEquals(listOf("4", "text/html; charset=iso-8859-1", null), sentFraming())
    }

    @Test
    fun `an object is sent as JSON and read from JSON`() = test {
        server.on("/") { Reply.json("""{"title":"re: ${it.text.length}","tags":["x","ü"],"more":1}""") }
        val session = session()

        val response = session.send(Call("POST", server.url("/"), note = Note("hi", listOf("a", "b"))))

        assertEquals("""{"title":"hi","tags":["a","b"]}""", server.request.text)
        assertEquals(listOf("31", "application/json", null), sentFraming())
        assertEquals(Note("re: 31", listOf("x", "ü")), session.note(response))
    }

    @Test
    fun `the caller may name another content type`() = test {
        val type = "Content-Type" to "application/problem+json"

        session().send(Call("POST", server.url("/"), note = Note("hi"), set = listOf(type)))

        assertEquals(listOf("application/problem+json"), server.request.headers("Content-Type"))
    }

    @ParameterizedTest
    @ValueSource(strings = ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
    fun `a method that may have a body announces an empty one`(method: String) = test {
        session().send(Call(method, server.url("/")))

        assertEquals(listOf("0", null, null), sentFraming())
    }

    @ParameterizedTest
    @ValueSource(strings = ["GET", "HEAD"])
    fun `a method that asks announces no body`(method: String) = test {
        session().send(Call(method, server.url("/")))

        assertEquals(listOf(null, null, null), sentFraming())
    }

    @Test
    fun `OPTIONS announces no body`() = unless(Gap.OPTIONS_WITHOUT_BODY) {
        test {
            session().send(Call("OPTIONS", server.url("/")))

            assertEquals(listOf(null, null, null), sentFraming())
        }
    }

    @Test
    fun `a body is sent with GET`() = unless(Gap.GET_WITH_BODY) {
        test {
            // Where it is not sent, the server waits for it.
            val limit = ClientTimeout.ofTotal(Duration.ofMillis(200)).takeIf { Gap.GET_WITH_BODY in face.gaps }
            session().send(Call("GET", server.url("/"), body = RequestBody.text("why not"), timeout = limit))

            assertEquals("why not", server.request.text)
        }
    }

    @ParameterizedTest
    @ValueSource(strings = ["DELETE", "QUERY"])
    fun `a body is sent with any method`(method: String) = test {
        session().send(Call(method, server.url("/"), body = RequestBody.text("why not")))

        assertEquals("why not", server.request.text)
    }

    @Test
    fun `an empty body that was set is announced with its type`() = test {
        session().send(Call("POST", server.url("/"), body = RequestBody.text("")))

        assertEquals(listOf("0", "text/plain; charset=utf-8", null), sentFraming())
    }

    @ParameterizedTest
    @ValueSource(ints = [204, 304])
    fun `a status without a body has none`(status: Int) = test {
        server.on("/", Reply.empty().status(status, "Nothing").header("ETag", "\"1\""))

        val response = session().send(Call("GET", server.url("/")))

        assertEquals(listOf(status, 0, "\"1\""), listOf(response.status, response.bytes.size, response.headers["ETag"]))
    }

    @Test
    fun `8 MiB arrive whole, in both directions`() = test {
        val up = Random(1).nextBytes(8 shl 20)
        val down = Random(2).nextBytes(8 shl 20)
        server.on("/", Reply.bytes(down))

        val response = session().send(Call("POST", server.url("/"), body = RequestBody.bytes(up, null)))

        assertEquals(listOf(sha256(up), sha256(down)), listOf(sha256(server.request.body), sha256(response.bytes)))
    }

    @Test
    fun `8 MiB arrive whole in chunks`() = test {
        val down = Random(3).nextBytes(8 shl 20)
        server.on("/", Reply.streaming { body -> down.asList().chunked(1_000_003) { body.write(it.toByteArray()) } })

        val response = session().send(Call("GET", server.url("/")))

        assertEquals(sha256(down), sha256(response.bytes))
    }

    private fun sha256(bytes: ByteArray) =
        MessageDigest.getInstance("SHA-256").digest(bytes).joinToString("") { "%02x".format(it) }

    @Test
    fun `a body of exactly maxBufferedBody bytes is read`() = test {
        server.on("/", Reply.bytes(ByteArray(1000)))

        val response = session { copy(maxBufferedBody = 1000) }.send(Call("GET", server.url("/")))

        assertEquals(1000, response.bytes.size)
    }

    @Test
    fun `a body of more than maxBufferedBody bytes is an error that names the limit and the way out`() = test {
        server.on("/", Reply.bytes(ByteArray(1001)))

        val error = failure<BodyTooLargeException> {
            session { copy(maxBufferedBody = 1000) }.send(Call("GET", server.url("/")))
        }

        assertEquals(
            "GET ${server.url}/: the body is longer than maxBufferedBody = 1000 bytes;" +
                " raise the limit or stream the body with open()",
            error.message,
        )
        assertEquals(1000, error.limit())
    }

    @Test
    fun `the request may raise maxBufferedBody, and 0 lifts it`() = test {
        server.on("/", Reply.bytes(ByteArray(1001)))
        val session = session { copy(maxBufferedBody = 1000) }

        val responses = listOf(1001L, 0L).map { session.send(Call("GET", server.url("/"), maxBufferedBody = it)) }

        assertEquals(listOf(1001, 1001), responses.map { it.bytes.size })
    }
}
