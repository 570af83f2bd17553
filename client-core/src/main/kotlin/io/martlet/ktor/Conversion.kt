package io.martlet.ktor

import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.setBody
import io.ktor.client.statement.HttpResponse
import io.ktor.http.HttpMethod
import io.ktor.http.HttpProtocolVersion
import io.ktor.http.URLProtocol
import io.ktor.http.content.OutgoingContent
import io.ktor.utils.io.ByteWriteChannel
import io.ktor.utils.io.writeFully
import io.martlet.body.BodySource
import io.martlet.body.BytesBody
import io.martlet.body.RequestBody
import io.martlet.body.SourceBody
import io.martlet.error.ClientException.ProtocolException
import io.martlet.http.ClientRequest
import io.martlet.http.Headers
import io.martlet.http.HttpVersion
import io.martlet.http.Status
import io.martlet.http.StreamingResponse
import io.martlet.http.Url
import kotlinx.coroutines.CancellationException
import io.ktor.http.Headers as KtorHeaders
import io.ktor.http.URLBuilder as KtorUrlBuilder

/** Our request as Ktor wants it. */
internal fun ktorRequest(request: ClientRequest, watch: CallWatch): HttpRequestBuilder = HttpRequestBuilder().apply {
    method = HttpMethod(request.method.name)
    url.set(request.url)
    // Ktor would keep the dot at the end of a host.
    if (!request.headers.contains("Host")) headers.append("Host", request.url.hostHeader())
    request.headers.forEach { name, value -> headers.append(name, value) }
    setBody(outgoingContent(request, watch))
    val connect =
        nearerConnectLimit(request.options.timeout)?.second?.toMillis() ?: HttpTimeoutConfig.INFINITE_TIMEOUT_MS
    setCapability(HttpTimeoutCapability, HttpTimeoutConfig(connectTimeoutMillis = maxOf(1, connect)))
}

private fun KtorUrlBuilder.set(target: Url) {
    protocol = if (target.isSecure) URLProtocol.HTTPS else URLProtocol.HTTP
    host = target.host()
    port = target.port()
    // Ktor would sort the query by name. What stands in the path it leaves alone, but for an empty query.
    trailingQuery = target.query() == ""
    encodedPathSegments = listOf("") + (if (trailingQuery) target.path() else target.requestTarget()).removePrefix("/")
}

private fun outgoingContent(request: ClientRequest, watch: CallWatch) = when (val body = request.body) {
    is BytesBody -> if (isAnnounced(body, request)) BytesToSend(body.bytes, watch) else NothingToSend(watch)
    is SourceBody -> SourceToSend(body, watch)
}

private fun isAnnounced(body: RequestBody, request: ClientRequest) =
    !body.isEmpty || request.method.announcesEmptyBody()

/** CIO asks for the content's headers when the connection stands and it writes the head: the only sign it gives. */
private class NothingToSend(private val watch: CallWatch) : OutgoingContent.NoContent() {
    override val headers: KtorHeaders
        get() {
            watch.connected()
            watch.requestSent()
            return KtorHeaders.Empty
        }
}

private class SourceToSend(
    private val body: SourceBody,
    private val watch: CallWatch,
) : OutgoingContent.WriteChannelContent() {
    override val contentLength: Long? get() = body.contentLength.takeIf { it >= 0 }

    override suspend fun writeTo(channel: ByteWriteChannel) {
        watch.connected()
        reading { body.source.get() }.use { source ->
            while (true) {
                channel.writeFully(reading { source.read() } ?: break)
                channel.flush()
            }
        }
        watch.requestSent()
    }

    /** Runs what is the user's: its failures are the request's. */
    private inline fun <T> reading(block: () -> T): T = try {
        block()
    } catch (e: CancellationException) {
        throw e
    } catch (e: Exception) {
        throw watch.unsendable(e)
    }
}

private class BytesToSend(
    private val bytes: ByteArray,
    private val watch: CallWatch,
) : OutgoingContent.WriteChannelContent() {
    override val contentLength: Long get() = bytes.size.toLong()

    override suspend fun writeTo(channel: ByteWriteChannel) {
        watch.connected()
        // The channel takes whatever it is given at once; only between two writes does it hold back.
        for (start in bytes.indices step SLICE_BYTES) {
            channel.writeFully(bytes, start, minOf(start + SLICE_BYTES, bytes.size))
            channel.flush()
        }
        watch.requestSent()
    }

    private companion object {
        const val SLICE_BYTES = 64 * 1024
    }
}

/** Ktor's response as ours. */
internal fun streamingResponse(request: ClientRequest, response: HttpResponse, body: BodySource): StreamingResponse {
    val status = response.status.value
    if (Status.isInformational(status)) {
        body.close()
        val reason = "the interim response $status came as the final one; this engine cannot skip it"
        throw ProtocolException(request, reason, null)
    }
    val headers = try {
        headers(response.headers)
    } catch (e: IllegalArgumentException) {
        body.close()
        throw ProtocolException(request, e.message.orEmpty(), e)
    }
    return StreamingResponse(
        request = request,
        version = httpVersion(response.version),
        status = status,
        reason = response.status.description,
        headers = headers,
        source = body,
    )
}

private fun headers(headers: KtorHeaders): Headers {
    val ours = Headers.builder()
    headers.forEach { name, values -> values.forEach { ours.add(name, it) } }
    return ours.build()
}

private fun httpVersion(version: HttpProtocolVersion): HttpVersion = when (version.major) {
    1 -> if (version.minor == 0) HttpVersion.HTTP_1_0 else HttpVersion.HTTP_1_1
    2 -> HttpVersion.HTTP_2
    else -> HttpVersion.HTTP_3
}
