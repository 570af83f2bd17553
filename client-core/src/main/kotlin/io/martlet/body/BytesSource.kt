package io.martlet.body

import java.nio.ByteBuffer

/** Bytes in memory, piece by piece. */
internal class BytesSource(bytes: ByteArray) : BodySource {
    private val left = ByteBuffer.wrap(bytes)

    override suspend fun read(): ByteBuffer? {
        if (!left.hasRemaining()) return null
        val piece = left.slice(left.position(), minOf(PIECE, left.remaining()))
        left.position(left.position() + piece.remaining())
        return piece
    }

    override fun close() = Unit

    private companion object {
        const val PIECE = 64 * 1024
    }
}

/** What gives the bytes of this body, whatever it is. */
internal fun RequestBody.open(): BodySource = when (this) {
    is BytesBody -> BytesSource(bytes)
    is SourceBody -> source.get()
}
