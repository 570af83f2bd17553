package io.martlet.body

import io.martlet.http.MediaType
import java.io.IOException
import java.nio.ByteBuffer

/** The bytes of several bodies, one behind the other; each is opened when those before it are read. */
internal class JoinedSource(bodies: List<RequestBody>) : BodySource {
    private val left = bodies.iterator()
    private var current: Counted? = null

    override suspend fun read(): ByteBuffer? {
        while (true) {
            val source = current ?: openNext() ?: return null
            source.read()?.let { return it }
            current = null
            source.end()
        }
    }

    private fun openNext(): Counted? = if (left.hasNext()) Counted(left.next()).also { current = it } else null

    override fun close() {
        current?.close()
    }

    /** Two wrong lengths could make a right one. */
    private class Counted(private val body: RequestBody) : AutoCloseable {
        private val source = body.open()
        private var count = 0L

        suspend fun read(): ByteBuffer? = source.read()?.also { count += it.remaining() }

        fun end() {
            close()
            val announced = body.contentLength()
            if (announced in 0..<count || announced > count) {
                throw IOException("a part has $count bytes, announced were $announced")
            }
        }

        override fun close() = source.close()
    }

    internal companion object {
        /** All of [bodies] as one body. */
        @JvmStatic
        fun bodyOf(bodies: List<RequestBody>, contentType: MediaType): RequestBody {
            val lengths = bodies.map { it.contentLength() }
            val length = if (lengths.all { it >= 0 }) lengths.sum() else -1
            return SourceBody(length, contentType, bodies.all { it.isReplayable }) { JoinedSource(bodies) }
        }
    }
}
