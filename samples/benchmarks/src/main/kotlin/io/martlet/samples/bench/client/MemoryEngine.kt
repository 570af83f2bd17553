package io.martlet.samples.bench.client

import io.martlet.body.BodySource
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.http.Headers
import io.martlet.http.HttpVersion
import io.martlet.http.StreamingResponse
import java.nio.ByteBuffer

/** Answers every request at once with [bodyBytes] zeros: what is measured over it is the session alone. */
internal fun memoryEngine(bodyBytes: Int): EngineFactory {
    val body = ByteArray(bodyBytes)
    return EngineFactory {
        Engine { request ->
            StreamingResponse(request, HttpVersion.HTTP_1_1, 200, "OK", Headers.EMPTY, OneBuffer(body))
        }
    }
}

private class OneBuffer(bytes: ByteArray) : BodySource {
    private var rest: ByteBuffer? = ByteBuffer.wrap(bytes)

    override suspend fun read(): ByteBuffer? = rest.also { rest = null }

    override fun close() = Unit
}
