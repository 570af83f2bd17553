package io.martlet.contract

import io.martlet.auth.Digest
import io.martlet.body.RequestBody
import io.martlet.fixture.DigestGuard
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.http.MediaType
import io.martlet.memoryBody
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.nio.file.Path
import kotlin.io.path.writeText

/** RFC 7616, against a server that calculates for itself. */
abstract class DigestContract(face: Face) : ContractGroup(face) {
    private val server = LocalServer()

    private fun guarded(guard: DigestGuard): TestSession {
        server.on("/in", guard)
        return session { copy(auth = Digest("me", "s3cret")) }
    }

    private fun call(method: String = "GET", body: RequestBody? = null) =
        Call(method, server.url("/in?a=%C3%A4&b"), body = body)

    @ParameterizedTest
    @ValueSource(strings = ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"])
    fun `a challenge is answered, and later requests answer at once`(algorithm: String) = test {
        val session = guarded(DigestGuard(algorithm))

        val statuses = List(3) { session.send(call()).status }

        assertEquals(listOf(200, 200, 200), statuses)
        assertEquals(4, server.requests.size)
    }

    @Test
    fun `a challenge without qop is answered`() = test {
        assertEquals(200, guarded(DigestGuard(qop = null)).send(call()).status)
    }

    @Test
    fun `the user is hashed where the server asks for it`() = test {
        val session = guarded(DigestGuard("SHA-256", more = ", userhash=true, charset=UTF-8"))

        assertEquals(200, session.send(call()).status)
    }

    @Test
    fun `a body is sent again`() = test {
        val session = guarded(DigestGuard())

        assertEquals(200, session.send(call("POST", RequestBody.text("payload"))).status)
        assertEquals(listOf("payload", "payload"), server.requests.map { it.text })
    }

    @Test
    fun `a body is proven too where the server offers nothing else`(
        @TempDir folder: Path,
    ) = test {
        val file = folder.resolve("file").apply { writeText("of a file") }
        val session = guarded(DigestGuard("SHA-256", qop = "auth-int"))

        val bodies = listOf(RequestBody.text("payload"), RequestBody.file(file), null)

        assertEquals(listOf(200, 200, 200), bodies.map { session.send(call("PUT", it)).status })
    }

    @Test
    fun `a body that can be sent only once is not sent again`() = test {
        val once = RequestBody.source(4, MediaType.TEXT) { memoryBody("once") }
        val session = guarded(DigestGuard())

        assertEquals(401, session.send(call("POST", once)).status)
        assertEquals(1, server.requests.size)
    }

    @Test
    fun `a nonce that is too old is replaced`() = test {
        val guard = DigestGuard("SHA-256")
        val session = guarded(guard)
        session.send(call())
        guard.retireNonces()

        assertEquals(200, session.send(call()).status)
        assertEquals(4, server.requests.size)
    }

    @Test
    fun `the nonce that the server names for the next request is used`() = test {
        val session = guarded(DigestGuard("MD5-sess", givesNextNonce = true))

        assertEquals(listOf(200, 200, 200), List(3) { session.send(call()).status })
        assertEquals(4, server.requests.size)
        assertNotEquals(nonceOf(1), nonceOf(2))
    }

    @Test
    fun `a wrong password is tried once`() = test {
        server.on("/in", DigestGuard())

        val response = session().send(call().copy(auth = Digest("me", "wrong")))

        assertEquals(listOf(401, 2), listOf(response.status, server.requests.size))
    }

    @ParameterizedTest
    @CsvSource("/in, 3", "/elsewhere, 4")
    fun `requests outside of the protection space wait to be asked`(domain: String, requests: Int) = test {
        val session = guarded(DigestGuard(more = ", domain=\"$domain\""))

        session.send(call())
        session.send(call())

        assertEquals(requests, server.requests.size)
    }

    @Test
    fun `the strongest of several challenges is answered`() = test {
        val weak = "Basic realm=\"x\", Digest realm=\"x\", nonce=\"x\", Digest realm=\"x\", algorithm=none, nonce=\"x\""
        val guard = DigestGuard("SHA-512-256")
        val session = guarded(guard)
        server.on("/in") { guard.answer(it).header("WWW-Authenticate", weak) }

        assertEquals(200, session.send(call()).status)
    }

    @Test
    fun `another origin that asks learns nothing`() = test {
        val elsewhere = LocalServer().on("/in", DigestGuard())
        server.on("/in", Reply.redirect(307, elsewhere.url("/in")))

        val response = session { copy(auth = Digest("me", "s3cret")) }.send(call())

        assertEquals(401, response.status)
        assertEquals(listOf(null), elsewhere.requests.map { it.header("Authorization") })
    }

    private fun nonceOf(index: Int) =
        server.requests[index].header("Authorization").orEmpty().substringAfter(" nonce=").substringBefore(',')
}
