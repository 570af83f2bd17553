package io.martlet

import io.martlet.body.FormData
import io.martlet.body.Multipart
import io.martlet.body.RequestBody
import io.martlet.config.MartletDsl
import io.martlet.engine.Middleware
import io.martlet.engine.middlewares
import io.martlet.http.Attribute
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.MediaType
import io.martlet.http.QueryParams
import io.martlet.internal.middleware.HedgedRequests
import io.martlet.retry.Hedging
import kotlin.reflect.KType
import kotlin.reflect.typeOf

/** Describes one request, on top of what its session sets for all. Used once, by one thread. */
@MartletDsl
public class RequestBuilder internal constructor(
    private val request: ClientRequest.Builder,
    private val ofSession: List<Middleware>,
) : OptionsBuilder(request.options()) {
    private var own: List<Middleware>? = null

    /**
     * What is around this request, from the outside in. Default: the session's. `middlewares += trace` adds one inside of
     * them, `middlewares = emptyList()` leaves them out.
     */
    public var middlewares: List<Middleware>
        get() = own ?: ofSession
        set(value) {
            own = value
            request.middlewares(value)
        }

    /** Adds [hedging] for this request, as a middleware inside of the others. */
    public fun use(hedging: Hedging) {
        middlewares += HedgedRequests(hedging)
    }

    /** The header fields, those of the session among them: `headers["Accept"] = "text/html"` replaces. */
    public val headers: Headers.Builder get() = request.headers()

    /**
     * Names and values of cookies for this request: `cookies["theme"] = "dark"`. They are sent in the place of those of
     * their names in the session's jar, are not kept there, and do not go to another origin with a redirect.
     */
    public val cookies: MutableMap<String, String> get() = request.cookies()

    /** The parameters to append to the URL's query, in order. */
    public val params: QueryParams.Builder get() = request.params()

    /**
     * Sets a cookie for this request, as [cookies] does.
     *
     * @throws IllegalArgumentException if [name] is empty, or one of them holds what a `Cookie` field cannot carry
     */
    public fun cookie(name: String, value: String) {
        request.cookie(name, value)
    }

    /** Appends the parameter [name] once for each of [values]; numbers and booleans as they print. */
    public fun param(name: String, vararg values: Any) {
        values.forEach { params.add(name, it.toString()) }
    }

    /**
     * Sends [value] as JSON.
     *
     * @throws IllegalArgumentException if it cannot be encoded, or there is a body already
     */
    public inline fun <reified T : Any> json(value: T): Unit = json(value, typeOf<T>())

    /** Sends [value] as the JSON that [type] describes. */
    public fun json(value: Any, type: KType) {
        request.body(RequestBody.bytes(encodeJson(request.options().jsonCodec(), value, type), MediaType.JSON))
    }

    /**
     * Sends [text] in UTF-8, or in the charset that [contentType] names.
     *
     * @throws IllegalArgumentException if the charset has no bytes for a character of it
     */
    public fun text(text: String, contentType: MediaType = MediaType.TEXT) {
        request.body(RequestBody.text(text, contentType))
    }

    /** Sends [bytes], which must not change while the request runs. */
    public fun bytes(bytes: ByteArray, contentType: MediaType = MediaType.OCTET_STREAM) {
        request.body(RequestBody.bytes(bytes, contentType))
    }

    /** Sends [fields] as a form, urlencoded, in their order; numbers and booleans as they print. See [FormData]. */
    public fun form(vararg fields: Pair<String, Any>) {
        form(FormData.builder().apply { fields.forEach { (name, value) -> add(name, value) } }.build())
    }

    /** Sends [fields] as a form, urlencoded. */
    public fun form(fields: FormData) {
        request.body(fields.toBody())
    }

    /** Sends a form of [parts], files among them, as `multipart/form-data`. See [Multipart]. */
    public fun multipart(parts: Multipart.Builder.() -> Unit) {
        multipart(Multipart.formData().apply(parts).build())
    }

    /** Sends several bodies in one. */
    public fun multipart(parts: Multipart) {
        request.body(parts.toBody())
    }

    /**
     * Compresses the body while it is sent, in chunks; one that is known to be empty is left as it is.
     *
     * @param coding `gzip` or `deflate`
     * @throws IllegalArgumentException if it is another one; when the request is made, also if its headers name a
     * `Content-Encoding` or `Content-Length`
     */
    public fun compress(coding: String) {
        request.compress(coding)
    }

    /** Sends [body]. */
    public fun body(body: RequestBody) {
        request.body(body)
    }

    /** Lets the request carry [value] along as [attribute], for middlewares and trace listeners; it is never sent. */
    public fun <T : Any> attribute(attribute: Attribute<T>, value: T) {
        request.attribute(attribute, value)
    }

    internal fun build(): ClientRequest = request.build()
}
