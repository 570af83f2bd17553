package io.martlet.async.internal

import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.future.await
import kotlinx.coroutines.supervisorScope
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicReference
import java.util.function.BiConsumer

/** A middleware that answers with a stage, of what the face calls a response: [R]. */
public interface Staged<R : Any> {
    public fun intercept(bridge: SessionBridge, request: ClientRequest, next: NextCall): CompletionStage<R?>?

    /** The response of the core in [response]. */
    public fun streaming(response: R): StreamingResponse
}

/** Sends a request down the rest of the way, tells its end to `done`, and returns what cancels it. */
public fun interface NextCall {
    public fun send(request: ClientRequest, done: BiConsumer<StreamingResponse?, Throwable?>): Runnable
}

/** [staged] as the core has middlewares: nothing that it began, and no response but the one it gave, outlives it. */
public class StagedMiddleware<R : Any>(private val staged: Staged<R>) : Middleware {
    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val bridge = currentCoroutineContext()[CurrentBridge]?.bridge ?: SessionBridge.detached()
        val arrived = ConcurrentLinkedQueue<StreamingResponse>()
        val answer = AtomicReference<StreamingResponse>()
        var kept: StreamingResponse? = null
        try {
            supervisorScope {
                val calls = NextCalls(this, next, arrived)
                try {
                    answer.set(answerTo(request, bridge, calls))
                } finally {
                    calls.end()
                }
            }
            // Not before: a cancellation can strike when the scope is left.
            return answer.get().also { kept = it }
        } finally {
            if (kept == null) answer.get()?.close()
            arrived.filter { it.source !== kept?.source }.forEach { it.close() }
        }
    }

    private suspend fun answerTo(request: ClientRequest, bridge: SessionBridge, next: NextCall): StreamingResponse {
        val stage = staged.intercept(bridge, request, next)
            ?: error("The middleware $staged returned null for $request")
        var isTaken = false
        try {
            val response = stage.await().also { isTaken = true }
                ?: error("The stage of the middleware $staged held null for $request")
            return staged.streaming(response)
        } catch (e: CancellationException) {
            currentCoroutineContext().ensureActive()
            throw IllegalStateException("The stage of the middleware $staged was cancelled, and $request was not", e)
        } finally {
            // Cancelled as it completed, or before: nobody else has the response.
            if (!isTaken) stage.whenComplete { response, _ -> response?.let { staged.streaming(it).close() } }
        }
    }

    override fun toString(): String = staged.toString()
}

/** The calls that a middleware makes, as children of [scope]; what they give is in [arrived]. */
private class NextCalls(
    private val scope: CoroutineScope,
    private val next: Engine,
    private val arrived: ConcurrentLinkedQueue<StreamingResponse>,
) : NextCall {
    @Volatile
    private var isOver = false

    override fun send(request: ClientRequest, done: BiConsumer<StreamingResponse?, Throwable?>): Runnable {
        val response = AtomicReference<StreamingResponse>()
        val call = scope.async(start = CoroutineStart.UNDISPATCHED) {
            currentCoroutineContext().ensureActive()
            // A call that is not seen here is a child already, and cancelled by [end].
            if (isOver) throw CancellationException("The middleware has answered before it sent $request")
            next.execute(request).also {
                arrived += it
                response.set(it)
            }
        }
        call.invokeOnCompletion { failure ->
            if (failure == null) {
                done.accept(response.get(), null)
            } else {
                response.get()?.close()
                done.accept(null, failure)
            }
        }
        return Runnable {
            call.cancel()
            // It may have arrived before: whoever cancels does not take it.
            response.get()?.close()
        }
    }

    fun end() {
        isOver = true
        scope.coroutineContext.cancelChildren()
    }
}
