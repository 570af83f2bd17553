package io.martlet.internal.wire

import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.http.ClientRequest
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.Timer
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.RejectedExecutionException

/** The requests that wait on their way to a connection: each within a limit of time, and all until the engine closes. */
internal class Waits : AutoCloseable {
    private val waiting = ConcurrentHashMap.newKeySet<Wait>()

    @Volatile
    private var closed = false

    /**
     * Suspends until what [begin] has started resumes the continuation that it is given.
     *
     * @param loop has the timer
     * @param limit what ends the wait before, null for nothing
     * @throws SessionClosedException if the engine is closed before
     */
    suspend fun <T> await(
        request: ClientRequest,
        loop: EventLoop,
        limit: WaitLimit?,
        begin: (CancellableContinuation<T>) -> Unit,
    ): T {
        var wait: Wait? = null
        try {
            return suspendCancellableCoroutine { continuation ->
                val begun = Wait(request, continuation, loop, limit)
                wait = begun
                waiting += begun
                if (closed) begun.close() else begun.start { begin(continuation) }
            }
        } finally {
            wait?.let { waiting -= it.apply { end() } }
        }
    }

    /** Ends all waits, those that are still to come too. */
    override fun close() {
        closed = true
        waiting.forEach { it.close() }
    }

    /** Cancelling the continuation with an error ends this wait with it, and nothing else. */
    private class Wait(
        private val request: ClientRequest,
        private val continuation: CancellableContinuation<*>,
        private val loop: EventLoop,
        private val limit: WaitLimit?,
    ) : Timer() {
        fun start(begin: () -> Unit) = try {
            if (limit != null) loop.schedule(this, limit.dueAt - System.nanoTime())
            begin()
        } catch (e: RejectedExecutionException) {
            // The engine was closed meanwhile, which has ended this wait already, or the system gives no selector.
            continuation.cancel(ConnectorException(request, e))
        }

        fun end() {
            if (limit != null) loop.cancel(this)
        }

        fun close() {
            continuation.cancel(SessionClosedException(request))
        }

        override fun expired() {
            if (limit != null) continuation.cancel(limit.error())
        }
    }
}

/** The time at which a wait ends, by [System.nanoTime], and the error that it ends with. */
internal class WaitLimit(val dueAt: Long, val error: () -> ClientException)
