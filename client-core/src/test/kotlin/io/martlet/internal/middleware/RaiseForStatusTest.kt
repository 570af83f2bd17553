package io.martlet.internal.middleware

import io.martlet.MemoryBody
import io.martlet.answered
import io.martlet.body.BodySource
import io.martlet.engine.Engine
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.StatusException
import io.martlet.http.ClientRequest
import io.martlet.memoryBody
import io.martlet.requestTo
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

class RaiseForStatusTest {
    private val request = requestTo("http://h/") { raiseForStatus(true) }

    private suspend fun judged(status: Int, body: BodySource, request: ClientRequest = this.request) =
        RaiseForStatus.intercept(request, Engine { it.answered(status, body) })

    @ParameterizedTest
    @CsvSource("200", "204", "304", "399")
    fun `a status below 400 passes with its body untouched`(status: Int) = runTest {
        val body = memoryBody("a")

        assertSame(body, judged(status, body).source)
        assertEquals("0 of 1 read", body.toString())
    }

    @Test
    fun `nothing is raised where it is not asked for`() = runTest {
        val body = memoryBody("a")

        assertEquals(500, judged(500, body, requestTo("http://h/") { raiseForStatus(false) }).status)
        assertEquals("0 of 1 read", body.toString())
    }

    @ParameterizedTest
    @CsvSource("400", "404", "500", "599")
    fun `a status from 400 on is thrown with the body, which is closed`(status: Int) = runTest {
        val body = memoryBody("no such ", "page")

        val thrown = assertThrows<StatusException> { judged(status, body) }

        assertEquals(status, thrown.status())
        assertEquals("no such page", thrown.response()?.text())
        assertEquals("2 of 2 read, closed", body.toString())
    }

    @ParameterizedTest
    @CsvSource(
        "65535, 2 of 3 read, 65536",
        "65536, 1 of 3 read, 65536",
        "65537, 1 of 3 read, 65536",
        "32768, 2 of 3 read, 65536",
        "40000, 2 of 3 read, 65536",
        "10000, 3 of 3 read, 30000",
    )
    fun `no more than the first 64 KiB of the body are kept, and no more is read`(
        chunk: Int,
        read: String,
        kept: Int,
    ) = runTest {
        val expected = ByteArray(3 * chunk) { (it % 251).toByte() }
        val body = MemoryBody(expected.toList().chunked(chunk).map { it.toByteArray() })

        val thrown = assertThrows<StatusException> { judged(500, body) }

        assertArrayEquals(expected.copyOf(kept), thrown.response()?.bytes)
        assertEquals("$read, closed", body.toString())
    }

    @Test
    fun `a body that cannot be read does not hide the status, and is closed`() = runTest {
        val broken = PayloadException(request, "it broke", null)
        val body = memoryBody("no such") { throw broken }

        val thrown = assertThrows<StatusException> { judged(404, body) }

        assertEquals("no such", thrown.response()?.text())
        assertSame(broken, thrown.suppressed.single())
        assertEquals("1 of 1 read, closed", body.toString())
    }

    @Test
    fun `whoever is cancelled while the body is read hears nothing of the status, and the body is closed`() =
        runTest {
            val body = memoryBody("no such") { throw CancellationException("enough") }

            assertThrows<CancellationException> { judged(404, body) }

            assertEquals("1 of 1 read, closed", body.toString())
        }
}
