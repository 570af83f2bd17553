package io.martlet.body

import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import java.util.zip.DeflaterOutputStream
import java.util.zip.GZIPOutputStream

/** What [body] gives, compressed as [coding] says. No more of it is read than a piece needs. */
internal class CompressedSource(private val body: BodySource, coding: String) : BodySource {
    private val compressed = ByteArrayOutputStream()
    private val compressor = if (coding == GZIP) GZIPOutputStream(compressed) else DeflaterOutputStream(compressed)
    private var isEnded = false

    override suspend fun read(): ByteBuffer? {
        while (!isEnded && compressed.size() < LEAST_PIECE) compress(body.read())
        if (compressed.size() == 0) return null
        return ByteBuffer.wrap(compressed.toByteArray()).also { compressed.reset() }
    }

    private fun compress(bytes: ByteBuffer?) {
        if (bytes == null) {
            isEnded = true
            compressor.finish()
        } else {
            compressor.write(ByteArray(bytes.remaining()).also { bytes.get(it) })
        }
    }

    override fun close() {
        try {
            body.close()
        } finally {
            compressor.close()
        }
    }

    internal companion object {
        private const val LEAST_PIECE = 1024
        private const val GZIP = "gzip"
        private const val DEFLATE = "deflate"

        /** [coding], if a body can be compressed so. */
        @JvmStatic
        fun checked(coding: String): String {
            require(coding == GZIP || coding == DEFLATE) { "compress is \"$coding\", neither \"gzip\" nor \"deflate\"" }
            return coding
        }

        /** [body] as it is sent with `Content-Encoding:` [coding]. */
        @JvmStatic
        fun bodyOf(body: RequestBody, coding: String): RequestBody =
            SourceBody(-1, body.contentType(), body.isReplayable) { CompressedSource(body.open(), coding) }
    }
}
