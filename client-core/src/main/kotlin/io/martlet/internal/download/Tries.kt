package io.martlet.internal.download

import io.martlet.error.ClientException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.http.ClientRequest
import io.martlet.internal.middleware.Pauses
import io.martlet.internal.middleware.after
import io.martlet.retry.RetryPolicy
import io.martlet.retry.RetryPolicy.FAILED_TRIES

/**
 * How often a part of a download was asked for. What fails before a body begins is tried again by the session; this is for
 * bodies that break off, by the same [policy] and counted with the others.
 */
internal class Tries(private val policy: RetryPolicy?, private val pauses: Pauses) {
    private var attempt = 1

    private var failed: List<ClientException> = emptyList()

    /** [request] as the next try. */
    fun counted(request: ClientRequest): ClientRequest = if (failed.isEmpty()) {
        request.withAttempt(attempt)
    } else {
        request.withAttempt(attempt).withAttribute(FAILED_TRIES, failed)
    }

    /**
     * Waits until [request], whose body broke off as [failure] says, may be sent again.
     *
     * @throws ClientException that [failure], if it may not; another one, if the session is closed meanwhile
     */
    suspend fun awaitNext(request: ClientRequest, failure: ClientException) {
        // The next request has a time limit of its own.
        val wait =
            policy?.waitAfter(request.withDeadline(null), failure)
                ?: throw failure.after(request.attribute(FAILED_TRIES).orEmpty())
        // Those that failed before the body began are known to its request.
        failed = request.attribute(FAILED_TRIES).orEmpty() + failure
        try {
            pauses.await(wait, request)
        } catch (e: SessionClosedException) {
            throw e.after(failed)
        }
        attempt = request.attempt + 1
    }
}
