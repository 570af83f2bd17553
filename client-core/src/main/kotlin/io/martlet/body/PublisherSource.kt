package io.martlet.body

import io.martlet.http.MediaType
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.channels.Channel
import java.io.IOException
import java.nio.ByteBuffer
import java.util.concurrent.Flow.Publisher
import java.util.concurrent.Flow.Subscriber
import java.util.concurrent.Flow.Subscription

/**
 * What a publisher gives, asked for one buffer at a time, and only when it is needed. The publisher is subscribed to by
 * the first read; it may call from any thread.
 */
internal class PublisherSource(private val publisher: Publisher<out ByteBuffer>) : BodySource {
    private val subscription = CompletableDeferred<Subscription>()
    private val buffers = Channel<ByteBuffer>(1)
    private var isSubscribed = false

    @Volatile
    private var isOver = false

    override suspend fun read(): ByteBuffer? {
        if (!isSubscribed) {
            isSubscribed = true
            publisher.subscribe(Receiver())
        }
        var next: ByteBuffer?
        do {
            subscription.await().request(1)
            val received = buffers.receiveCatching()
            received.exceptionOrNull()?.let { throw it }
            next = received.getOrNull()
        } while (next?.hasRemaining() == false)
        return next
    }

    @OptIn(ExperimentalCoroutinesApi::class)
    override fun close() {
        subscription.cancel()
        if (!subscription.isCancelled && !isOver) subscription.getCompleted().cancel()
        buffers.cancel()
    }

    /** Hears the publisher; what is against the rules of reactive streams (https://www.reactive-streams.org) is an error. */
    private inner class Receiver : Subscriber<ByteBuffer> {
        override fun onSubscribe(given: Subscription) {
            // §2.5: a second one is not wanted; nor is the first, if the body is closed already.
            if (!subscription.complete(given)) given.cancel()
        }

        override fun onNext(buffer: ByteBuffer) {
            if (buffers.trySend(buffer).isFailure && !isOver) {
                fail(IllegalStateException("the publisher gave more than it was asked for"))
            }
        }

        override fun onError(cause: Throwable) {
            isOver = true
            fail(cause as? Exception ?: IOException("$cause", cause))
        }

        override fun onComplete() {
            isOver = true
            buffers.close()
        }

        private fun fail(cause: Exception) {
            subscription.completeExceptionally(cause)
            buffers.close(cause)
        }
    }

    internal companion object {
        /** What [publisher] gives as the body of one request. */
        @JvmStatic
        fun bodyOf(contentLength: Long, contentType: MediaType, publisher: Publisher<out ByteBuffer>): RequestBody =
            once(contentLength, contentType) { PublisherSource(publisher) }
    }
}
