package io.martlet.docs

import io.martlet.ClientSession
import io.martlet.engine.Middleware
import io.martlet.http.Headers
import io.martlet.http.StreamingResponse
import io.martlet.retry.CircuitBreaker
import io.martlet.retry.Hedging
import java.time.Duration

/** Stages around a request. */
internal val middlewareRows: List<Middleware> = listOf(
    // row: middleware
    Middleware { request, next -> next.execute(request) },
    // row: middleware-again
    Middleware { request, next ->
        val first = next.execute(request)
        if (first.status != 503) return@Middleware first
        first.close()
        next.execute(request)
    },
    // row: middleware-change
    Middleware { request, next ->
        val signed = request.toBuilder().apply { headers().set("X-Signature", "…") }.build()
        next.execute(signed)
    },
    // row: middleware-answer
    Middleware { request, _ -> StreamingResponse(request, 200, Headers.EMPTY, "cached".encodeToByteArray()) },
    // end
)

/** Stages that are there already. */
internal fun policyRows(): ClientSession = ClientSession {
    // row: middleware-policies
    use(CircuitBreaker.of(0.5))
    use(Hedging.after(Duration.ofMillis(300)))
    // end
}

/** A stage that asks the session itself. */
internal fun asking(session: () -> ClientSession): Middleware = Middleware { request, next ->
    // row: middleware-session
    val token = session().get("token") { middlewares = emptyList() }.text()
    // end
    next.execute(request.withHeaders(request.headers.plus("X-Token", token)))
}
