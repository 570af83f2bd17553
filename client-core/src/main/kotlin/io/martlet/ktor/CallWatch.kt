package io.martlet.ktor

import io.ktor.client.statement.HttpResponse
import io.ktor.utils.io.ByteReadChannel
import io.martlet.error.ClientException.ConnectTimeoutException
import io.martlet.error.ClientException.QueueTimeoutException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.TimeSource
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/**
 * Follows one call through its phases and keeps the limits of each.
 *
 * Ktor's own limits are not used: they count waiting for a slot as connecting, and sending as silence of the server.
 */
internal class CallWatch(
    val request: ClientRequest,
    private val slots: ConnectionSlots,
    private val isClosed: () -> Boolean,
) {
    private val timeout = request.options.timeout
    private val slot = CompletableDeferred<Unit>()
    private val sent = CompletableDeferred<Unit>()
    private val head = CompletableDeferred<Head>()
    private val bodyEnd = Job()

    @Volatile
    private var phase = Phase.QUEUE

    class Head(val response: HttpResponse, val body: ByteReadChannel)

    fun slotTaken() {
        phase = Phase.CONNECT
        slot.complete(Unit)
    }

    /** The request is on its way: from here on it is the server's silence that counts. */
    fun requestSent() {
        phase = Phase.FIRST_BYTE
        sent.complete(Unit)
    }

    fun headArrived(arrived: Head) {
        phase = Phase.READ
        head.complete(arrived)
    }

    fun bodyEnded() {
        bodyEnd.complete()
    }

    suspend fun awaitBodyEnd() = bodyEnd.join()

    /** The call is over, and whoever still waits must hear of it. */
    fun ended(cause: Throwable?) {
        head.completeExceptionally(cause ?: CancellationException("The carrier ended the call without a response"))
    }

    /** Waits for the head, each phase within its limit. */
    suspend fun awaitHead(): Head = translating {
        val start = TimeSource.Monotonic.markNow()
        // Whatever ends the call ends every wait.
        head.invokeOnCompletion {
            slot.complete(Unit)
            sent.complete(Unit)
        }
        within(timeout.connect?.toKotlinDuration(), slot) { limit, elapsed ->
            QueueTimeoutException(request, limit.toJavaDuration(), elapsed.toJavaDuration(), slots.toString())
        }
        awaitSent(start)
        within(timeout.socketRead?.toKotlinDuration(), head, ::stalled)
    }

    private suspend fun awaitSent(start: TimeSource.Monotonic.ValueTimeMark) {
        val connect = timeout.connect?.toKotlinDuration()
        val connectLeft = connect?.let { it - start.elapsedNow() }
        val socketConnect = timeout.socketConnect?.toKotlinDuration()
        val connectIsNearer = connectLeft != null && (socketConnect == null || connectLeft < socketConnect)
        within(if (connectIsNearer) connectLeft else socketConnect, sent) { _, elapsed ->
            val (name, limit) = if (connectIsNearer) "connect" to connect else "socketConnect" to socketConnect!!
            ConnectTimeoutException(request, name, limit.toJavaDuration(), elapsed.toJavaDuration())
        }
    }

    /** Runs one read of the body within its limit. */
    suspend fun <T : Any> reading(read: suspend () -> T): T = translating {
        val limit = timeout.socketRead?.toKotlinDuration()
        val start = TimeSource.Monotonic.markNow()
        if (limit == null) read() else withTimeoutOrNull(limit) { read() } ?: throw stalled(limit, start.elapsedNow())
    }

    private fun stalled(limit: Duration, elapsed: Duration) =
        ReadTimeoutException(phase, request, limit.toJavaDuration(), elapsed.toJavaDuration())

    private suspend fun <T : Any> within(
        limit: Duration?,
        signal: Deferred<T>,
        expired: (Duration, Duration) -> Exception,
    ): T {
        val start = TimeSource.Monotonic.markNow()
        if (limit == null) return signal.await()
        return withTimeoutOrNull(limit) { signal.await() } ?: throw expired(limit, start.elapsedNow())
    }

    /** Only two things leave: our own exceptions, and the cancellation of the caller. */
    private suspend fun <T> translating(block: suspend () -> T): T = try {
        block()
    } catch (e: CancellationException) {
        // The end of the engine looks like a cancellation too, but the caller's coroutine is alive then.
        currentCoroutineContext().ensureActive()
        throw translate(e, request, phase, isClosed())
    } catch (e: Exception) {
        throw translate(e, request, phase, isClosed())
    }
}
