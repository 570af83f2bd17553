package io.martlet.body

import io.martlet.body.MultipartDecoder.Event
import io.martlet.error.ClientException.PayloadException
import io.martlet.http.ClientRequest
import io.martlet.http.MediaType
import io.martlet.http.StreamingPart
import java.nio.ByteBuffer

/** Waits for the parts of [whole], of which [input] gives the bytes; [MultipartDecoder] takes them apart. */
internal class PartReader(
    private val request: ClientRequest,
    type: MediaType,
    private val whole: BodySource,
    private val input: suspend () -> ByteBuffer?,
) {
    private val decoder = try {
        MultipartDecoder.of(type)
    } catch (fault: MultipartFault) {
        throw malformed(fault)
    }

    /** Gives each part to [use], and skips what that leaves of it. */
    suspend fun forEach(use: suspend (StreamingPart) -> Unit) {
        while (nextEvent() == Event.PART) {
            val source = PartSource()
            val body = BodyStream(request, source)
            try {
                use(StreamingPart(decoder.headers(), body))
                body.finish { source.skip() }
            } finally {
                source.isOver = true
                body.forget()
            }
        }
    }

    private suspend fun nextEvent(): Event = try {
        var event = decoder.next(NOTHING)
        while (event == Event.MORE) event = decoder.next(input() ?: throw decoder.endOfInput())
        event
    } catch (fault: MultipartFault) {
        whole.close()
        throw malformed(fault)
    }

    private fun malformed(fault: MultipartFault) = PayloadException(request, "${fault.message}", fault)

    private inner class PartSource : BodySource {
        private var isEnded = false

        @Volatile
        private var isClosed = false

        @Volatile
        var isOver = false

        /** That of the whole: no part has one of its own, and a bomb is as large beside what all parts were. */
        override val encodedLength: Long get() = whole.encodedLength

        override suspend fun read(): ByteBuffer? {
            check(!isOver) { "$request: the part is over; its body can be read until the next part is asked for" }
            if (isClosed && !isEnded) {
                throw PayloadException(request, "the part was closed before it was read to its end", null)
            }
            return content()
        }

        suspend fun skip() {
            do {
                val skipped = content()
            } while (skipped != null)
        }

        private suspend fun content(): ByteBuffer? {
            if (!isEnded && nextEvent() == Event.CONTENT) return decoder.content()
            isEnded = true
            return null
        }

        override fun close() {
            isClosed = true
        }
    }

    private companion object {
        val NOTHING: ByteBuffer = ByteBuffer.allocate(0)
    }
}
