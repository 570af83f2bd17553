package io.martlet.contract

import io.martlet.body.BodySource
import io.martlet.body.RequestBody
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.TooManyRedirectsException
import io.martlet.error.Phase
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.http.MediaType
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.nio.ByteBuffer
import java.util.concurrent.CopyOnWriteArrayList

/** Redirects one after the other: where the chain ends, who may stop it, and what becomes of the bodies. */
abstract class HopsContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer().on("/there", Reply.text("here"))

    @Test
    fun `ten redirects are followed`() = test {
        server.on("/") { Reply.redirect(302, if (server.requests.size < 10) "/" else "/there") }

        val response = session().send(Call("GET", server.url("/")))

        assertEquals(listOf("here", 10, 11), listOf(response.text(), response.history.size, server.requests.size))
    }

    @Test
    fun `the eleventh redirect is an error that knows the ten before`() = test {
        server.on("/", Reply.redirect(302, "/"))

        val error = failure<TooManyRedirectsException> { session().send(Call("GET", server.url("/"))) }

        assertEquals("GET ${server.url}/ redirects once more after 10 redirects (maxRedirects)", error.message)
        assertEquals(
            listOf(302, 10, 11, Phase.RESPONSE),
            listOf(error.status(), error.response()!!.history.size, server.requests.size, error.phase()),
        )
    }

    @Test
    fun `a chain without end is an error at the same place, whether it turns in a circle or not`() = test {
        server.on("/a", Reply.redirect(302, "/b")).on("/b", Reply.redirect(302, "/a"))
        (0..20).forEach { server.on("/$it", Reply.redirect(302, "/${it + 1}")) }

        val lengths = listOf("/a", "/0").map {
            val error = failure<TooManyRedirectsException> { session().send(Call("GET", server.url(it))) }
            error.response()!!.history.size to server.requests.size
        }

        assertEquals(listOf(10 to 11, 10 to 22), lengths)
    }

    @Test
    fun `with maxRedirects 0 the first redirect is an error`() = test {
        server.on("/", Reply.redirect(302, "/there"))

        failure<TooManyRedirectsException> { session { copy(maxRedirects = 0) }.send(Call("GET", server.url("/"))) }

        assertEquals(1, server.requests.size)
    }

    @Test
    fun `the filter sees each hop before it is taken, and may end the chain`() = test {
        server.on("/", Reply.redirect(302, "/a")).on("/a", Reply.redirect(307, "/there"))
        val seen = CopyOnWriteArrayList<String>()

        val response = session().send(
            Call("GET", server.url("/"), options = {
                redirectFilter { redirect, next ->
                    seen += "${redirect.status} ${redirect.url().path()} > ${next.url.path()}"
                    next.url.path() != "/there"
                }
            }),
        )

        assertEquals(listOf("302 / > /a", "307 /a > /there"), seen)
        assertEquals(listOf(307, 1, 2), listOf(response.status, response.history.size, server.requests.size))
    }

    @ParameterizedTest
    @ValueSource(ints = [307, 308])
    fun `a body that can be sent only once is not sent again, and the target not asked`(status: Int) = test {
        server.on("/", Reply.redirect(status, "/there"))

        val error = failure<PayloadException> { session().send(Call("POST", server.url("/"), body = oneShot())) }

        assertEquals(
            "POST ${server.url}/: the redirect wants the body again, and it can be sent only once",
            error.message,
        )
        assertEquals("once", server.request.text)
    }

    @Test
    fun `a body that can be sent only once does not matter where it is dropped`() = test {
        server.on("/", Reply.redirect(303, "/there"))

        assertEquals("here", session().send(Call("POST", server.url("/"), body = oneShot())).text())
        assertEquals(listOf("once", ""), server.requests.map { it.text })
    }

    private fun oneShot() = RequestBody.source(4, MediaType.TEXT) {
        object : BodySource {
            private var bytes: ByteBuffer? = ByteBuffer.wrap("once".encodeToByteArray())

            override suspend fun read(): ByteBuffer? = bytes.also { bytes = null }

            override fun close() = Unit
        }
    }

    @Test
    fun `the body of a redirect is not kept, and its connection serves the next hop`() =
        unless(Gap.KEEP_ALIVE, Gap.LATE_REUSE) {
            test {
                server.on("/", Reply.text("moved").status(302, "Found").header("Location", "/there"))

                val response = session().send(Call("GET", server.url("/")))

                assertEquals(listOf("", "here"), listOf(response.history.single().text(), response.text()))
                assertEquals(1, server.accepts)
            }
        }

    @Test
    fun `a redirect whose body has no end is followed at once`() = test {
        server.on(
            "/",
            Reply.streaming {
                while (true) it.write(ByteArray(8192))
            }.status(302, "Found").header("Location", "/there"),
        )

        assertEquals("here", session().send(Call("GET", server.url("/"))).text())
    }
}
