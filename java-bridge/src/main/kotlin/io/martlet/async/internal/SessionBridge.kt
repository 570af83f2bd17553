package io.martlet.async.internal

import io.martlet.ClientSession
import io.martlet.GatherOptions
import io.martlet.Outcome
import io.martlet.asCompleted
import io.martlet.batches
import io.martlet.config.RedirectFilter
import io.martlet.config.SessionConfig
import io.martlet.cookie.CookieJar
import io.martlet.cookie.MemoryCookieJar
import io.martlet.download.DownloadOptions
import io.martlet.download.DownloadedFile
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.engine.Middleware
import io.martlet.engine.middlewares
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.gather
import io.martlet.gatherOutcomes
import io.martlet.http.ClientRequest
import io.martlet.http.ClientResponse
import io.martlet.http.Part
import io.martlet.http.StreamingPart
import io.martlet.http.StreamingResponse
import io.martlet.trace.SessionStatistics
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.future.await
import kotlinx.coroutines.isActive
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor
import java.util.concurrent.Flow.Publisher
import java.util.concurrent.ForkJoinPool
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.TimeoutException
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicReference
import java.util.function.BiConsumer
import java.util.function.Consumer
import java.util.function.Function
import java.util.function.Supplier
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.coroutines.startCoroutine
import kotlin.time.toKotlinDuration

/**
 * The core session for callers who cannot suspend: each call tells its end to a [BiConsumer] of result and error, and
 * returns a [Runnable] that cancels it.
 *
 * Ends are told on [callbacks], but for those that need no waiting. What else is the user's, such as middlewares, cookie
 * jars and actions, runs there too; where there is nothing of the kind, nothing but the end goes there.
 *
 * @param carried gives what takes the place of [callbacks] for one call, with the context of the thread that makes it;
 * null where nothing is carried
 * @param callSites gives what tells a failure where the call was made, on the thread that makes it; null where nobody asks
 */
public class SessionBridge(
    config: SessionConfig,
    engine: EngineFactory,
    middlewares: List<Middleware>,
    cookieJar: CookieJar,
    callbacks: Executor,
    private val carried: Supplier<Executor>? = null,
    private val callSites: Supplier<out Consumer<Throwable>>? = null,
) {
    private val session = ClientSession(config, engine, middlewares, cookieJar)
    private val current = CurrentBridge(this)
    private val callbacks = Callbacks(callbacks)
    private val isAllOurs = middlewares.isEmpty() && isOurs(cookieJar)

    /** The calls that have not told their end, and one for the open session; 0 for ever after. */
    private val open = AtomicInteger(1)
    private val afterwards = AtomicReference<Runnable>()

    public val isClosed: Boolean get() = session.isClosed

    public val statistics: SessionStatistics get() = session.statistics

    /** @param isObserved whether the user may be called by [done]; if not, it may be told anywhere */
    public fun send(
        request: ClientRequest,
        isObserved: Boolean,
        done: BiConsumer<ClientResponse?, Throwable?>,
    ): Runnable = begin(request, done, isObserved) { session.send(request) }

    /** Cancelling after the response arrived closes it: whoever cancels does not take it. Otherwise as [send]. */
    public fun open(
        request: ClientRequest,
        isObserved: Boolean,
        done: BiConsumer<StreamingResponse?, Throwable?>,
    ): Runnable {
        val arrived = AtomicReference<StreamingResponse>()
        val cancel = begin(request, done, isObserved) {
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

    /** @param isObserved as for [send] */
    public fun download(
        request: ClientRequest,
        path: Path,
        options: DownloadOptions,
        isObserved: Boolean,
        done: BiConsumer<DownloadedFile?, Throwable?>,
    ): Runnable = begin(request, done, isObserved) { session.download(request, path, options) }

    public fun readAll(response: StreamingResponse, done: BiConsumer<ClientResponse?, Throwable?>): Runnable =
        begin(response.request, done) { response.use { it.readAll() } }

    /** Gives each part to [action], and the next one when the stage that this returned is complete. */
    public fun forEachPart(
        response: StreamingResponse,
        action: Function<in StreamingPart, out CompletionStage<*>>,
        done: BiConsumer<Void?, Throwable?>,
    ): Runnable = collect(response.parts(), response, action, done)

    /** The same for the parts of [whole]. */
    public fun forEachPart(
        whole: StreamingPart,
        action: Function<in StreamingPart, out CompletionStage<*>>,
        done: BiConsumer<Void?, Throwable?>,
    ): Runnable = collect(whole.parts(), AutoCloseable {}, action, done)

    private fun collect(
        parts: Flow<StreamingPart>,
        owner: AutoCloseable,
        action: Function<in StreamingPart, out CompletionStage<*>>,
        done: BiConsumer<Void?, Throwable?>,
    ): Runnable {
        val collect: suspend () -> Void? = {
            owner.use { parts.collect { action.apply(it).await() } }
            null
        }
        return start(Call<Void?>(captured().context, null, done)) { collect.startCoroutine(it) }
    }

    public fun readAll(request: ClientRequest, part: StreamingPart, done: BiConsumer<Part?, Throwable?>): Runnable =
        begin(request, done) { part.readAll() }

    public fun <T, R> gather(
        elements: Iterable<T>,
        concurrency: Int,
        action: Function<in T, out CompletionStage<out R>>,
        done: BiConsumer<List<R>?, Throwable?>,
    ): Runnable = dispatch(done) { elements.gather(concurrency) { action.apply(it).await() } }

    public fun <T, R> gatherOutcomes(
        elements: Iterable<T>,
        concurrency: Int,
        action: Function<in T, out CompletionStage<out R>>,
        done: BiConsumer<List<Outcome<R>>?, Throwable?>,
    ): Runnable = dispatch(done) {
        elements.gatherOutcomes(concurrency) { action.apply(it).await() }
    }

    public fun <T, R> gather(
        elements: Iterable<T>,
        options: GatherOptions<in T>,
        action: Function<in T, out CompletionStage<out R>>,
        done: BiConsumer<List<R>?, Throwable?>,
    ): Runnable = dispatch(done) { elements.gather(options) { action.apply(it).await() } }

    public fun <T, R> gatherOutcomes(
        elements: Iterable<T>,
        options: GatherOptions<in T>,
        action: Function<in T, out CompletionStage<out R>>,
        done: BiConsumer<List<Outcome<R>>?, Throwable?>,
    ): Runnable = dispatch(done) { elements.gatherOutcomes(options) { action.apply(it).await() } }

    public fun <T, R> asCompleted(
        elements: Iterable<T>,
        options: GatherOptions<in T>,
        action: Function<in T, out CompletionStage<out R>>,
    ): Publisher<Outcome<R>> =
        FlowPublisher(this, AutoCloseable {}, elements.asCompleted(options) { action.apply(it).await() })

    public fun <T, R> batches(
        elements: Iterable<T>,
        size: Int,
        pause: Duration,
        action: Function<in T, out CompletionStage<out R>>,
        done: BiConsumer<List<R>?, Throwable?>,
    ): Runnable = dispatch(done) { elements.batches(size, pause.toKotlinDuration()) { action.apply(it).await() } }

    /** Closes [source] when a subscription ends. */
    public fun <T, R> asCompleted(
        elements: Iterable<T>,
        source: AutoCloseable,
        concurrency: Int,
        action: Function<in T, out CompletionStage<out R>>,
    ): Publisher<Outcome<R>> =
        FlowPublisher(this, source, elements.asCompleted(concurrency) { action.apply(it).await() })

    /** Closes the session, and runs [afterwards] once every call has told its end. */
    public fun close(afterwards: Runnable) {
        val isFirst = this.afterwards.compareAndSet(null, afterwards)
        try {
            session.close()
        } finally {
            if (isFirst) ended()
        }
    }

    /**
     * Waits until nothing is left of the closed session and [others], who may block, have been waited for as well; then
     * tells [done], on none of the session's threads.
     */
    public fun closeAndJoin(others: Blocking, done: Consumer<Throwable?>) {
        val join: suspend () -> Unit = {
            session.closeAndJoin()
            others.await()
        }
        join.startCoroutine(Continuation(Dispatchers.IO) { done.accept(it.exceptionOrNull()) })
    }

    private fun ended() {
        if (open.decrementAndGet() == 0) afterwards.get().run()
    }

    /** Begins [block] here and now. */
    internal fun <T> begin(
        request: ClientRequest,
        done: BiConsumer<T?, Throwable?>,
        isObserved: Boolean = true,
        block: suspend () -> T,
    ): Runnable {
        val call = when {
            !isOurs(request) -> Call(captured().context, null, done)
            isObserved -> Call(EmptyCoroutineContext, captured().executor, done)
            else -> Call(EmptyCoroutineContext, null, done)
        }
        return start(call) { it.begin(block) }
    }

    private fun captured() = carried?.let { Callbacks(it.get()) } ?: callbacks

    /** Where what is the user's runs, of all calls or of one. */
    private inner class Callbacks(val executor: Executor) {
        val context: CoroutineContext by lazy(LazyThreadSafetyMode.PUBLICATION) {
            executor.asCoroutineDispatcher() + current
        }
    }

    /** Whether nothing of the user's runs before its end. */
    private fun isOurs(request: ClientRequest): Boolean {
        val options = request.options
        return isAllOurs && request.middlewares == null && options.auth == null &&
            options.retry == null && options.redirectFilter === RedirectFilter.ALL
    }

    /** Begins [block] on [callbacks], unless it is cancelled before. */
    internal fun <T> dispatch(done: BiConsumer<T?, Throwable?>, block: suspend () -> T): Runnable {
        val unlessCancelled: suspend () -> T = {
            currentCoroutineContext().ensureActive()
            block()
        }
        return start(Call(captured().context, null, done)) { unlessCancelled.startCoroutine(it) }
    }

    private inline fun <T> start(call: Call<T>, begin: (Call<T>) -> Unit): Runnable {
        val isOpen = !isClosed && open.getAndUpdate { if (it == 0) 0 else it + 1 } != 0
        if (isOpen) begin(call) else call.refuse()
        return call
    }

    /** A coroutine in [where] that tells its end on [ends], or where it ends; running it cancels it. */
    private inner class Call<T>(
        where: CoroutineContext,
        private val ends: Executor?,
        private val done: BiConsumer<T?, Throwable?>,
    ) : Continuation<T>,
        Runnable {
        private val job = Job()
        private val site = callSites?.get()
        override val context = job + where

        fun begin(block: suspend () -> T) {
            val value = runCatching { block.startCoroutineUninterceptedOrReturn(this) }
            @Suppress("UNCHECKED_CAST")
            if (value.getOrNull() !== COROUTINE_SUSPENDED) tell(value as Result<T>)
        }

        override fun resumeWith(result: Result<T>) {
            if (ends == null) return tell(result)
            try {
                ends.execute { tell(result) }
            } catch (_: RejectedExecutionException) {
                Dispatchers.IO.dispatch(EmptyCoroutineContext) { tell(result) }
            }
        }

        private fun tell(result: Result<T>) = try {
            done.accept(result.getOrNull(), result.exceptionOrNull()?.let(::told))
        } finally {
            ended()
        }

        private fun told(failure: Throwable) = visible(failure).also { site?.accept(it) }

        fun refuse() = done.accept(null, SessionClosedException(null))

        override fun run() = job.cancel()
    }

    /**
     * A closed session is an error, and so is a time limit that got out of a middleware; only what the caller cancelled is a
     * cancellation.
     */
    internal fun visible(cause: Throwable): Throwable = when {
        cause is CancellationException && isClosed -> SessionClosedException(null)
        cause is TimeoutCancellationException -> TimeoutException(cause.message).apply { initCause(cause) }
        else -> cause
    }

    public companion object {
        private val DETACHED by lazy {
            val none = EngineFactory { Engine { request -> throw SessionClosedException(request) } }
            SessionBridge(SessionConfig.DEFAULT, none, emptyList(), CookieJar.NONE, ForkJoinPool.commonPool())
        }

        /** For responses that belong to no session. */
        @JvmStatic
        public fun detached(): SessionBridge = DETACHED
    }
}

/** Something that is waited for in a thread. */
public fun interface Blocking {
    @Throws(InterruptedException::class)
    public fun await()
}

/** Lets middlewares know to which bridge a call belongs. */
internal class CurrentBridge(val bridge: SessionBridge) : AbstractCoroutineContextElement(CurrentBridge) {
    companion object Key : CoroutineContext.Key<CurrentBridge>
}

/** Whether it runs no code of the user's. */
private fun isOurs(jar: CookieJar) = jar is MemoryCookieJar || jar === CookieJar.NONE
