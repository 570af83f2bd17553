package io.martlet

import io.martlet.body.RequestBody
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.http.Attribute
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** What callers put around their requests, and what it may do. */
@OptIn(ExperimentalCoroutinesApi::class)
class MiddlewaresTest {
    private val sent = mutableListOf<ClientRequest>()
    private val statuses = ArrayDeque(listOf(200))
    private val seen = mutableListOf<String>()

    private fun naming(name: String) = Middleware { request, next ->
        seen += name
        next.execute(request)
    }

    private fun session(more: SessionBuilder.() -> Unit = {}) = ClientSession {
        engine(
            Engine {
                sent += it
                it.answered(if (statuses.size > 1) statuses.removeFirst() else statuses.first())
            },
        )
        more()
    }

    private val named = session {
        use(naming("outer"))
        use(naming("inner"))
    }

    @Test
    fun `those of the session are around every request`() = runTest {
        named.get("http://h/")
        named.get("http://h/")

        assertEquals(listOf("outer", "inner", "outer", "inner"), seen)
    }

    @Test
    fun `a request may add its own inside`() = runTest {
        named.get("http://h/") { middlewares += naming("own") }
        named.get("http://h/")

        assertEquals(listOf("outer", "inner", "own", "outer", "inner"), seen)
    }

    @Test
    fun `a request may have others, or none`() = runTest {
        named.get("http://h/") { middlewares = listOf(naming("own")) }
        named.get("http://h/") { middlewares = emptyList() }

        assertEquals(listOf("own"), seen)
        assertEquals(2, sent.size)
    }

    @Test
    fun `those of a request go with it over redirects`() = runTest {
        val session = ClientSession {
            engine(
                Engine {
                    val isFirst = it.url.path() == "/a"
                    if (isFirst) it.answered(302, headers = Headers.of("Location", "/b")) else it.answered(200)
                },
            )
        }

        session.get("http://h/a") {
            middlewares +=
                Middleware { r, next -> next.execute(r.also { seen += "${it.url}" }) }
        }

        assertEquals(listOf("http://h/a", "http://h/b"), seen)
    }

    @Test
    fun `one may try again, and wait in between, within the total limit`() = runTest {
        statuses.addAll(0, listOf(503, 503))
        val session = session {
            use { request, next ->
                var response = next.execute(request)
                var attempt = 1
                while (response.status == 503) {
                    response.close()
                    delay(1000)
                    response = next.execute(request.toBuilder().attempt(++attempt).build())
                }
                response
            }
        }

        assertEquals(200, session.get("http://h/").status)
        assertEquals(listOf(1, 2, 3), sent.map { it.attempt })
        assertEquals(2000, currentTime)
    }

    @Test
    fun `one may change URL, headers and body`() = runTest {
        val session = session {
            use { request, next ->
                val changed = request.toBuilder().url(request.url.resolve("/else")).withoutBody()
                    .body(RequestBody.text("other"))
                changed.headers()["X-Signature"] = "s"
                next.execute(changed.build())
            }
        }

        session.post("http://h/") { text("first") }

        val request = sent.single()
        assertEquals(
            "http://h/else s 5",
            "${request.url} ${request.headers["X-Signature"]} ${request.body.contentLength()}",
        )
    }

    @Test
    fun `one may answer without a network`() = runTest {
        val session = session { use { request, _ -> request.answered(418) } }

        assertEquals(418, session.get("http://h/").status)
        assertEquals(emptyList<ClientRequest>(), sent)
    }

    @Test
    fun `what one throws reaches the caller`() = runTest {
        val session = session { use { _, _ -> throw IllegalStateException("by a test") } }

        assertEquals("by a test", assertThrows<IllegalStateException> { session.get("http://h/") }.message)
        assertEquals(emptyList<ClientRequest>(), sent)
    }

    @Test
    fun `one may ask the session itself, without being asked again`() = runTest {
        lateinit var session: ClientSession
        session = session {
            use { request, next ->
                val token = session.get("http://h/token") { middlewares = emptyList() }
                next.execute(request.toBuilder().apply { headers()["X-Token"] = "${token.status}" }.build())
            }
        }

        session.get("http://h/")

        assertEquals(listOf("http://h/token null", "http://h/ 200"), sent.map { "${it.url} ${it.headers["X-Token"]}" })
    }

    @Test
    fun `a request carries along what its caller says`() = runTest {
        val job = Attribute<String>("job")
        val session = session { use { r, next -> next.execute(r).also { seen += "${r.attribute(job)}" } } }

        session.get("http://h/") { attribute(job, "nightly") }
        session.get("http://h/")

        assertEquals(listOf("nightly", "null"), seen)
    }
}
