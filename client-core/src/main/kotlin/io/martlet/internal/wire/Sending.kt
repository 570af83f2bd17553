package io.martlet.internal.wire

import io.martlet.body.CompleteBody
import io.martlet.body.SourceBody
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectionException
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.internal.http1.ResponseHead
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.coroutines.resumeWithException

/** A request sent over one connection, and the wait for its response. */
internal class Sending(
    private val request: ClientRequest,
    private val tally: Tally,
    private val trace: Trace?,
    private val forgotten: ForgottenBodies,
) : ResponseReceiver,
    Runnable {
    private lateinit var connection: WireConnection
    private var continuation: CancellableContinuation<StreamingResponse>? = null

    @Volatile
    private var exchange: Exchange? = null
    private var response: StreamingResponse? = null
    private var failure: ClientException? = null

    /** Sends it over [connection], which is given back by the exchange, and suspends until the head has arrived. */
    suspend fun over(connection: WireConnection): StreamingResponse {
        this.connection = connection
        encode()
        trace?.sending(connection.transport(), connection.isUsed)
        val body = request.body
        return if (body is SourceBody && !body.isEmpty) upload(body) else exchange(null)
    }

    private fun encode() {
        var isEncoded = false
        try {
            connection.encode(request)
            isEncoded = true
        } finally {
            if (!isEncoded) connection.discard()
        }
    }

    private suspend fun exchange(writer: BodyWriter?): StreamingResponse = suspendCancellableCoroutine { continuation ->
        this.continuation = continuation
        val exchange = Exchange(request, connection, this, tally, trace)
        this.exchange = exchange
        continuation.invokeOnCancellation { exchange.abandon() }
        try {
            connection.send(exchange, writer)
        } catch (e: Throwable) {
            exchange.abandon()
            throw e
        }
    }

    /** The body is sent beside the wait for the response, which ends both. */
    private suspend fun upload(body: SourceBody): StreamingResponse {
        var response: StreamingResponse? = null
        try {
            return coroutineScope {
                val upload = Upload(request, body, connection)
                val sending = launch { upload.run { exchange!! } }
                exchange(upload).also { sending.cancel() }
            }.also { response = it }
        } finally {
            if (response == null) exchange?.abandon()
        }
    }

    override fun arrived(head: ResponseHead, body: ReceivedBody) {
        val source = when (body) {
            is ReceivedBody.Complete -> CompleteBody(request, body.bytes)
            is BodyPipe -> WireBody(exchange!!, head, body).also { forgotten.watch(it, exchange!!) }
        }
        response = StreamingResponse(request, head.version, head.status, head.reason, head.headers, source)
        tell()
    }

    override fun failed(cause: ClientException) {
        failure = cause
        tell()
    }

    private fun tell() {
        val loop = connection.loop()
        if (loop.inLoop()) loop.atEndOfTurn(this) else run()
    }

    /** Resumes who waits, and forgets the response: it is the caller's alone, who may forget it too. */
    override fun run() {
        val waiting = continuation!!
        val arrived = response
        continuation = null
        response = null
        if (arrived != null) {
            waiting.resume(arrived) { _, _, _ -> exchange!!.abandon() }
        } else if (waiting.isCancelled) {
            // Whoever is cancelled does not hear of it.
            tally.abandoned.increment()
            trace?.abandoned()
        } else {
            waiting.resumeWithException(failure!!)
        }
    }

    /** Whether a new connection may help against [cause], and the server cannot have seen the request, or may twice. */
    fun mayRepeat(cause: ClientException): Boolean {
        val failed = exchange ?: return false
        if (cause !is ConnectionException || !failed.looksStale()) return false
        val isHarmless = request.method.isIdempotent && request.body.isReplayable
        return isHarmless || connection.isUntouched
    }
}
