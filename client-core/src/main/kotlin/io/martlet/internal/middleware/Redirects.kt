package io.martlet.internal.middleware

import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.error.ClientException
import io.martlet.error.ClientException.TooManyRedirectsException
import io.martlet.http.ClientRequest
import io.martlet.http.ClientResponse
import io.martlet.http.StreamingResponse
import io.martlet.internal.RedirectRules

/** Goes where `Location` points, as far as `maxRedirects` allows. What is sent there, [RedirectRules] decide. */
internal object Redirects : Middleware {
    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        var current = request
        var history = emptyList<ClientResponse>()
        while (true) {
            val response = naming(history) { next.execute(current) }
            val target = naming(history) { nextRequest(current, response, history) }
                ?: return if (history.isEmpty()) response else response.with(history = history)
            history = history + response.toValue(ByteArray(0))
            current = target
        }
    }

    /** Whatever fails on the way knows the redirects before. */
    private inline fun <T> naming(history: List<ClientResponse>, block: () -> T): T = try {
        block()
    } catch (e: ClientException) {
        throw e.also { if (history.isNotEmpty()) it.setHistory(history) }
    }

    /** The request to go on with; null where [response] is the final one. Closes [response] unless it is final. */
    private fun nextRequest(
        current: ClientRequest,
        response: StreamingResponse,
        history: List<ClientResponse>,
    ): ClientRequest? {
        if (!current.options.followRedirects) return null
        val location = RedirectRules.location(response.status, response.headers) ?: return null
        val redirect = response.with(history = history).toValue(ByteArray(0))
        var isFinal = false
        try {
            if (history.size >= current.options.maxRedirects) throw TooManyRedirectsException(redirect, history.size)
            val next = RedirectRules.follow(current, response.status, location)
            isFinal = !current.options.redirectFilter.follows(redirect, next)
            return next.takeUnless { isFinal }
        } finally {
            if (!isFinal) response.close()
        }
    }
}
