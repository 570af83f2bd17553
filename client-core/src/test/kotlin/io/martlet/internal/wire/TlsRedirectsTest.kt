package io.martlet.internal.wire

import io.martlet.contract.failure
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.fixture.ServerTls
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Redirects into TLS and out of it. */
class TlsRedirectsTest : TlsGroup() {
    private val plain = LocalServer()
    private val tls = LocalServer(ServerTls())

    private fun secureUrl(path: String) = "https://localhost:${tls.port}$path"

    private fun plainUrl(path: String) = "http://localhost:${plain.port}$path"

    @Test
    fun `a redirect out of TLS is followed without credentials`() = test {
        tls.on("/", Reply.redirect(302, plainUrl("/there")))
        plain.on("/there", Reply.text("here"))

        val response = secure(slots = 2).get(secureUrl("/")) { headers["Authorization"] = "Bearer b" }

        assertEquals("here", response.text())
        assertEquals(listOf("Bearer b", null), listOf(tls, plain).map { it.request.header("Authorization") })
    }

    @Test
    fun `with a redirect out of TLS go no Secure cookies`() = test {
        val cookies = Reply.redirect(302, plainUrl("/there"))
            .header("Set-Cookie", "a=s3cret; Secure")
            .header("Set-Cookie", "b=2")
        tls.on("/", cookies).on("/again", Reply.text("again"))
        plain.on("/there", Reply.text("here"))
        val session = secure(slots = 2)

        session.get(secureUrl("/"))
        session.get(secureUrl("/again"))

        assertEquals(
            listOf("b=2", "a=s3cret; b=2"),
            listOf(plain.request, tls.requests.last()).map { it.header("Cookie") },
        )
    }

    @Test
    fun `a redirect out of TLS is refused where that is asked for, and its target not asked`() = test {
        tls.on("/", Reply.redirect(302, plainUrl("/there")))

        val error = failure<InvalidUrlException> {
            secure(slots = 2).get(secureUrl("/")) { options { followDowngrades(false) } }
        }

        assertEquals(
            "GET ${secureUrl("/")} redirects to \"${plainUrl("/there")}\", which cannot be followed:" +
                " it is not https (followDowngrades = false)",
            error.message,
        )
        assertEquals(0, plain.requests.size)
    }

    @Test
    fun `credentials do not go along into TLS either`() = test {
        plain.on("/", Reply.redirect(302, secureUrl("/there")))
        tls.on("/there", Reply.text("here"))

        val response = secure(slots = 2).get(plainUrl("/")) { headers["Cookie"] = "id=s3cret" }

        assertEquals("here", response.text())
        assertEquals(listOf("id=s3cret", null), listOf(plain, tls).map { it.request.header("Cookie") })
    }
}
