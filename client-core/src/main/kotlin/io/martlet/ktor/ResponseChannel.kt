package io.martlet.ktor

import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.InternalAPI
import io.martlet.body.BodySource
import io.martlet.error.ClientException
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlinx.io.Buffer
import kotlinx.io.Source
import kotlinx.io.transferFrom
import java.util.concurrent.atomic.AtomicReference

/**
 * A body of ours as Ktor reads it: each wait for bytes is a read of [source], so that the server is held back while
 * nobody reads, and no coroutine stands between.
 *
 * @param call ended with an error, it ends the reading; it is not over before the body is
 */
internal class ResponseChannel(private val source: BodySource, call: Job) : ByteReadChannel {
    private val reading = Job(call)
    private val failure = AtomicReference<Throwable?>()

    /** The reader's own. */
    private val buffer = Buffer()

    @Volatile
    private var ended = false

    init {
        reading.invokeOnCompletion { cause ->
            if (cause != null) failure.compareAndSet(null, cause)
            source.close()
        }
    }

    override val closedCause: Throwable? get() = failure.get()

    /** Not so after a failure: those who only look at this would take a body that broke off for a whole one. */
    override val isClosedForRead: Boolean get() = failure.get() == null && ended && buffer.exhausted()

    @InternalAPI
    override val readBuffer: Source
        get() {
            failure.get()?.let { throw it }
            return buffer
        }

    override suspend fun awaitContent(min: Int): Boolean {
        while (true) {
            failure.get()?.let { throw it }
            if (buffer.size >= min) return true
            if (ended) return false
            receive()
        }
    }

    private suspend fun receive() {
        val bytes = try {
            source.read()
        } catch (e: CancellationException) {
            fail(e)
            throw e
        } catch (e: ClientException) {
            return fail(e.asKtorsOwn())
        }
        if (bytes == null) end() else buffer.transferFrom(bytes)
    }

    private fun end() {
        ended = true
        reading.complete()
    }

    /** The first to fail says why: whoever closes [source] has said so before. */
    private fun fail(cause: Throwable) {
        failure.compareAndSet(null, cause)
        reading.complete()
    }

    override fun cancel(cause: Throwable?) {
        if (!ended) fail(cause ?: CancellationException("The reading of the body was cancelled"))
    }

    override fun toString(): String = "ResponseChannel($source)"
}
