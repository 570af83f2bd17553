package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.error.ClientException
import io.martlet.http.StreamingResponse
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes
import kotlin.text.Charsets.ISO_8859_1

/** The ways to take a response. */
internal enum class Reading {
    /** Whole, as a value. */
    BUFFERED,

    /** Piece by piece. */
    STREAMED,

    /** Into a file. */
    SAVED,
    ;

    /**
     * What became of a request, as `200 hello` or `ProtocolException`; where a body was streamed, as
     * `200 hel TruncatedBodyException`.
     */
    suspend fun take(session: ClientSession, method: String, url: String): String {
        val seen = mutableListOf<String>()
        try {
            when (this) {
                BUFFERED -> session.request(method, url).let { seen += listOf("${it.status}", it.bytes.text()) }
                STREAMED -> session.open(method, url).use { stream(it, seen) }
                SAVED -> session.open(method, url).use { save(it, seen) }
            }
        } catch (e: ClientException) {
            if (this != STREAMED) seen.clear()
            seen += e.javaClass.simpleName
        }
        return seen.filter { it.isNotEmpty() }.joinToString(" ")
    }

    private suspend fun stream(response: StreamingResponse, seen: MutableList<String>) {
        seen += listOf("${response.status}", "")
        while (true) {
            val bytes = response.body.read() ?: break
            seen[1] += ByteArray(bytes.remaining()).also { bytes.get(it) }.text()
        }
    }

    /** Only a whole body makes a file, and nothing else is left beside it. */
    private suspend fun save(response: StreamingResponse, seen: MutableList<String>) {
        val folder = Files.createTempDirectory("saved")
        val file = folder.resolve("body")
        try {
            response.body.saveTo(file)
            seen += listOf("${response.status}", file.readBytes().text())
        } catch (e: ClientException) {
            check(folder.listDirectoryEntries().isEmpty()) { "An incomplete file was left" }
            throw e
        } finally {
            folder.listDirectoryEntries().forEach(Files::delete)
            Files.delete(folder)
        }
    }

    /** What this way shows of what a stream shows: of a failure, nothing else. */
    fun shows(streamed: String): String =
        if (this != STREAMED && streamed.endsWith("Exception")) streamed.substringAfterLast(' ') else streamed

    private fun ByteArray.text() = toString(ISO_8859_1)
}
