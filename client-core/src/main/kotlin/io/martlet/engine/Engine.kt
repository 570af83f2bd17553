package io.martlet.engine

import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException
import io.martlet.http.Attribute
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.trace.SessionStatistics

/**
 * The rest of the world: a request goes in, a response comes out. Engines, middlewares and fakes all have this shape.
 *
 * An engine sends one request and returns its response once the head is there; it follows no redirect, keeps no cookie,
 * retries nothing that may have had an effect. Whatever it throws is a [ClientException] or a cancellation. Cancelling
 * the caller gives up the connection, in every phase. Engines may be called from any number of coroutines at once.
 */
public fun interface Engine : AutoCloseable {
    /**
     * Sends [request]; the caller closes the response.
     *
     * @throws ClientException if there is no response
     */
    public suspend fun execute(request: ClientRequest): StreamingResponse

    /**
     * Whether it ends a request at its [ClientRequest.deadline] by itself, with
     * [ClientException.TotalTimeoutException], the reading of the body included. If not, the session sees to it.
     */
    public val keepsDeadlines: Boolean get() = false

    /** What it is doing and has done; all zero where an engine does not count. */
    public val statistics: SessionStatistics get() = SessionStatistics.NONE

    /**
     * Ends every request in flight with [ClientException.SessionClosedException], refuses new ones with it, and gives up
     * all connections and threads. Idempotent. Does nothing unless overridden.
     */
    override fun close() {}

    /**
     * Waits, once it is closed, until nothing is left of it: its connections are closed, its threads have ended. Returns at
     * once unless overridden.
     */
    public suspend fun join() {}
}

/** Makes the engine of a session, with the connections that the session's configuration allows. */
public fun interface EngineFactory {
    /** A new engine, which the session will close. */
    public fun create(connector: ConnectorConfig): Engine
}

/**
 * A layer around the rest of the way. It may change the request, call `next` any number of times or not at all, and
 * change the response; a response that it does not return it must close.
 */
public fun interface Middleware {
    /** Answers [request], as a rule with the help of [next]. */
    public suspend fun intercept(request: ClientRequest, next: Engine): StreamingResponse
}

/** This middleware before [next], as one engine. */
public fun Middleware.then(next: Engine): Engine = Engine { request -> intercept(request, next) }

private val MIDDLEWARES = Attribute<List<Middleware>>("middlewares")

/** The middlewares that this request has instead of its session's, from the outside in; null: none of its own. */
public val ClientRequest.middlewares: List<Middleware>? get() = attribute(MIDDLEWARES)

/** Lets the request have [own] middlewares instead of its session's; null: the session's. */
public fun ClientRequest.Builder.middlewares(own: List<Middleware>?): ClientRequest.Builder =
    attribute(MIDDLEWARES, own?.toList())
