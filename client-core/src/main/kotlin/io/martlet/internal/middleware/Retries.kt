package io.martlet.internal.middleware

import io.martlet.body.BodySource
import io.martlet.body.BytesSource
import io.martlet.body.CompleteBody
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.ClientException.StatusException
import io.martlet.http.Attribute
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.Status
import io.martlet.http.StreamingResponse
import io.martlet.internal.RedirectRules
import io.martlet.retry.RetryPolicy
import io.martlet.retry.RetryPolicy.FAILED_TRIES
import java.time.Duration

/**
 * Tries again what failed, as the request's [RetryPolicy] says. The body of a response belongs to its try where the caller
 * wants all of it. The last failure has those before it as suppressed ones.
 */
internal class Retries(private val pauses: Pauses) : Middleware {
    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val policy = request.options.retry ?: return next.execute(request)
        policy.budget.deposit()
        // Those of a download: bodies that broke off.
        val failed = request.attribute(FAILED_TRIES).orEmpty().toMutableList()
        val log = request.attribute(LOG)
        var current = request
        while (true) {
            log?.last = current
            val wait = try {
                val response = next.execute(current)
                waitAfter(response, current, policy, failed) ?: return whole(response, current)
            } catch (e: ClientException) {
                (policy.waitAfter(current, e) ?: throw e.after(failed)).also { failed += e }
            }
            try {
                pauses.await(wait, current)
            } catch (e: SessionClosedException) {
                throw e.after(failed)
            }
            current = current.withAttempt(current.attempt + 1).withAttribute(FAILED_TRIES, failed.toList())
        }
    }

    /**
     * [response], its body read to the end where that is wanted. Of what will be raised, the beginning is enough, and of what
     * is followed, the head.
     */
    private suspend fun whole(response: StreamingResponse, request: ClientRequest): StreamingResponse {
        val isRaised = request.options.raiseForStatus && Status.isError(response.status)
        val isEnough = response.source is CompleteBody || isRaised || request.isFollowed(response)
        if (isEnough || request.attribute(READ_WHOLE) != true) return response
        val read = response.readAll()
        return response.with(source = ReadBody(read.bytes(), read.trailers()))
    }

    /** How long to wait before the next try; null where [response] is the answer. Closes it otherwise. */
    private fun waitAfter(
        response: StreamingResponse,
        request: ClientRequest,
        policy: RetryPolicy,
        failed: MutableList<ClientException>,
    ): Duration? {
        val wait = policy.waitAfter(request, response.status, response.headers) ?: return null
        response.close()
        failed += StatusException(response.toValue(ByteArray(0)))
        return wait
    }

    private fun ClientRequest.isFollowed(response: StreamingResponse) =
        options.followRedirects && RedirectRules.location(response.status, response.headers) != null

    /** What the last try is, for those above who do not hear of it. */
    class Log {
        @Volatile
        var last: ClientRequest? = null

        /** [error], about the attempt at which it struck, with those of the tries before. */
        fun <E : ClientException> about(request: ClientRequest, error: (ClientRequest) -> E): E {
            val last = last ?: return error(request)
            return error(request.withAttempt(last.attempt)).apply { after(last.attribute(FAILED_TRIES).orEmpty()) }
        }
    }

    private class ReadBody(bytes: ByteArray, override val trailers: Headers) : BodySource by BytesSource(bytes)

    companion object {
        private val READ_WHOLE = Attribute<Boolean>("readWhole")
        private val LOG = Attribute<Log>("tries")

        /** [request], which tells [log] of its tries, if it may have several. */
        fun telling(request: ClientRequest, log: Log): ClientRequest =
            if (request.options.retry == null) request else request.withAttribute(LOG, log)

        /** [request] as it was before it was sent, if it was: the request of a response may be sent once more. */
        fun fresh(request: ClientRequest): ClientRequest {
            val wasTried = request.attribute(FAILED_TRIES) != null
            if (!wasTried && request.attribute(READ_WHOLE) == null) return request
            val fresh = request.toBuilder().attribute(READ_WHOLE, null).attribute(FAILED_TRIES, null)
            if (wasTried) fresh.attempt(1)
            return fresh.build()
        }

        /** [request], of whose response the caller wants the whole body. */
        fun readingWhole(request: ClientRequest): ClientRequest =
            if (request.options.retry == null) request else request.toBuilder().attribute(READ_WHOLE, true).build()
    }
}

/**
 * This error, with those of the tries before it. What is below may throw one exception again and again, which cannot be among
 * those that it suppresses.
 */
internal fun ClientException.after(failed: List<ClientException>): ClientException =
    apply { failed.filter { it !== this }.forEach(::addSuppressed) }
