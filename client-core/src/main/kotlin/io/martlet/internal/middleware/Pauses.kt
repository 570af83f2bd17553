package io.martlet.internal.middleware

import io.martlet.error.ClientException.SessionClosedException
import io.martlet.http.ClientRequest
import kotlinx.coroutines.Job
import kotlinx.coroutines.withTimeoutOrNull
import java.time.Duration
import kotlin.time.toKotlinDuration

/** Waits between two tries, which end with their session. */
internal class Pauses : AutoCloseable {
    private val end = Job()

    /**
     * Waits for so long before [request] is sent again.
     *
     * @throws SessionClosedException if the session is closed, or was
     */
    suspend fun await(wait: Duration, request: ClientRequest) {
        withTimeoutOrNull(wait.toKotlinDuration()) { end.join() }
        if (end.isCompleted) throw SessionClosedException(request)
    }

    /** Ends all waits, those that are still to come too. */
    override fun close() {
        end.complete()
    }
}
