package io.martlet.body

import java.nio.ByteBuffer

/** Tells [progress] what was read of [body]: who asks for more has sent what it had. */
internal class ProgressSource(
    private val body: BodySource,
    private val total: Long,
    private val progress: TransferProgress,
) : BodySource by body {
    private var sent = 0L
    private var given = 0

    override suspend fun read(): ByteBuffer? {
        if (given > 0) {
            sent += given
            given = 0
            progress.transferred(sent, total)
        }
        return body.read()?.also { given = it.remaining() }
    }

    internal companion object {
        /** [body] whose sending [progress] hears of. */
        @JvmStatic
        fun bodyOf(body: RequestBody, progress: TransferProgress): RequestBody {
            val total = body.contentLength()
            return SourceBody(total, body.contentType(), body.isReplayable) {
                ProgressSource(body.open(), total, progress)
            }
        }
    }
}
