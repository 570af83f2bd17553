package io.martlet.internal

import io.martlet.config.SessionConfig
import io.martlet.cookie.CookieJar
import io.martlet.engine.Engine
import io.martlet.engine.Middleware
import io.martlet.engine.then
import io.martlet.internal.middleware.Authorization
import io.martlet.internal.middleware.Callers
import io.martlet.internal.middleware.Cookies
import io.martlet.internal.middleware.Decompression
import io.martlet.internal.middleware.Pauses
import io.martlet.internal.middleware.RaiseForStatus
import io.martlet.internal.middleware.RateLimiting
import io.martlet.internal.middleware.Redirects
import io.martlet.internal.middleware.Retries
import io.martlet.internal.middleware.TotalTimeout

/** The way of a request through a session, from the caller down to the [engine]. */
internal fun itinerary(
    config: SessionConfig,
    cookieJar: CookieJar,
    middlewares: List<Middleware>,
    engine: Engine,
    rateLimiting: RateLimiting? = null,
    pauses: Pauses = Pauses(),
): Engine {
    val callers = Callers(middlewares)
    val stages = listOfNotNull(
        RaiseForStatus, // judges the response that the caller would see; its time is up when the clock says so
        TotalTimeout { engine.keepsDeadlines && callers.of(it).isEmpty() }, // the clock runs for all below it
        Redirects, // from here on: once for each hop
        Retries(pauses), // from here on: once for each try
        Cookies(cookieJar),
        Authorization(config), // outside of the caller's: they see each request as it is sent
        callers,
        rateLimiting, // whatever goes to the engine takes its turn, and waits before it has a connection
        Decompression,
    )
    return stages.foldRight(engine) { stage, next -> stage.then(next) }
}
