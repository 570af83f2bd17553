package io.martlet.internal.middleware

import io.martlet.auth.Authentication
import io.martlet.auth.Basic
import io.martlet.auth.Bearer
import io.martlet.auth.BearerTokens
import io.martlet.auth.Digest
import io.martlet.auth.Netrc
import io.martlet.config.SessionConfig
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.http.Url
import java.util.concurrent.atomic.AtomicReference

/** Sends what `auth` of a request says, where it is meant for. What goes on has a header in its place. */
internal class Authorization(config: SessionConfig) : Middleware {
    private val unbound = config.options.auth?.takeIf { config.baseUrl == null && !it.choosesByHost() }
    private val home = AtomicReference<Url>()
    private val digests = DigestAuth()

    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val auth = request.options.auth ?: return next.execute(request)
        if (!isFor(auth, request)) return next.execute(request.authorizedBy(null))
        return when (auth) {
            is Basic -> next.execute(request.authorizedBy(auth.headerValue()))
            is Bearer -> next.execute(request.authorizedBy(auth.headerValue()))
            is Netrc -> next.execute(request.authorizedBy(auth.valueFor(request.url)))
            is BearerTokens -> TokenAuth.send(request, auth, next)
            is Digest -> digests.send(request, auth, next)
        }
    }

    private fun isFor(auth: Authentication, request: ClientRequest): Boolean =
        !request.headers.contains("Authorization") && (auth !== unbound || isHome(request.url))

    /** Credentials of a session without a base URL belong to the first origin that they are sent to. */
    private fun isHome(url: Url): Boolean {
        home.compareAndSet(null, url)
        return home.get().sameOrigin(url)
    }

    private fun Netrc.valueFor(url: Url): String? = credentialsFor(url.host()).map { it.headerValue() }.orElse(null)
}

/** This request with [value] for its `Authorization`, and no `auth` any more. */
internal fun ClientRequest.authorizedBy(value: String?): ClientRequest {
    val request = toBuilder()
    request.options().auth(null)
    value?.let { request.headers().set("Authorization", it) }
    return request.build()
}
