package io.martlet.http

import io.martlet.body.BodySource
import io.martlet.body.BodyStream
import io.martlet.body.CompleteBody
import io.martlet.cookie.Cookie
import io.martlet.cookie.SetCookieParser
import io.martlet.error.ClientException
import kotlinx.coroutines.flow.Flow

/**
 * A response as a resource: its head has arrived, and its [body] is still on the wire. It must be closed, best by `use`.
 *
 * Closing it early closes the connection, unless little of the body is left. Time limits apply while the body is read.
 *
 * @property request the request that was answered: the last one, if there were redirects
 * @property version protocol version of the response
 * @property status three digits (RFC 9110 §15)
 * @property reason the phrase after the status, often empty
 * @property headers the fields of the response
 * @property source where the body comes from; for layers that change it
 * @property history the redirects that led here, earliest first, without their bodies
 */
public class StreamingResponse(
    public val request: ClientRequest,
    public val version: HttpVersion,
    public val status: Int,
    public val reason: String,
    public val headers: Headers,
    public val source: BodySource,
    public val history: List<ClientResponse> = emptyList(),
) : AutoCloseable {
    /**
     * A response that comes from no engine, its [body] complete: for middlewares that answer by themselves.
     *
     * @throws IllegalArgumentException if [status] is not from 200 to 599
     */
    public constructor(
        request: ClientRequest,
        status: Int,
        headers: Headers = Headers.EMPTY,
        body: ByteArray = ByteArray(0),
    ) : this(
        request,
        HttpVersion.HTTP_1_1,
        status.also { require(it in 200..599) { "status is $it; a response has 200 to 599" } },
        Status.reasonPhrase(status),
        headers,
        CompleteBody(request, body),
    )

    /** The bytes, as they arrive. */
    public val body: BodyStream = BodyStream(request, source)

    /** The URL that answered: after redirects, without fragment. */
    public val url: Url get() = request.url.withoutFragment()

    /** The URL that answered, with the fragment: its own, or that of the URL that redirected there (RFC 9110 §10.2.2). */
    public val realUrl: Url get() = request.url

    /** What was asked: the method of the last request, if there were redirects. */
    public val method: Method get() = request.method

    /** Whether the status is below 400. */
    public val isOk: Boolean get() = !Status.isError(status)

    /**
     * The `Content-Length`; -1 if there is none that is a number. Where the body is decoded by its `Content-Encoding`,
     * this is still the length of what was sent: both fields are left as they arrived.
     */
    public val contentLength: Long get() = headers["Content-Length"]?.toLongOrNull()?.takeIf { it >= 0 } ?: -1

    /** The cookies that this response sets and may set, in their order. `Max-Age` counts from this call. */
    public val cookies: List<Cookie> get() = SetCookieParser().parse(request.url, headers.getAll("Set-Cookie"))

    /** The `Content-Type`; `application/octet-stream` if it is missing or malformed. A malformed parameter is left out. */
    public val mediaType: MediaType get() = ResponseFields.mediaType(headers)

    /** The `Content-Disposition` (RFC 6266), which may name a file; null if it is missing or malformed. */
    public val contentDisposition: ContentDisposition?
        get() = ResponseFields.contentDisposition(headers).orElse(null)

    /** The links of all `Link` fields (RFC 8288), their targets resolved against [url]; often none. */
    public val links: List<Link> get() = ResponseFields.links(headers, url)

    /** The fields after a chunked body (RFC 9110 §6.5), complete once it is read to its end; usually none. */
    public val trailers: Headers get() = source.trailers

    /**
     * The parts of a multipart body, one after the other, as they arrive; can be collected once. A part can be read until
     * its collector returns, and what it has not read by then is skipped.
     *
     * What stands before the first part is skipped, up to 64 KiB, and what comes behind the last is left unread. How many
     * parts there are is not limited. Collecting throws
     * - [ClientException.PayloadException] if `Content-Type` is not multipart or has no boundary of at most 70 characters,
     *   if a part's head is malformed, has a line of more than 8,190 bytes or more than 128 fields, and if the body ends
     *   without a closing delimiter. Except for a wrong `Content-Type`, the body is then closed
     * - [IllegalStateException] if something else still reads a part when its collector returns
     */
    public fun parts(): Flow<StreamingPart> = body.parts(mediaType)

    /** This response with another [source] or [history]. */
    public fun with(source: BodySource = this.source, history: List<ClientResponse> = this.history): StreamingResponse =
        StreamingResponse(request, version, status, reason, headers, source, history)

    /** This response as a value with [bytes] for its body. */
    public fun toValue(bytes: ByteArray): ClientResponse =
        ClientResponse(request, version, status, reason, headers, bytes, history, trailers)

    /**
     * Reads the rest of the body into memory, closes this response and returns it as a value.
     *
     * @throws ClientException.BodyTooLargeException if it is longer than the request's `maxBufferedBody`
     */
    public suspend fun readAll(): ClientResponse = complete() ?: use { toValue(body.readBytes()) }

    /** What [readAll] returns, if nothing has to be waited for. */
    internal fun complete(): ClientResponse? =
        (source as? CompleteBody)?.let { complete -> use { toValue(body.takeAll(complete)) } }

    /** Closes the body. */
    override fun close() {
        source.close()
    }

    override fun toString(): String = "$status $request"
}
