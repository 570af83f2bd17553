package io.martlet.testing

import io.martlet.ClientSession
import io.martlet.body.RequestBody
import io.martlet.config.ClientTimeout
import io.martlet.error.ClientException.DnsException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TotalTimeoutException
import io.martlet.error.ClientException.TruncatedBodyException
import io.martlet.json
import io.martlet.requestTo
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.net.UnknownHostException
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import kotlin.io.path.writeText
import kotlin.time.Duration.Companion.minutes

class ScriptedEngineTest {
    private fun session(engine: ScriptedEngine) = ClientSession { engine(engine) }

    /** The example of the documentation: a program under test, and what it asked. */
    @Test
    fun `answers are given one by one and requests are recorded`() = runTest {
        val engine = ScriptedEngine(Answer.status(503), Answer.json("""["a","b"]"""))
        val session = session(engine)

        val first = session.get("https://api.example/names")
        val second = session.post("https://api.example/names") { text("c") }

        assertEquals(503, first.status)
        assertEquals(listOf("a", "b"), second.json<List<String>>())
        assertEquals(
            "[GET https://api.example/names (0 bytes), POST https://api.example/names (1 bytes)]",
            engine.requests.toString(),
        )
        assertEquals("c", engine.requests.last().text())
    }

    @Test
    fun `a script answers as the request asks`() = runTest {
        val engine = ScriptedEngine { asked ->
            if (asked.request.url.path() == "/old") {
                Answer.status(302).withHeader("Location", "/new")
            } else {
                Answer.text("at ${asked.request.url.path()}")
            }
        }

        assertEquals("at /new", session(engine).get("https://h/old").text())
    }

    @Test
    fun `a request more than there are answers is an error of the test`() = runTest {
        val thrown = assertThrows<AssertionError> { session(ScriptedEngine()).get("https://h/") }

        assertEquals("No answer is left for GET https://h/ (0 bytes), after 0", thrown.message)
    }

    @Test
    fun `a held answer comes when it is released`() = runTest {
        val release = CompletableFuture<Unit>()
        val engine = ScriptedEngine(Answer.text("late").after(release))
        val response = async { session(engine).get("https://h/") }

        engine.received(1).await()
        assertFalse(response.isCompleted)
        release.complete(Unit)

        assertEquals("late", response.await().text())
    }

    @Test
    fun `a held answer meets the limits of the session, in virtual time`() = runTest {
        val engine = ScriptedEngine(Answer.text("never").after(CompletableFuture<Unit>()))

        assertThrows<TotalTimeoutException> { session(engine).get("https://h/") { timeout { total = 5.minutes } } }
    }

    @Test
    fun `a request that is held can be cancelled, and the answer released for others`() = runTest {
        val release = CompletableFuture<Unit>()
        val engine = ScriptedEngine { Answer.text("late").after(release) }
        val session = session(engine)
        val cancelled = launch { session.get("https://h/") }
        engine.received(1).await()

        cancelled.cancelAndJoin()
        release.complete(Unit)

        assertEquals("late", session.get("https://h/").text())
    }

    @Test
    fun `an answer may be an error`() = runTest {
        val engine = ScriptedEngine(Answer.failing { DnsException(it, UnknownHostException()) })

        val thrown = assertThrows<DnsException> { session(engine).get("https://h/") }

        assertEquals("Cannot resolve host h", thrown.message)
    }

    @Test
    fun `a body arrives in its pieces`() = runTest {
        val engine = ScriptedEngine(Answer.streaming("one".toByteArray(), ByteArray(0), "two".toByteArray()))

        val pieces = session(engine).open("GET", "https://h/").use { it.body.chunks().toList() }

        assertEquals(listOf("one", "two"), pieces.map { it.decodeToString() })
    }

    @Test
    fun `a body may break off`() = runTest {
        val engine = ScriptedEngine(Answer.text("half").breakingOff { TruncatedBodyException(it, 4, 8, null) })

        assertThrows<TruncatedBodyException> { session(engine).get("https://h/") }
    }

    @Test
    fun `a body that is streamed is recorded`(
        @TempDir folder: Path,
    ) = runTest {
        val engine = ScriptedEngine(Answer.status(204))
        val file = folder.resolve("file").apply { writeText("of a file") }

        session(engine).put("https://h/") {
            timeout(ClientTimeout.NONE)
            body(RequestBody.file(file))
        }

        assertEquals("of a file", engine.request.text())
    }

    @Test
    fun `closing ends what is held and refuses the rest`() = runTest {
        val engine = ScriptedEngine(Answer.text("never").after(CompletableFuture<Unit>()))
        val held = async { runCatching { engine.execute(requestTo("https://h/")) } }
        engine.received(1).await()

        engine.close()

        assertEquals(SessionClosedException::class, held.await().exceptionOrNull()!!::class)
        assertThrows<SessionClosedException> { engine.execute(requestTo("https://h/")) }
        assertEquals("ScriptedEngine(1 requests, closed)", engine.toString())
    }

    @Test
    fun `one answer may be given many times, with another status and more fields`() = runTest {
        val answer = Answer.text("no").withStatus(404).withHeader("X-A", "1").withHeader("X-A", "2")
        val session = session(ScriptedEngine(answer, answer))

        val responses = List(2) { session.get("https://h/") }

        assertEquals(listOf("no", "no"), responses.map { it.text() })
        assertEquals(listOf("1", "2"), responses.last().headers.getAll("X-A"))
        assertThrows<StatusException> { responses.last().raiseForStatus() }
    }

    @Test
    fun `a status that no response has is refused`() {
        val thrown = assertThrows<IllegalArgumentException> { Answer.status(100) }

        assertEquals("status is 100; a response has 200 to 599", thrown.message)
    }
}
