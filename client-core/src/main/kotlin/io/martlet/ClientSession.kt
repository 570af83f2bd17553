package io.martlet

import io.martlet.config.SessionConfig
import io.martlet.cookie.CookieJar
import io.martlet.cookie.MemoryCookieJar
import io.martlet.download.DownloadOptions
import io.martlet.download.DownloadedFile
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.engine.Middleware
import io.martlet.error.ClientException
import io.martlet.http.ClientRequest
import io.martlet.http.ClientResponse
import io.martlet.http.Method
import io.martlet.http.StreamingResponse
import io.martlet.http.Url
import io.martlet.internal.download.Downloading
import io.martlet.internal.itinerary
import io.martlet.internal.middleware.RateLimiting
import io.martlet.internal.middleware.Retries
import io.martlet.trace.SessionStatistics
import java.nio.file.Path

/**
 * Makes requests. Connections, default headers, limits and policies belong to it, so one session serves a whole program,
 * or a whole API; it is used from any number of coroutines at once, and closed at the end.
 *
 * The verbs return a [ClientResponse], a value: the body is complete, nothing has to be closed. [open] returns a
 * [StreamingResponse], a resource. URLs are resolved against [SessionConfig.baseUrl] where there is one. Every failure
 * is a [ClientException]; an argument that makes no sense is an [IllegalArgumentException] before anything is sent.
 * Cancelling the calling coroutine gives up the request and its connection.
 *
 * @property config what the session was told when it was built
 * @property cookieJar where it keeps its cookies; stays usable when the session is closed
 */
public class ClientSession internal constructor(
    public val config: SessionConfig,
    private val middlewares: List<Middleware>,
    private val engine: Engine,
    public val cookieJar: CookieJar,
) : AutoCloseable {
    private val rateLimiting = config.rateLimit?.let { RateLimiting(it) }
    private val way = itinerary(config, cookieJar, middlewares, engine, rateLimiting)

    @Volatile
    private var closed = false

    /** How this session stands, and what it has done so far. Cheap; any thread. */
    public val statistics: SessionStatistics get() = engine.statistics.let { rateLimiting?.counted(it) ?: it }

    /** Whether [close] was called. */
    public val isClosed: Boolean get() = closed

    /** Asks for what is at [url]. */
    public suspend fun get(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.GET, url, build)

    /** Asks for the head of what is at [url]; as in aiohttp, redirects are followed only if [build] says so. */
    public suspend fun head(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.HEAD, url) {
            followRedirects = false
            apply(build)
        }

    /** Asks what can be done with [url]. */
    public suspend fun options(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.OPTIONS, url, build)

    /** Sends a body to [url]. */
    public suspend fun post(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.POST, url, build)

    /** Puts a body in the place of what is at [url]. */
    public suspend fun put(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.PUT, url, build)

    /** Changes a part of what is at [url]. */
    public suspend fun patch(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.PATCH, url, build)

    /** Removes what is at [url]. */
    public suspend fun delete(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.DELETE, url, build)

    /**
     * Sends a request of any [method], a token that is put in upper case.
     *
     * @throws ClientException if there is no acceptable response
     * @throws IllegalArgumentException if [method] or something in [build] makes no sense
     */
    public suspend fun request(method: String, url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.of(method), url, build)

    /** Sends a request of any [method]. */
    public suspend fun request(method: Method, url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        send(newRequest(method, url, build))

    /** Sends a request of any [method] to a [url] that is parsed already, raw ones included. */
    public suspend fun request(method: Method, url: Url, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        send(newRequest(method, url, build))

    /** Sends a [request] that was built elsewhere; nothing of this session's defaults is added. */
    public suspend fun send(request: ClientRequest): ClientResponse {
        val response = open(Retries.readingWhole(request))
        return response.complete() ?: response.readAll()
    }

    /**
     * Sends a request of any [method] and returns its response as soon as the head is there; the caller closes it.
     *
     * @throws ClientException if there is no acceptable response
     * @throws IllegalArgumentException if [method] or something in [build] makes no sense
     */
    public suspend fun open(method: String, url: String, build: RequestBuilder.() -> Unit = {}): StreamingResponse =
        open(newRequest(Method.of(method), url, build))

    /** Sends a [request] that was built elsewhere and returns its response as soon as the head is there. */
    public suspend fun open(request: ClientRequest): StreamingResponse {
        if (closed) throw ClientException.SessionClosedException(request)
        return way.execute(request)
    }

    /**
     * Fetches what is at [url] into the file [path], whole or not at all: nothing is ever seen under its name but the old file
     * and then the new one.
     *
     * It is written to `name.martlet-part` beside it, with `name.martlet-part.state`, readable by its owner only, from which the next call
     * goes on where this one failed or was cancelled. It does so only where the server says that the file is still the same,
     * by a strong `ETag` or by `Last-Modified`, and begins anew otherwise. A body that breaks off is asked for again from there,
     * if the session retries; the first try of each part is counted with the others. Time limits hold for each request by
     * itself: for long files raise or lift `total`, and set `socketRead`.
     *
     * ```
     * session.download("big.iso", Path.of("big.iso")) {
     *     segments = 4
     *     sha256("9f86d081884c7d65…")
     *     request { timeout { total = Duration.ZERO; socketRead = 30.seconds } }
     * }
     * ```
     *
     * A body that comes coded though `identity` was asked for is decoded as `decompress` says, and cannot be resumed.
     * What is done on disk, and [DownloadBuilder.progress], runs on `Dispatchers.IO`.
     *
     * @throws ClientException.StatusException if the answer is neither 200 nor the 206 that was asked for
     * @throws ClientException.PayloadException if the file has not the size or the digest that it must have
     * @throws java.io.IOException if [path] cannot be written, names a folder, or is being downloaded to by somebody else
     */
    public suspend fun download(url: String, path: Path, build: DownloadBuilder.() -> Unit = {}): DownloadedFile {
        val download = DownloadBuilder().apply(build)
        return download(newRequest(Method.GET, url, download.request), path, download.options())
    }

    /**
     * Downloads what answers a [request] that was built elsewhere, as the other `download` does.
     *
     * @throws IllegalArgumentException if [request] is no GET, or asks for a range itself
     */
    public suspend fun download(
        request: ClientRequest,
        path: Path,
        options: DownloadOptions = DownloadOptions.DEFAULT,
    ): DownloadedFile = Downloading(Engine { open(it) }, request, path, options).run()

    /** A request as this session starts it, completed by [build]; [send] and [open] take it. */
    public fun newRequest(method: Method, url: String, build: RequestBuilder.() -> Unit = {}): ClientRequest =
        RequestBuilder(config.newRequest(method, url), middlewares).apply(build).build()

    /** A request to a [url] that is parsed already. */
    public fun newRequest(method: Method, url: Url, build: RequestBuilder.() -> Unit = {}): ClientRequest =
        RequestBuilder(config.newRequest(method, url), middlewares).apply(build).build()

    /**
     * Ends the requests in flight with [ClientException.SessionClosedException], refuses new ones with it, and closes
     * the engine with its connections and threads. Idempotent, from any thread.
     */
    override fun close() {
        closed = true
        rateLimiting?.close()
        engine.close()
    }

    /**
     * Closes the session as [close] does, and waits until nothing is left of it: its connections are closed, its threads
     * have ended. What they are at is not broken off: the system's look-up of a name takes as long as it takes, and so do
     * resolvers, address filters and trace listeners, on whose threads nobody may wait for this. Idempotent, and after
     * [close] too; cancelling ends no more than the wait.
     */
    public suspend fun closeAndJoin() {
        close()
        engine.join()
    }

    override fun toString(): String {
        val base = config.baseUrl?.redacted() ?: "no baseUrl"
        return if (closed) "ClientSession($base, closed)" else "ClientSession($base)"
    }
}

/**
 * A session as [config] says, over a new engine of [engine], with [middlewares] from the outside in, and cookies in
 * [cookieJar].
 */
public fun ClientSession(
    config: SessionConfig,
    engine: EngineFactory = wire(),
    middlewares: List<Middleware> = emptyList(),
    cookieJar: CookieJar = MemoryCookieJar(),
): ClientSession = ClientSession(config, middlewares.toList(), engine.create(config.connector), cookieJar)

/** A session as [build] describes it. */
public fun ClientSession(build: SessionBuilder.() -> Unit = {}): ClientSession = SessionBuilder().apply(build).build()
