package io.martlet.internal.download

import io.martlet.error.ClientException
import io.martlet.http.ClientRequest
import io.martlet.retry.RetryPolicy
import kotlinx.coroutines.delay
import kotlin.time.toKotlinDuration

/**
 * How often a part of a download was asked for. What fails before a body begins is tried again by the session; this is for
 * bodies that break off, by the same [policy] and counted with the others.
 */
internal class Tries(private val policy: RetryPolicy?) {
    /** Which try is next, from 1. */
    var attempt = 1
        private set

    private val failed = mutableListOf<ClientException>()

    /**
     * Waits until [request], whose body broke off as [failure] says, may be sent again.
     *
     * @throws ClientException that [failure], if it may not
     */
    suspend fun awaitNext(request: ClientRequest, failure: ClientException) {
        // The next request has a time limit of its own.
        val wait = policy?.waitAfter(request.withDeadline(null), failure) ?: throw failure.after(failed)
        failed += failure
        delay(wait.toKotlinDuration())
        attempt = request.attempt + 1
    }

    private fun ClientException.after(failed: List<ClientException>) =
        apply { failed.filter { it !== this }.forEach(::addSuppressed) }
}
