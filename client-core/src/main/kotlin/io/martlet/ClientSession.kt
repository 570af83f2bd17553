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
import io.martlet.internal.middleware.Pauses
import io.martlet.internal.middleware.RateLimiting
import io.martlet.internal.middleware.Retries
import io.martlet.trace.SessionStatistics
import java.nio.file.Path

/**
 * Makes requests. A session owns connections, default headers, limits and policies, so one session serves a whole program,
 * or a whole API. Any number of coroutines may use it at once. Close it at the end.
 *
 * The verbs ([get], [post], …) return a [ClientResponse], a value: its body is complete, and nothing has to be closed. [open]
 * returns a [StreamingResponse], a resource, which you close. URLs are resolved against [SessionConfig.baseUrl] where there
 * is one. Every failure is a [ClientException]; an invalid argument is an [IllegalArgumentException] before anything is sent.
 * Cancelling the calling coroutine cancels the request and closes its connection.
 *
 * @property config the settings that the session was built with
 * @property cookieJar where it keeps its cookies; still usable after the session is closed
 */
public class ClientSession internal constructor(
    public val config: SessionConfig,
    private val middlewares: List<Middleware>,
    private val engine: Engine,
    public val cookieJar: CookieJar,
) : AutoCloseable {
    private val rateLimiting = config.rateLimit?.let { RateLimiting(it) }
    private val pauses = Pauses()
    private val way = itinerary(config, cookieJar, middlewares, engine, rateLimiting, pauses)

    @Volatile
    private var closed = false

    /** The present state of this session, and what it has done so far. Cheap; may be read on any thread. */
    public val statistics: SessionStatistics get() = engine.statistics.let { rateLimiting?.counted(it) ?: it }

    /** Whether [close] was called. */
    public val isClosed: Boolean get() = closed

    /** Sends a GET to [url]. */
    public suspend fun get(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.GET, url, build)

    /** Sends a HEAD to [url]; as in aiohttp, redirects are followed only if [build] says so. */
    public suspend fun head(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.HEAD, url) {
            followRedirects = false
            apply(build)
        }

    /** Sends an OPTIONS to [url], which asks what can be done with it. */
    public suspend fun options(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.OPTIONS, url, build)

    /** Sends a POST to [url]. */
    public suspend fun post(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.POST, url, build)

    /** Sends a PUT to [url], which replaces what is there. */
    public suspend fun put(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.PUT, url, build)

    /** Sends a PATCH to [url], which changes a part of what is there. */
    public suspend fun patch(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.PATCH, url, build)

    /** Sends a DELETE to [url]. */
    public suspend fun delete(url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.DELETE, url, build)

    /**
     * Sends a request of any [method], a token, which is put in upper case.
     *
     * @throws ClientException if there is no acceptable response
     * @throws IllegalArgumentException if [method] or something in [build] is invalid
     */
    public suspend fun request(method: String, url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        request(Method.of(method), url, build)

    /** Sends a request of any [method]. */
    public suspend fun request(method: Method, url: String, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        send(newRequest(method, url, build))

    /** Sends a request of any [method] to a [url] that is already parsed, raw ones included. */
    public suspend fun request(method: Method, url: Url, build: RequestBuilder.() -> Unit = {}): ClientResponse =
        send(newRequest(method, url, build))

    /** Sends a [request] that was built elsewhere; nothing of this session's defaults is added. */
    public suspend fun send(request: ClientRequest): ClientResponse {
        val response = execute(Retries.readingWhole(Retries.fresh(request)))
        return response.complete() ?: response.readAll()
    }

    /**
     * Sends a request of any [method] and returns its response as soon as the head is there; the caller closes it.
     *
     * @throws ClientException if there is no acceptable response
     * @throws IllegalArgumentException if [method] or something in [build] is invalid
     */
    public suspend fun open(method: String, url: String, build: RequestBuilder.() -> Unit = {}): StreamingResponse =
        open(newRequest(Method.of(method), url, build))

    /** Sends a [request] that was built elsewhere and returns its response as soon as the head is there. */
    public suspend fun open(request: ClientRequest): StreamingResponse = execute(Retries.fresh(request))

    private suspend fun execute(request: ClientRequest): StreamingResponse {
        if (closed) throw ClientException.SessionClosedException(request)
        return way.execute(request)
    }

    /**
     * Fetches what is at [url] into the file [path], whole or not at all: nothing is ever seen under its name but the old file
     * and then the new one.
     *
     * The body is first written to `name.martlet-part` beside it, and how far it has come is recorded in
     * `name.martlet-part.state`, readable by its owner only, so that the next call can continue where this one failed or was
     * cancelled. It continues only if the server confirms that the file is still the same, by a strong `ETag` or by
     * `Last-Modified`, and starts over otherwise. If the session retries, a body that breaks off is requested again from there;
     * the first try of each part counts as a try, too. Time limits hold for each request separately: for long files raise or
     * lift `total`, and set `socketRead`.
     *
     * ```
     * session.download("big.iso", Path.of("big.iso")) {
     *     segments = 4
     *     sha256("9f86d081884c7d65…")
     *     request { timeout { total = Duration.ZERO; socketRead = 30.seconds } }
     * }
     * ```
     *
     * A body that arrives encoded although `identity` was asked for is decoded as `decompress` says, and cannot be resumed.
     * Work on the disk, and [DownloadBuilder.progress], run on `Dispatchers.IO`.
     *
     * @throws ClientException.StatusException if the answer is neither 200 nor the 206 that was asked for
     * @throws ClientException.PayloadException if the file does not have the required size or digest
     * @throws java.io.IOException if [path] cannot be written, names a folder, or is the target of another download that
     *     still runs
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
    ): DownloadedFile =
        Downloading(Engine { execute(it) }, Retries.fresh(request), path, options, pauses = pauses).run()

    /** A request with the defaults of this session, completed by [build]; [send] and [open] take it. */
    public fun newRequest(method: Method, url: String, build: RequestBuilder.() -> Unit = {}): ClientRequest =
        RequestBuilder(config.newRequest(method, url), middlewares).apply(build).build()

    /** A request with the defaults of this session, to a [url] that is already parsed. */
    public fun newRequest(method: Method, url: Url, build: RequestBuilder.() -> Unit = {}): ClientRequest =
        RequestBuilder(config.newRequest(method, url), middlewares).apply(build).build()

    /**
     * Ends the requests in flight with [ClientException.SessionClosedException], refuses new ones with it, and closes
     * the engine with its connections and threads. Idempotent, from any thread.
     */
    override fun close() {
        closed = true
        rateLimiting?.close()
        pauses.close()
        engine.close()
    }

    /**
     * Closes the session as [close] does, and waits until its connections are closed and its threads have ended. Work in
     * progress on these threads is not interrupted: a name look-up by the system takes as long as it takes, and so do
     * resolvers, address filters and trace listeners, whose threads must not call this. Idempotent, also after [close];
     * cancelling ends the wait only.
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
