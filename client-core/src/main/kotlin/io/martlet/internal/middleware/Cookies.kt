package io.martlet.internal.middleware

import io.martlet.cookie.CookieJar
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.internal.CookieRules

/** Sends the cookies of [jar] that are for the URL of each hop, and keeps there what its response sets. */
internal class Cookies(private val jar: CookieJar) : Middleware {
    override suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse {
        val response = next.execute(CookieRules.withCookies(request, jar.cookiesFor(request.url)))
        if (response.headers.contains(SET_COOKIE)) keepCookies(request, response)
        return response
    }

    private fun keepCookies(request: ClientRequest, response: StreamingResponse) {
        var isKept = false
        try {
            jar.store(request.url, response.headers.getAll(SET_COOKIE))
            isKept = true
        } finally {
            if (!isKept) response.close()
        }
    }

    private companion object {
        const val SET_COOKIE = "Set-Cookie"
    }
}
