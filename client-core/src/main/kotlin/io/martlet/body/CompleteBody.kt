package io.martlet.body

import io.martlet.error.ClientException.PayloadException
import io.martlet.http.ClientRequest
import java.nio.ByteBuffer

/** A body that is complete in memory, to be read once. */
internal class CompleteBody(private val request: ClientRequest, private val bytes: ByteArray) : BodySource {
    private var taken = false

    @Volatile
    private var closed = false

    override val totalBytes: Long get() = bytes.size.toLong()

    /** All of it, which is the reader's own then; nothing if it was read before. */
    fun take(): ByteArray {
        if (taken) return NOTHING
        if (closed) throw PayloadException(request, "the body was closed before it was read to its end", null)
        taken = true
        return bytes
    }

    override suspend fun read(): ByteBuffer? = take().takeIf { it.isNotEmpty() }?.let { ByteBuffer.wrap(it) }

    override fun close() {
        closed = true
    }

    private companion object {
        val NOTHING = ByteArray(0)
    }
}
