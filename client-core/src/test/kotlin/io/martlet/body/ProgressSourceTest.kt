package io.martlet.body

import io.martlet.http.MediaType
import io.martlet.memoryBody
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test

class ProgressSourceTest {
    private val heard = mutableListOf<String>()
    private val progress = TransferProgress { sent, total -> heard += "$sent of $total" }

    private fun stream(length: Long) = SourceBody(length, MediaType.TEXT, true) { memoryBody("a", "bc", "def") }

    @Test
    fun `each piece is heard of when the next is asked for`() = runTest {
        val source = stream(6).withProgress(progress).open()

        source.read()
        assertEquals(emptyList<String>(), heard)
        source.read()
        assertEquals(listOf("1 of 6"), heard)
        repeat(3) { source.read() }
        assertEquals(listOf("1 of 6", "3 of 6", "6 of 6"), heard)
    }

    @Test
    fun `a total that is not known is -1, and a repetition starts again`() = runTest {
        val body = stream(-1).withProgress(progress)

        repeat(2) { assertEquals("abcdef", body.sentText()) }

        assertEquals(List(2) { listOf("1 of -1", "3 of -1", "6 of -1") }.flatten(), heard)
    }

    @Test
    fun `bytes in memory are heard of by 64 KiB`() = runTest {
        RequestBody.bytes(ByteArray(150_000), null).withProgress(progress).sent()

        assertEquals(listOf("65536 of 150000", "131072 of 150000", "150000 of 150000"), heard)
    }

    @Test
    fun `the body is the same otherwise`() = runTest {
        val body = RequestBody.text("grüß").withProgress(progress)

        assertEquals("6 bytes of text/plain true grüß", "$body ${body.isReplayable} ${body.sentText()}")
        assertSame(RequestBody.EMPTY, RequestBody.EMPTY.withProgress(progress))
    }
}
