package io.martlet.internal.middleware

import io.martlet.auth.BearerTokens
import io.martlet.engine.Engine
import io.martlet.error.ClientException.AuthenticationException
import io.martlet.http.ClientRequest
import io.martlet.http.Status
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.future.await
import kotlinx.coroutines.withContext

/** Sends a token, and once more another if the first is answered with 401. When there is which, [BearerTokens] decides. */
internal object TokenAuth {
    suspend fun send(request: ClientRequest, tokens: BearerTokens, next: Engine): StreamingResponse {
        val token = tokens.wait(request)
        val response = next.execute(request.authorizedBy("Bearer $token"))
        if (response.status != Status.UNAUTHORIZED) return response
        tokens.reject(token)
        if (!request.body.isReplayable) return response
        response.close()
        return next.execute(request.authorizedBy("Bearer ${tokens.wait(request)}"))
    }

    private suspend fun BearerTokens.wait(request: ClientRequest): String =
        current() ?: request.withinDeadline { refreshed(request) }

    private suspend fun BearerTokens.refreshed(request: ClientRequest): String = try {
        // Here may be a thread that moves bytes, and the callers' code may block.
        withContext(Dispatchers.IO) { next() }.await()
    } catch (e: CancellationException) {
        currentCoroutineContext().ensureActive()
        throw AuthenticationException(request, REFUSED, e)
    } catch (e: Exception) {
        throw AuthenticationException(request, REFUSED, e)
    }

    private const val REFUSED = "the token could not be refreshed"
}
