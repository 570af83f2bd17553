package io.martlet.internal.middleware

import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException
import io.martlet.error.ClientException.StatusException
import io.martlet.http.ClientRequest
import io.martlet.http.Status
import io.martlet.http.StreamingResponse
import io.martlet.retry.RetryPolicy
import java.io.ByteArrayOutputStream

/** Turns a status of 400 or above into a [StatusException] that holds the beginning of the body, where this is asked for. */
internal object RaiseForStatus : Middleware {
    private const val EXCERPT_BYTES = 64 * 1024

    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val response = next.execute(request)
        if (!request.options.raiseForStatus || !Status.isError(response.status)) return response
        throw errorOf(response)
    }

    /** The error that [response] is by its status; closes it. */
    suspend fun errorOf(response: StreamingResponse): StatusException {
        val excerpt = ByteArrayOutputStream()
        val interruption = response.use { readBeginning(it, excerpt) }
        val raised = StatusException(response.toValue(excerpt.toByteArray()))
        response.request.attribute(RetryPolicy.FAILED_TRIES)?.forEach(raised::addSuppressed)
        return raised.apply { interruption?.let(::addSuppressed) }
    }

    /** What kept the body from being read: no reason to say less of the status. Null if nothing did. */
    private suspend fun readBeginning(response: StreamingResponse, excerpt: ByteArrayOutputStream): ClientException? {
        try {
            while (excerpt.size() < EXCERPT_BYTES) {
                val bytes = response.body.read() ?: break
                val part = ByteArray(minOf(bytes.remaining(), EXCERPT_BYTES - excerpt.size())).also { bytes.get(it) }
                excerpt.write(part)
            }
        } catch (e: ClientException) {
            return e
        }
        return null
    }
}
