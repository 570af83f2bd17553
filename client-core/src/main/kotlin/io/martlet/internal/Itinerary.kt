package io.martlet.internal

import io.martlet.config.SessionConfig
import io.martlet.cookie.CookieJar
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.engine.then
import io.martlet.internal.middleware.Authorization
import io.martlet.internal.middleware.Cookies
import io.martlet.internal.middleware.Decompression
import io.martlet.internal.middleware.RaiseForStatus
import io.martlet.internal.middleware.Redirects
import io.martlet.internal.middleware.TotalTimeout

/** The way of a request through a session, from the caller down to the [engine]. */
internal fun itinerary(
    config: SessionConfig,
    cookieJar: CookieJar,
    middlewares: List<Middleware>,
    engine: Engine,
): Engine {
    val isDeadlineKept = engine.keepsDeadlines && middlewares.isEmpty()
    val once = listOf(
        RaiseForStatus, // judges the response that the caller would see; its time is up when the clock says so
        TotalTimeout(isDeadlineKept), // the clock runs for everything below, and for the body
        Redirects, // from here on: once for each hop
        Cookies(cookieJar),
        Authorization(config), // outside of the caller's: they see each request as it is sent
    )
    return (once + middlewares + Decompression).foldRight(engine) { stage, next -> stage.then(next) }
}
