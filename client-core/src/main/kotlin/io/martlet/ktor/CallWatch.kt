package io.martlet.ktor

import io.ktor.client.statement.HttpResponse
import io.ktor.utils.io.ByteReadChannel
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectTimeoutException
import io.martlet.error.ClientException.QueueTimeoutException
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.RequestBodyException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withTimeoutOrNull
import java.util.concurrent.atomic.AtomicReference
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
    private val connected = CompletableDeferred<Unit>()
    private val sent = CompletableDeferred<Unit>()
    private val head = CompletableDeferred<Head>()
    private val bodyEnd = Job()

    private val furthest = AtomicReference(Phase.QUEUE)
    private val phase: Phase get() = furthest.get()

    val isSessionClosed: Boolean get() = isClosed()

    /** Bytes of the body that arrived so far. */
    var received = 0L
        private set

    /** Why the request's own body could not be sent: carriers may report only what came of it. */
    @Volatile
    private var bodyFailure: RequestBodyException? = null

    class Head(val response: HttpResponse, val body: ByteReadChannel)

    fun slotTaken() {
        reached(Phase.CONNECT)
        slot.complete(Unit)
    }

    /** The connection stands; how long the sending takes, only the total limits. */
    fun connected() {
        reached(Phase.WRITE)
        connected.complete(Unit)
    }

    /** The request is on its way: from here on it is the server's silence that counts. */
    fun requestSent() {
        reached(Phase.FIRST_BYTE)
        sent.complete(Unit)
    }

    fun headArrived(arrived: Head) {
        reached(Phase.READ)
        head.complete(arrived)
    }

    /** Never goes back: a server may answer before it has the whole request. */
    private fun reached(next: Phase) {
        furthest.accumulateAndGet(next) { known, new -> maxOf(known, new) }
    }

    /** The request's own body failed because of [cause]; says so in our words. */
    fun unsendable(cause: Exception): RequestBodyException =
        RequestBodyException(request, cause.message ?: cause.javaClass.simpleName, cause).also { bodyFailure = it }

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
            connected.complete(Unit)
            sent.complete(Unit)
        }
        within(timeout.connect?.toKotlinDuration(), slot) { limit, elapsed ->
            QueueTimeoutException(request, limit.toJavaDuration(), elapsed.toJavaDuration(), slots.toString())
        }
        awaitConnected(start)
        sent.await()
        val arrived = within(timeout.socketRead?.toKotlinDuration(), head, ::stalled)
        // A carrier may end a body that failed as if it had been whole, and there is an answer to that.
        bodyFailure?.let { throw it }
        arrived
    }

    private suspend fun awaitConnected(start: TimeSource.Monotonic.ValueTimeMark) {
        val connect = timeout.connect?.toKotlinDuration()
        val connectLeft = connect?.let { it - start.elapsedNow() }
        val socketConnect = timeout.socketConnect?.toKotlinDuration()
        val connectIsNearer = connectLeft != null && (socketConnect == null || connectLeft < socketConnect)
        within(if (connectIsNearer) connectLeft else socketConnect, connected) { _, elapsed ->
            if (connectIsNearer) {
                connectTimeout("connect", connect, start.elapsedNow())
            } else {
                connectTimeout("socketConnect", socketConnect!!, elapsed)
            }
        }
    }

    /** Runs one [read] of the body within its limit; it returns how many bytes it got, or less than 0 at the end. */
    suspend fun reading(read: suspend () -> Int): Int = translating {
        val limit = timeout.socketRead?.toKotlinDuration()
        val start = TimeSource.Monotonic.markNow()
        val inTime = if (limit == null) read() else withTimeoutOrNull(limit) { read() }
        val count = inTime ?: throw stalled(limit!!, start.elapsedNow())
        received += maxOf(0, count)
        count
    }

    /** Says in our words that the body broke off because of [cause]. */
    fun broken(cause: Throwable): ClientException = translated(cause)

    private fun connectTimeout(name: String, limit: Duration, elapsed: Duration) =
        ConnectTimeoutException(request, name, limit.toJavaDuration(), elapsed.toJavaDuration())

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

    private fun translated(cause: Throwable): ClientException =
        bodyFailure ?: translate(cause, request, phase, isClosed(), received)

    /** Only two things leave: our own exceptions, and the cancellation of the caller. */
    private suspend fun <T> translating(block: suspend () -> T): T = try {
        block()
    } catch (e: CancellationException) {
        // The end of the engine looks like a cancellation too, but the caller's coroutine is alive then.
        currentCoroutineContext().ensureActive()
        throw translated(e)
    } catch (e: Exception) {
        throw translated(e)
    }
}
