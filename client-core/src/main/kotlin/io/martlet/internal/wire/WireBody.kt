package io.martlet.internal.wire

import io.martlet.body.BodySource
import io.martlet.http.Headers
import io.martlet.internal.http1.BodyFraming
import io.martlet.internal.http1.ResponseHead
import kotlinx.coroutines.suspendCancellableCoroutine
import java.nio.ByteBuffer
import kotlin.coroutines.resume

/** A body that is still arriving. */
internal class WireBody(
    private val exchange: Exchange,
    private val head: ResponseHead,
    private val pipe: BodyPipe,
) : BodySource {
    override val totalBytes: Long get() = BodyFraming.of(exchange.request().method, head).length()

    override suspend fun read(): ByteBuffer? {
        while (true) {
            val bytes = pipe.poll()
            if (bytes != null) return bytes.takeUnless { it === BodyPipe.END }
            awaitMore()
        }
    }

    private suspend fun awaitMore() = suspendCancellableCoroutine { continuation ->
        // Who gives up reading is not interested in the rest, however short.
        continuation.invokeOnCancellation { exchange.abandon() }
        if (!pipe.await { continuation.resume(Unit) }) continuation.resume(Unit)
    }

    override val trailers: Headers get() = pipe.trailers()

    override fun close() = exchange.closeBody()

    override fun toString(): String = pipe.toString()
}
