package io.martlet.async.internal

import io.martlet.ClientSession
import io.martlet.Outcome
import io.martlet.config.SessionConfig
import io.martlet.engine.EngineFactory
import io.martlet.engine.Middleware
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.gather
import io.martlet.gatherOutcomes
import io.martlet.http.ClientRequest
import io.martlet.http.ClientResponse
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.future.await
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import java.io.OutputStream
import java.nio.file.Path
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicReference
import java.util.function.BiConsumer
import java.util.function.Function

/**
 * The core session for callers who cannot suspend: each call tells its end to a [BiConsumer] of result and error, and
 * returns a [Runnable] that cancels it.
 *
 * Coroutines run on [callbacks], so that this is where the ends are told.
 */
public class SessionBridge(
    config: SessionConfig,
    engine: EngineFactory,
    middlewares: List<Middleware>,
    private val callbacks: Executor,
) {
    private val session = ClientSession(config, engine, middlewares)
    private val calls = SupervisorJob()
    private val scope = CoroutineScope(calls + callbacks.asCoroutineDispatcher())

    public val isClosed: Boolean get() = session.isClosed

    public fun send(request: ClientRequest, done: BiConsumer<ClientResponse?, Throwable?>): Runnable =
        start(CoroutineStart.UNDISPATCHED, done) { session.send(request) }

    /** Cancelling after the response arrived closes it: whoever cancels does not take it. */
    public fun open(request: ClientRequest, done: BiConsumer<StreamingResponse?, Throwable?>): Runnable {
        val arrived = AtomicReference<StreamingResponse>()
        val cancel = start(CoroutineStart.UNDISPATCHED, done) {
            val response = session.open(request)
            arrived.set(response)
            // Cancelled at this very moment? Then either we see it here, or the canceller sees the response below.
            if (!currentCoroutineContext().isActive) response.close()
            response
        }
        return Runnable {
            cancel.run()
            arrived.get()?.close()
        }
    }

    public fun readBytes(response: StreamingResponse, done: BiConsumer<ByteArray?, Throwable?>): Runnable =
        start(CoroutineStart.UNDISPATCHED, done) { response.use { it.body.readBytes() } }

    public fun transferTo(
        response: StreamingResponse,
        output: OutputStream,
        done: BiConsumer<Long?, Throwable?>,
    ): Runnable = start(CoroutineStart.UNDISPATCHED, done) { response.use { it.body.transferTo(output) } }

    public fun saveTo(response: StreamingResponse, path: Path, done: BiConsumer<Long?, Throwable?>): Runnable =
        start(CoroutineStart.UNDISPATCHED, done) { response.use { it.body.saveTo(path) } }

    public fun <T, R> gather(
        elements: Iterable<T>,
        concurrency: Int,
        action: Function<in T, out CompletionStage<out R>>,
        done: BiConsumer<List<R>?, Throwable?>,
    ): Runnable = start(CoroutineStart.DEFAULT, done) { elements.gather(concurrency) { action.apply(it).await() } }

    public fun <T, R> gatherOutcomes(
        elements: Iterable<T>,
        concurrency: Int,
        action: Function<in T, out CompletionStage<out R>>,
        done: BiConsumer<List<Outcome<R>>?, Throwable?>,
    ): Runnable = start(CoroutineStart.DEFAULT, done) {
        elements.gatherOutcomes(concurrency) { action.apply(it).await() }
    }

    /** Closes the session, and runs [afterwards] once every call has told its end. */
    public fun close(afterwards: Runnable) {
        session.close()
        if (calls.complete()) calls.invokeOnCompletion { afterwards.run() }
    }

    private fun <T> start(start: CoroutineStart, done: BiConsumer<T?, Throwable?>, call: suspend () -> T): Runnable {
        if (isClosed) {
            done.accept(null, SessionClosedException(null))
            return Runnable {}
        }
        val job = scope.launch(start = start) {
            val result = runCatching { call() }
            done.accept(result.getOrNull(), result.exceptionOrNull()?.let(::visible))
        }
        // A session that closes at this very moment may refuse the coroutine before it runs.
        job.invokeOnCompletion { cause -> if (cause != null) done.accept(null, visible(cause)) }
        return Runnable { job.cancel() }
    }

    /** A closed session is an error; only what the caller cancelled is a cancellation. */
    private fun visible(cause: Throwable): Throwable =
        if (cause is CancellationException && isClosed) SessionClosedException(null) else cause
}
