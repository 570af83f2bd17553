package io.martlet.contract

import io.martlet.auth.Basic
import io.martlet.auth.Bearer
import io.martlet.auth.BearerTokens
import io.martlet.auth.Netrc
import io.martlet.body.RequestBody
import io.martlet.error.ClientException.AuthenticationException
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.ClientException.StatusException
import io.martlet.fixture.Handler
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicInteger

/** Who is asking, and who is told. */
abstract class AuthContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer().on("/", Reply.text("welcome"))
    private val elsewhere = LocalServer().on("/", Reply.text("welcome"))

    private fun sentTo(server: LocalServer) = server.requests.map { it.header("Authorization") }

    @Test
    fun `credentials of the session go to the origin of its base URL only`() = test {
        val session = session { copy(baseUrl = server.url("/"), auth = Basic("me", "pass")) }

        session.send(Call("GET", ""))
        session.send(Call("GET", elsewhere.url("/")))

        assertEquals(listOf("Basic bWU6cGFzcw==") to listOf(null), sentTo(server) to sentTo(elsewhere))
    }

    @Test
    fun `without a base URL they go to the origin of the first request only`() = test {
        val session = session { copy(auth = Bearer("t0ken")) }

        listOf(server, elsewhere, server).forEach { session.send(Call("GET", it.url("/"))) }

        assertEquals(listOf("Bearer t0ken", "Bearer t0ken") to listOf(null), sentTo(server) to sentTo(elsewhere))
    }

    @Test
    fun `credentials of a request go to its origin, in place of the session's`() = test {
        val session = session { copy(baseUrl = server.url("/"), auth = Basic("me", "pass")) }

        session.send(Call("GET", "", auth = Bearer("mine")))
        session.send(Call("GET", elsewhere.url("/"), auth = Bearer("theirs")))

        assertEquals(listOf("Bearer mine") to listOf("Bearer theirs"), sentTo(server) to sentTo(elsewhere))
    }

    @Test
    fun `a redirect within the origin keeps them, one to another loses them for good`() = test {
        server.on("/a", Reply.redirect(302, "/b")).on("/b", Reply.redirect(302, elsewhere.url("/c")))
        elsewhere.on("/c", Reply.redirect(302, server.url("/")))

        session().send(Call("GET", server.url("/a"), auth = Bearer("t0ken")))

        assertEquals(listOf("Bearer t0ken", "Bearer t0ken", null) to listOf(null), sentTo(server) to sentTo(elsewhere))
    }

    @Test
    fun `a target with a user that cannot be sent ends the redirects`() = test {
        server.on("/a", Reply.redirect(302, server.url("/").replace("//", "//m%3Ae:s3cret@")))

        val error =
            failure<InvalidUrlException> { session().send(Call("GET", server.url("/a"), auth = Bearer("t0ken"))) }

        assertEquals("user of Basic holds a colon (RFC 7617 §2)", error.reason())
        assertKeepsSecret(error, "s3cret", "t0ken")
    }

    @Test
    fun `a header Authorization beside auth is refused by its name`() = test {
        val call = Call("GET", server.url("/"), set = listOf("Authorization" to "x"), auth = Bearer("t0ken"))

        val error = failure<IllegalArgumentException> { session().send(call) }

        val problem = "auth is Bearer(hidden), and there is an Authorization header, or a user in the URL, too"
        assertEquals("$problem; a request has one of them", error.message)
        assertEquals(0, server.requests.size)
    }

    @Test
    fun `a netrc gives each host its own, unless there is a header`() = test {
        val netrc = Netrc.parse("machine 127.0.0.1 login me password pass machine other login you password s3cret")
        val session = session { copy(baseUrl = elsewhere.url("/"), auth = netrc) }

        session.send(Call("GET", server.url("/")))
        session.send(Call("GET", server.url("/"), set = listOf("Authorization" to "x")))

        assertEquals(listOf("Basic bWU6cGFzcw==", "x"), sentTo(server))
    }

    @Test
    fun `many requests that are refused wait for one new token`() = test {
        val refreshes = AtomicInteger()
        val tokens = BearerTokens("old") { "new${refreshes.incrementAndGet()}" }
        server.on("/", accepting("Bearer new1"))
        val session = session { copy(auth = tokens) }

        val statuses = List(20) { inFlight { session.send(Call("GET", server.url("/"))).status } }.awaitAll()

        assertEquals(List(20) { Result.success(200) }, statuses)
        assertEquals(1, refreshes.get())
    }

    @Test
    fun `a request is repeated once, with its body`() = test {
        val refreshes = AtomicInteger()
        server.on("/", accepting("Bearer never"))
        val session = session { copy(auth = BearerTokens { "t${refreshes.incrementAndGet()}" }) }

        val response = session.send(Call("POST", server.url("/"), body = RequestBody.text("payload")))

        assertEquals(401, response.status)
        assertEquals(listOf("Bearer t1", "Bearer t2"), sentTo(server))
        assertEquals(listOf("payload", "payload"), server.requests.map { it.text })
    }

    @Test
    fun `a token that cannot be refreshed fails the request`() = test {
        val session = session { copy(auth = BearerTokens { throw IllegalStateException("no") }) }

        val error = failure<AuthenticationException> { session.send(Call("GET", server.url("/"))) }

        assertEquals("GET ${server.url("/")}: no credentials: the token could not be refreshed", error.message)
        assertEquals(listOf("no", 0), listOf(error.cause?.message, server.requests.size))
    }

    @Test
    fun `credentials are in no error`() = test {
        server.on("/", Reply.text("who?").status(401))

        val error = failure<StatusException> {
            session { copy(raiseForStatus = true) }.send(Call("GET", server.url("/"), auth = Basic("u5er", "s3cret")))
        }

        assertKeepsSecret(error, "u5er", "s3cret", "dTVlcjpzM2NyZXQ=")
    }

    private fun accepting(credentials: String) = Handler { request ->
        val isKnown = request.header("Authorization") == credentials
        if (isKnown) Reply.text("welcome") else Reply.text("who?").status(401, "Unauthorized")
    }
}
