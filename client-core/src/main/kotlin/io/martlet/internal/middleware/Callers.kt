package io.martlet.internal.middleware

import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.engine.middlewares
import io.martlet.engine.then
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse

/** What callers put around their requests: those of the session, or instead of them those of the request. */
internal class Callers(private val ofSession: List<Middleware>) : Middleware {
    /** What is around [request], from the outside in. */
    fun of(request: ClientRequest): List<Middleware> = request.middlewares ?: ofSession

    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse =
        of(request).foldRight(next) { middleware, inner -> middleware.then(inner) }.execute(request)
}
