package io.martlet.async

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.util.concurrent.Flow.Publisher
import java.util.concurrent.Flow.Subscriber
import java.util.concurrent.Flow.Subscription

/** What this publishes, requested one by one; whoever stops collecting cancels the subscription. */
internal fun <T : Any> Publisher<T>.asFlow(): Flow<T> = flow {
    val given = CompletableDeferred<Subscription>()
    val elements = Channel<T>(1)
    subscribe(object : Subscriber<T> {
        override fun onSubscribe(subscription: Subscription) {
            given.complete(subscription)
        }

        override fun onNext(element: T) = check(elements.trySend(element).isSuccess) { "$element was not requested" }

        override fun onError(cause: Throwable) {
            elements.close(cause)
        }

        override fun onComplete() {
            elements.close()
        }
    })
    val subscription = given.await()
    try {
        while (true) {
            subscription.request(1)
            val next = elements.receiveCatching()
            next.exceptionOrNull()?.let { throw it }
            emit(next.getOrNull() ?: break)
        }
    } finally {
        subscription.cancel()
    }
}
