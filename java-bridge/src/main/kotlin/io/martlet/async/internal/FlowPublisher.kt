package io.martlet.async.internal

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import java.util.concurrent.Flow.Publisher
import java.util.concurrent.Flow.Subscriber
import java.util.concurrent.Flow.Subscription
import java.util.concurrent.atomic.AtomicLong

/**
 * A [flow] by the rules of reactive streams (https://www.reactive-streams.org): collected anew for each subscriber, on the
 * callbacks of [session], from the first request on, and never ahead of what is requested.
 *
 * @param owner closed when a subscription ends, however it does
 * @param left called when a subscriber has had enough, with the job that ends when the flow has taken notice
 */
internal class FlowPublisher<T : Any>(
    private val session: SessionBridge,
    private val owner: AutoCloseable,
    private val flow: Flow<T>,
    private val left: (Job) -> Unit = {},
) : Publisher<T> {
    override fun subscribe(subscriber: Subscriber<in T>) {
        val delivery = Delivery(subscriber)
        subscriber.onSubscribe(delivery)
        delivery.begin()
    }

    private inner class Delivery(private val subscriber: Subscriber<in T>) : Subscription {
        private val requested = AtomicLong()
        private val more = Channel<Unit>(Channel.CONFLATED)
        private val ended = CompletableDeferred<Unit>()

        @Volatile
        private var isCancelled = false

        @Volatile
        private var refusal: IllegalArgumentException? = null

        @Volatile
        private var call: Runnable? = null

        fun begin() {
            val begun = session.dispatch<Unit>({ _, error -> end(error) }) { deliver() }
            call = begun
            // By the subscriber, while there was nothing to be cancelled yet.
            if (isCancelled) begun.run()
        }

        override fun request(n: Long) {
            if (n <= 0) return refuse(n)
            requested.getAndUpdate { before -> (before + n).takeIf { it > 0 } ?: Long.MAX_VALUE }
            more.trySend(Unit)
        }

        /** §3.9: what a subscriber must not ask for ends its subscription. */
        private fun refuse(n: Long) {
            if (isCancelled) return
            refusal = IllegalArgumentException("$n elements were requested; at least one must be (§3.9)")
            cancel()
        }

        override fun cancel() {
            isCancelled = true
            call?.run()
            left(ended)
        }

        private suspend fun deliver() {
            awaitRequest()
            flow.collect {
                requested.decrementAndGet()
                subscriber.onNext(it)
                awaitRequest()
            }
        }

        private suspend fun awaitRequest() {
            while (requested.get() == 0L) more.receive()
            currentCoroutineContext().ensureActive()
        }

        private fun end(error: Throwable?) {
            ended.complete(Unit)
            val closing = runCatching { owner.close() }.exceptionOrNull()
            val failure = refusal ?: error ?: closing
            when {
                isCancelled && refusal == null -> Unit
                failure == null -> subscriber.onComplete()
                else -> subscriber.onError(failure)
            }
        }
    }
}
