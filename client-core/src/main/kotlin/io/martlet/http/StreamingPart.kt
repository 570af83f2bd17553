package io.martlet.http

import io.martlet.body.BodyStream
import io.martlet.error.ClientException
import kotlinx.coroutines.flow.Flow

/**
 * A part of a multipart body as a resource: its head has arrived, its [body] is on the wire. It lives until the next part
 * is asked for; reading it later is an [IllegalStateException]. What is not read of it is skipped.
 *
 * A `Content-Transfer-Encoding` is not decoded: no HTTP needs one (RFC 9110 §8.3.3), and RFC 7578 §4.7 deprecates it. The
 * field is in [headers], the body is as it was sent.
 *
 * @property headers the fields of the part; often none
 * @property body the bytes, as they arrive. Closing it gives up this part only
 */
public class StreamingPart internal constructor(public val headers: Headers, public val body: BodyStream) {
    /** The `name` in the `Content-Disposition`: what the field of a form is called; null if there is none. */
    public val name: String? get() = contentDisposition?.parameters?.get("name")

    /** The name of the file as it was sent: it may be a path. See [ContentDisposition.safeFileName]. */
    public val fileName: String? get() = contentDisposition?.filename()?.orElse(null)

    /** The `Content-Disposition`; null if it is missing or malformed. */
    public val contentDisposition: ContentDisposition?
        get() = ResponseFields.contentDisposition(headers).orElse(null)

    /**
     * The `Content-Type`; `text/plain` if it is missing (RFC 2046 §5.1), `application/octet-stream` if it is malformed. A
     * malformed parameter is left out.
     */
    public val mediaType: MediaType get() = ResponseFields.partType(headers)

    /** The parts of this part, if it is multipart itself. See [StreamingResponse.parts]. */
    public fun parts(): Flow<StreamingPart> = body.parts(mediaType)

    /**
     * Reads the rest of the body into memory, and returns this part as a value.
     *
     * @param limit most bytes to hold in memory, 0 for no limit; by default the request's `maxBufferedBody`
     * @throws ClientException.BodyTooLargeException if there are more; the next part can still be read
     */
    public suspend fun readAll(limit: Long = body.maxBuffered): Part = Part(headers, body.readBytes(limit))

    /** Media type; no other header. */
    override fun toString(): String = "part of ${mediaType.essence()}"
}
