package io.martlet.body

import io.martlet.http.MediaType
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption.READ

/** The bytes of a file, read on [Dispatchers.IO] piece by piece. */
internal class FileSource(private val path: Path, private val length: Long) : BodySource {
    private var channel: FileChannel? = null
    private var buffer: ByteBuffer? = null

    @Volatile
    private var closed = false

    override suspend fun read(): ByteBuffer? = withContext(Dispatchers.IO) {
        val file = channel ?: FileChannel.open(path, READ).also { channel = it }
        // Large pieces go from file to socket without a copy in between.
        val bytes = buffer ?: newBuffer().also { buffer = it }
        bytes.clear()
        val count = file.read(bytes)
        bytes.flip()
        bytes.takeIf { count >= 0 }
    }

    private fun newBuffer(): ByteBuffer =
        if (length < DIRECT_FROM) ByteBuffer.allocate(maxOf(1, length.toInt())) else ByteBuffer.allocateDirect(PIECE)

    override fun close() {
        if (!closed) {
            closed = true
            channel?.close()
        }
    }

    internal companion object {
        private const val DIRECT_FROM = 64 * 1024
        private const val PIECE = 256 * 1024

        /** The file at [path] as the body of a request. */
        @JvmStatic
        fun bodyOf(path: Path, contentType: MediaType?): RequestBody {
            val length = Files.size(path)
            return SourceBody(length, contentType, true) { FileSource(path, length) }
        }
    }
}
